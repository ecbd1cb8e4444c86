/** What tests of formats share: reading a text, the laws that all content keeps, and bytes gone wrong. */
import fc from 'fast-check'
import { expect } from 'vitest'
import type { FeedContent } from '../../../server/feeds/content.ts'
import { Deviations } from '../../../server/feeds/deviations.ts'
import { FeedError, type FeedFile, type FeedFormat } from '../../../server/feeds/format.ts'
import { isPlace, isTime } from '../../../server/feeds/plausible.ts'

/** 3 August 2026, noon UTC. */
export const NOW_MS = Date.UTC(2026, 7, 3, 12)

export interface Asked {
  readonly settings?: unknown
  readonly name?: string
  readonly nowMs?: number
  readonly utcOffsetS?: number
}

export function fileOf(text: string, name = 'feed'): FeedFile {
  return { name, bytes: new TextEncoder().encode(text) }
}

/** What a text says, and by rule how often it went wrong. */
export function readText(format: FeedFormat, text: string, asked: Asked = {}) {
  return readFile(format, fileOf(text, asked.name), asked)
}

export function readFile(
  format: FeedFormat,
  file: FeedFile,
  { settings, nowMs = NOW_MS, utcOffsetS = 0 }: Asked,
) {
  const deviations = new Deviations()
  const content = format.read(file, { settings, nowMs, utcOffsetS }, deviations)
  expectSound(content, nowMs)
  return { content, rules: Object.fromEntries(deviations.byRule()), deviations }
}

/** Columns are equally long, places on the globe, times near now, values possible. */
export function expectSound(content: FeedContent, nowMs: number): void {
  const wrong: string[] = []
  const check = (holds: boolean, what: string) => {
    if (!holds) wrong.push(what)
  }
  const isNaNOr = (value: number, holds: boolean) => Number.isNaN(value) || holds
  check(isNaNOr(content.madeMs, isTime(content.madeMs, nowMs)), 'madeMs')
  for (const columns of [content.measurements, content.meters])
    if (columns !== undefined)
      check(new Set(Object.values(columns).map(({ length }) => length)).size === 1, 'lengths')
  if (content.measurements !== undefined) {
    const { siteId, lng, lat, timeMs, periodS, flowVph, speedMps, occupancy } = content.measurements
    for (const [i, id] of siteId.entries()) {
      check(id !== '', 'siteId')
      check(isPlace(lng[i], lat[i]) || (Number.isNaN(lng[i]) && Number.isNaN(lat[i])), 'place')
      check(isTime(timeMs[i], nowMs), 'timeMs')
      check(isNaNOr(periodS[i], periodS[i] > 0), 'periodS')
      check(isNaNOr(flowVph[i], flowVph[i] >= 0), 'flowVph')
      check(isNaNOr(speedMps[i], speedMps[i] >= 0 && speedMps[i] <= 70), 'speedMps')
      check(isNaNOr(occupancy[i], occupancy[i] >= 0 && occupancy[i] <= 1), 'occupancy')
    }
  }
  if (content.meters !== undefined) {
    const { meterId, fromMs, durationS, powerW } = content.meters
    for (const [i, id] of meterId.entries()) {
      check(id !== '', 'meterId')
      check(isTime(fromMs[i], nowMs) && durationS[i] > 0, 'interval')
      check(Number.isFinite(powerW[i]), 'powerW')
      check(id !== meterId[i - 1] || fromMs[i] > fromMs[i - 1], 'order')
    }
  }
  const events = content.roadEvents ?? []
  check(new Set(events.map(({ id }) => id)).size === events.length, 'ids of events')
  for (const { path, fromMs, untilMs } of events) {
    check(path.length > 0 && path.every(([lng, lat]) => isPlace(lng, lat)), 'path')
    check(isTime(fromMs, nowMs) && untilMs >= fromMs, 'times of events')
  }
  check(
    (content.features ?? []).every(({ lng, lat }) => isPlace(lng, lat)),
    'places of features',
  )
  expect(wrong).toEqual([])
}

/** Bytes changed, cut out and put in: nothing but FeedError comes out, and what is read is sound. */
export function expectSurvives(format: FeedFormat, text: string, asked: Asked = {}): void {
  const valid = fileOf(text, asked.name).bytes
  const change = fc.record({
    at: fc.nat(valid.length - 1),
    cut: fc.nat(12),
    put: fc.oneof(
      fc.uint8Array({ maxLength: 6 }),
      fc
        .constantFrom(
          'NaN',
          '-1',
          '1e999',
          '0',
          '1970-01-01T00:00:00Z',
          '2100-01-01T00:00:00Z',
          '"',
          '<a>',
          ',',
          '\n',
          '__proto__',
          '181.5',
        )
        .map((word) => new TextEncoder().encode(word)),
    ),
  })
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
      let bytes: Uint8Array = valid
      for (const { at, cut, put } of changes)
        bytes = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + cut)])
      const file = { name: asked.name ?? 'feed', bytes }
      format.isLike(file)
      try {
        readFile(format, file, asked)
      } catch (error) {
        if (!(error instanceof FeedError)) throw error
      }
    }),
    { numRuns: 300, seed: 61 },
  )
}
