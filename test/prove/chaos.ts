/**
 * Everything that can go wrong around a running server of Astana: lines, pages and servers that stop, disks without room, clocks
 * that are set, and kill -9 over and over. `CHAOS=seed` runs the same again.
 */
import { randomInt } from 'node:crypto'
import { runClockSteps } from './chaos/clockSteps.ts'
import { runFullDisk } from './chaos/fullDisk.ts'
import { begunSlow, lineFaults, runLineFaults } from './chaos/lineFaults.ts'
import { runReports } from './chaos/reports.ts'
import { ServerProcess } from './chaos/serverProcess.ts'
import { stopCrowd, stopPage, stoppedServer } from './chaos/stopped.ts'
import { OLDEST_LIVE_MS, untilHolds, Witness } from './chaos/witness.ts'

const REPORTS = 10_000
const KILLS = 20
const VIEWERS = 20
const CROWD = 200
const MOST_KB_PER_STALLED = 64
const BACK_WITHIN_MS = 5000
const CURRENT_WITHIN_MS = 10_000
// Share of all viewers that may knock within a quarter of a second of the server's return. Assumed.
const MOST_RUSH = 0.5
// Lasting faults against the short run's: the deaf line is deaf for twenty seconds.
const SCALE = 20 / 3.5

export async function prove(
  log: (line: string) => void,
): Promise<{ passed: number; failed: number; skipped: number }> {
  const seed = Number(process.env['CHAOS'] ?? randomInt(2 ** 31))
  const count = { passed: 0, failed: 0, skipped: 0 }
  const check = (holds: boolean, fact: string) => {
    if (holds) count.passed++
    else count.failed++
    log(`${holds ? '✓' : '✗'} ${fact}`)
  }
  log(`seed ${seed}`)
  await proveStops(seed, check)
  await proveReports(seed, check, log)
  for (const [what, run] of [
    ['a full disk', proveFullDisk],
    ['clock steps', proveClockSteps],
  ] as const) {
    const why = await run(check)
    if (why === undefined) continue
    count.skipped++
    log(`- ${what}: skipped, ${why}`)
  }
  return count
}

type Check = (holds: boolean, fact: string) => void

async function proveStops(seed: number, check: Check): Promise<void> {
  const server = await ServerProcess.start()
  const witness = new Witness(server.url)
  try {
    await untilHolds(() => witness.viewer.shown.state === 'live', 30_000)
    const faults = [...lineFaults(SCALE), begunSlow, stoppedServer(server)]
    for (const { name, healedMs, lies } of await runLineFaults(server.port, witness, seed, faults)) {
      check(healedMs !== undefined, `${name}: every viewer has the server's state after ${ms(healedMs)}`)
      const [lie] = lies
      check(
        lie === undefined,
        `${name}: nothing old was drawn as live${lie ? ` (${JSON.stringify(lie)})` : ''}`,
      )
    }
    const page = await stopPage(server, witness)
    check(
      page.healedMs !== undefined,
      `a page that was stopped for 20 s is current after ${ms(page.healedMs)}`,
    )
    check(
      page.oldestMs <= OLDEST_LIVE_MS && page.looks > 0,
      `it drew nothing older than ${OLDEST_LIVE_MS} ms as live (${page.looks} looks)`,
    )
    const crowd = await stopCrowd(server, CROWD)
    check(
      crowd.kbPerViewer <= MOST_KB_PER_STALLED && crowd.behind === CROWD,
      `${crowd.behind} of ${CROWD} stalled viewers are left out, and cost ${crowd.kbPerViewer.toFixed(1)} kB each`,
    )
    check(crowd.healedMs !== undefined, `all of them keep up again after ${ms(crowd.healedMs)}`)
    check(witness.viewer.wrongHashes === 0, "the witness had the server's fingerprint throughout")
  } finally {
    witness.close()
    await server.end()
  }
}

async function proveReports(seed: number, check: Check, log: (line: string) => void): Promise<void> {
  const server = await ServerProcess.start()
  try {
    const run = await runReports(server, seed, { reports: REPORTS, kills: KILLS, viewers: VIEWERS }, log)
    const back = Math.max(...run.backMs)
    const current = Math.max(...run.currentMs)
    check(
      run.acknowledged === REPORTS && run.refused.length === 0,
      `${run.acknowledged} of ${REPORTS} reports were acknowledged through ${KILLS} kills ${run.refused.slice(0, 2).join()}`,
    )
    const midway = run.struck.filter((unanswered) => unanswered > 0).length
    check(midway >= KILLS / 2, `${midway} of the kills struck while reports were unanswered`)
    check(run.lost === 0, `every acknowledged one is there (${run.lost} lost)`)
    check(run.strange === 0, `each is there once, and nothing else (${run.strange})`)
    check(run.audit.includes('"isWhole":true'), `the audit is whole: ${run.audit}`)
    check(back <= BACK_WITHIN_MS, `the server was back within ${ms(back)} of every kill`)
    check(current <= CURRENT_WITHIN_MS, `${VIEWERS} viewers were current within ${ms(current)} of its return`)
    check(
      run.rush <= MOST_RUSH,
      `no stampede: at most ${Math.round(run.rush * 100)} % of them knocked within a quarter of a second`,
    )
  } finally {
    await server.end()
  }
}

async function proveFullDisk(check: Check): Promise<string | undefined> {
  const run = await runFullDisk()
  if (typeof run === 'string') return run
  check(run.isLiveThroughout, 'on a full disk the stream goes on')
  check(
    run.answersWhenFull.every((answer) => answer.includes('try again')),
    `reports are told to come again (${run.answersWhenFull.join('; ')})`,
  )
  check(run.recordingWhenFull === 'failing', `/health says that the recording is ${run.recordingWhenFull}`)
  check(run.keptAgainMs !== undefined, `with room again reports are kept after ${ms(run.keptAgainMs)}`)
  check(run.recordedAgainMs !== undefined, `and the recording goes on after ${ms(run.recordedAgainMs)}`)
  check(run.acknowledgedAndLost === 0, `nothing acknowledged is lost (${run.acknowledgedAndLost})`)
  return undefined
}

async function proveClockSteps(check: Check): Promise<string | undefined> {
  const runs = await runClockSteps()
  if (typeof runs === 'string') return runs
  for (const { stepS, healedMs } of runs)
    check(healedMs !== undefined, `the clock set by ${stepS} s: the viewer is current after ${ms(healedMs)}`)
  return undefined
}

function ms(value: number | undefined): string {
  return value === undefined ? 'more than it may take' : `${Math.round(value)} ms`
}
