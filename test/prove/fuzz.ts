/**
 * A million malformed socket events, requests, frames and recordings: no crash, no unhandled rejection, and a heap that stays
 * as it is. `FUZZ=seed:from:cases` goes on from a case, or fires fewer.
 */
import { randomInt } from 'node:crypto'
import { fireAt } from './fuzz/fireAt.ts'
import { slopeOf } from './soak/trend.ts'

const CASES = 1_000_000
const LOOK_EVERY = 50_000
// What is built up in the first cases (code, caches, the town's history) is no leak.
const SETTLED = 0.3
// Growth over the settled part; a leak of 20 bytes a case would be more. Assumed.
const MOST_GROWTH_MB = 16

export async function prove(log: (line: string) => void): Promise<{ passed: number; failed: number }> {
  const [seed = randomInt(2 ** 31), from = 0, cases = CASES] = (process.env['FUZZ'] ?? '')
    .split(':')
    .filter((part) => part !== '')
    .map(Number)
  log(`seed ${seed}; ${cases} cases from ${from}`)
  const startMs = performance.now()
  const { findings, looks } = await fireAt({
    seed,
    from,
    cases,
    lookEvery: Math.min(LOOK_EVERY, Math.ceil(cases / 5)),
    looked: ({ next, serverHeapBytes, pageHeapBytes }) =>
      log(
        `${next} cases, ${Math.round((performance.now() - startMs) / 1000)} s; heap: server ${mb(serverHeapBytes)} MB, ` +
          `pages ${mb(pageHeapBytes)} MB; goes on with FUZZ=${seed}:${next}`,
      ),
  })
  for (const finding of findings) log(`✗ ${finding}`)
  const settled = looks.slice(Math.floor(looks.length * SETTLED))
  // bytes a case
  const slope = slopeOf(settled.map(({ next, serverHeapBytes }) => ({ x: next, y: serverHeapBytes })))
  const growthMb = (slope * cases * (1 - SETTLED)) / 1e6
  const isFlat = growthMb <= MOST_GROWTH_MB
  log(
    `${findings.length === 0 ? '✓' : '✗'} ${cases} cases: 0 crashes, 0 unhandled rejections, nothing believed`,
  )
  log(
    `${isFlat ? '✓' : '✗'} the server's heap stays: ${slope.toFixed(2)} bytes a case over the last ${1 - SETTLED}`,
  )
  const passed = Number(findings.length === 0) + Number(isFlat)
  return { passed, failed: 2 - passed }
}

function mb(bytes: number): string {
  return (bytes / 1e6).toFixed(1)
}
