/**
 * A million broken feeds: no crash, none that takes a second, and a heap that stays as it is. `FEEDS=seed:from:cases` goes on from a
 * case, or reads fewer. Run with `--expose-gc` the heap is told more exactly.
 */
import { randomInt } from 'node:crypto'
import { readBroken } from './feeds/readBroken.ts'
import { slopeOf } from './soak/trend.ts'

const CASES = 1_000_000
const LOOKS = 20
const SETTLED = 0.3
const MOST_MS = 1000
// Growth over the settled part; a leak of 20 bytes a case would be more. Assumed, as for the doors.
const MOST_GROWTH_MB = 16

export async function prove(log: (line: string) => void): Promise<{ passed: number; failed: number }> {
  const [seed = randomInt(2 ** 31), from = 0, cases = CASES] = (process.env['FEEDS'] ?? '')
    .split(':')
    .filter((part) => part !== '')
    .map(Number)
  log(`seed ${seed}; ${cases} cases from ${from}`)
  const each = Math.ceil(cases / LOOKS)
  const findings: string[] = []
  const looks: { readonly x: number; readonly y: number }[] = []
  let [read, refused, deviations, longestMs] = [0, 0, 0, 0]
  for (let look = 0; look < LOOKS; look++) {
    const first = from + look * each
    const found = readBroken(seed, first, each)
    read += found.read
    refused += found.refused
    deviations += found.deviations
    longestMs = Math.max(longestMs, found.longestMs)
    findings.push(...found.findings)
    globalThis.gc?.()
    const heap = process.memoryUsage().heapUsed
    looks.push({ x: first + each, y: heap })
    log(
      `${first + each - from} cases, heap ${(heap / 1e6).toFixed(1)} MB; goes on with FEEDS=${seed}:${first + each}`,
    )
    await new Promise((resolve) => setImmediate(resolve))
  }
  for (const finding of findings) log(`✗ ${finding}`)
  const slope = slopeOf(looks.slice(Math.floor(LOOKS * SETTLED)))
  const growthMb = (slope * cases * (1 - SETTLED)) / 1e6
  const facts: readonly (readonly [boolean, string])[] = [
    [
      findings.length === 0,
      `${read} read with ${deviations} deviations, ${refused} refused; all laws hold, no crash`,
    ],
    [longestMs < MOST_MS, `none takes a second: the longest ${longestMs.toFixed(0)} ms`],
    [
      growthMb <= MOST_GROWTH_MB,
      `the heap stays: ${slope.toFixed(2)} bytes a case over the last ${1 - SETTLED}`,
    ],
  ]
  for (const [holds, fact] of facts) log(`${holds ? '✓' : '✗'} ${fact}`)
  const passed = facts.filter(([holds]) => holds).length
  return { passed, failed: facts.length - passed }
}
