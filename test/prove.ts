/**
 * `npm run prove [-- name …]`: the long proofs, whole days and millions of cases, one file each in test/prove/. `--minutes N` is for
 * those that last as long as they are told.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { countLine, sum, type Count } from './count.ts'

interface Proof {
  prove(
    log: (line: string) => void,
    minutes: number | undefined,
  ): Promise<{ passed: number; failed: number; skipped?: number }>
}

const folder = join(import.meta.dirname, 'prove')
const all = readdirSync(folder)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -3))
const { positionals: wanted, values: flags } = parseArgs({
  allowPositionals: true,
  options: { minutes: { type: 'string' } },
})
const minutes = flags.minutes === undefined ? undefined : Number(flags.minutes)
if (minutes !== undefined && !(minutes > 0)) {
  console.error(`prove: --minutes is ${flags.minutes}, expected a number above 0`)
  process.exit(1)
}
const unknown = wanted.filter((name) => !all.includes(name))
if (unknown.length > 0) {
  console.error(`prove: got ${unknown.join(', ')}, expected some of: ${all.join(', ')}`)
  process.exit(1)
}

const counts: Count[] = []
for (const name of wanted.length > 0 ? wanted : all) {
  console.log(`— ${name}`)
  const { prove } = (await import(join(folder, `${name}.ts`))) as Proof
  try {
    counts.push({ skipped: 0, ...(await prove((line) => console.log(line), minutes)) })
  } catch (error) {
    console.log(`✗ ${name}: ${(error as Error).stack}`)
    counts.push({ passed: 0, failed: 1, skipped: 0 })
  }
}
const total = sum(counts)
console.log(countLine(total))
process.exitCode = total.failed === 0 ? 0 : 1
