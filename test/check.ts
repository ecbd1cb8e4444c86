/** `npm run check`: format, types of each room, lint. The house rules are a test of their own. */
import { spawn } from 'node:child_process'
import { countLine, type Count } from './count.ts'

const steps: readonly (readonly [name: string, command: string, args: readonly string[]])[] = [
  ['format', 'prettier', ['--check', '--log-level=warn', '.']],
  ['types of twin', 'tsc', ['-p', 'twin']],
  ['types of server', 'tsc', ['-p', 'server']],
  ['types of client', 'tsc', ['-p', 'client']],
  ['types of test', 'tsc', ['-p', 'test']],
  ['lint', 'oxlint', ['--quiet']],
]

/** Runs every step, the first beside the others, which take as long together; prints what fails, and counts. */
export async function check(): Promise<Count> {
  const count: Count = { passed: 0, failed: 0, skipped: 0 }
  const inTurn = async (some: typeof steps) => {
    for (const [name, command, args] of some) {
      const { code, output } = await run(command, args)
      console.log(`${code === 0 ? '✓' : '✗'} ${name}`)
      if (code !== 0) console.log(output)
      if (code === 0) count.passed++
      else count.failed++
    }
  }
  await Promise.all([inTurn(steps.slice(0, 1)), inTurn(steps.slice(1))])
  return count
}

function run(command: string, args: readonly string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString() }))
  })
}

if (import.meta.main) {
  const count = await check()
  console.log(countLine(count))
  process.exitCode = count.failed === 0 ? 0 : 1
}
