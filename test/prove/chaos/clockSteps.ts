/** A server whose wall clock is set while it runs, by libfaketime; its monotonic clock goes on. */
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ServerProcess } from './serverProcess.ts'
import { monotonicMs } from './viewer.ts'
import { untilHolds, Witness } from './witness.ts'

export interface ClockStep {
  /** Against the true time, seconds. */
  readonly stepS: number
  /** Until a viewer has a frame that was made after the step, milliseconds. */
  readonly healedMs: number | undefined
}

// A little, within what is waited out or caught up; then too much for either.
const STEPS_S = [3, -1, 120, 30, -3600, 7200]
const HEALS_WITHIN_MS = 10_000

/** Why the clock cannot be set here, or what came of it. */
export async function runClockSteps(): Promise<readonly ClockStep[] | string> {
  const library = findLibrary()
  if (library === undefined) return 'libfaketime is not installed (Debian: apt-get install faketime)'
  const folder = mkdtempSync(join(tmpdir(), 'citytwin-clock-'))
  const file = join(folder, 'offset')
  const set = (stepS: number) => writeFileSync(file, `${stepS >= 0 ? '+' : ''}${stepS}`)
  set(0)
  const wrapper = [
    'env',
    `LD_PRELOAD=${library}`,
    `FAKETIME_TIMESTAMP_FILE=${file}`,
    'FAKETIME_NO_CACHE=1',
    'FAKETIME_DONT_FAKE_MONOTONIC=1',
  ]
  const server = await ServerProcess.start({ wrapper })
  const witness = new Witness(server.url)
  try {
    const isLive = (sinceMs: number) => witness.isCurrent(witness.viewer.shown, sinceMs)
    await untilHolds(() => isLive(0), 30_000)
    const runs: ClockStep[] = []
    for (const stepS of STEPS_S) {
      set(stepS)
      // what is on its way was made before
      const sinceMs = monotonicMs() + 1500
      runs.push({ stepS, healedMs: await untilHolds(() => isLive(sinceMs), HEALS_WITHIN_MS) })
    }
    return runs
  } finally {
    witness.close()
    await server.end()
    rmSync(folder, { recursive: true, force: true })
  }
}

function findLibrary(): string | undefined {
  const lib = '/usr/lib'
  const folders = readdirSync(lib).filter((name) => name.endsWith('-linux-gnu'))
  return folders.map((name) => join(lib, name, 'faketime/libfaketime.so.1')).find((path) => existsSync(path))
}
