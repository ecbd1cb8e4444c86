/** `npm test`: check, short tests, end to end; ends with the one line that says how it went. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { check } from './check.ts'
import { countLine, sum, type Count } from './count.ts'
import { runEndToEnd } from './e2e/run.ts'

interface VitestResult {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  numFailedTestSuites: number
  numTotalTestSuites: number
}

/** Runs the short tests. A file that cannot even be loaded counts as one failure. */
function shortTests(): Count {
  const folder = mkdtempSync(join(tmpdir(), 'citytwin-test-'))
  const report = join(folder, 'vitest.json')
  const args = ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`]
  const { status } = spawnSync('vitest', args, { stdio: 'inherit' })
  let count: Count = { passed: 0, failed: 1, skipped: 0 }
  try {
    const result = JSON.parse(readFileSync(report, 'utf8')) as VitestResult
    count = {
      passed: result.numPassedTests,
      failed: result.numFailedTests,
      skipped: result.numPendingTests + result.numTodoTests,
    }
    if (status !== 0 && count.failed === 0) count.failed = 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return count
}

console.log('— Check')
const checked = await check()
console.log('— Short tests')
const short = shortTests()
console.log('— End to end')
const endToEnd = await runEndToEnd()
const total = sum([checked, short, endToEnd])
console.log(countLine(total))
process.exitCode = total.failed === 0 ? 0 : 1
