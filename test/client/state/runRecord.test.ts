/** What is kept of a run is the run: played to any moment, forwards or back, the tables are those of that moment. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FrameFacts } from '../../../client/source/frameSource.ts'
import type { FrameTaker } from '../../../client/state/live.ts'
import { Mirror } from '../../../client/state/mirror.ts'
import { RunRecord } from '../../../client/state/runRecord.ts'
import { publishedTables } from '../../../twin/domains.ts'
import { makeTable } from '../../../twin/kernel/table.ts'
import { FrameEncoder } from '../../../twin/protocol/frame.ts'
import { linkTable } from '../../../twin/traffic/tables.ts'

const FRAMES = 8
const facts: FrameFacts = { seq: 1, stateHash: undefined, cutAtMs: 0, wireBytes: 0 }

/** A run of one street that closes and opens again, in frames a second apart from tick 100 on, and how it stands in each. */
function keptRun() {
  const tables = publishedTables.map((spec) => makeTable(spec, spec.name === linkTable.name ? 1 : 0))
  const closed = tables.find(({ spec }) => spec.name === linkTable.name)!.columns['isClosed']
  const encoder = new FrameEncoder(tables)
  let take: FrameTaker = () => true
  const record = new RunRecord(
    {
      follow: (_, taker) => {
        take = taker
        return () => undefined
      },
      source: { drawn() {} } as never,
    },
    'run',
  )
  for (let frame = 0; frame < FRAMES; frame++) {
    closed[0] = frame % 3 === 1 ? 1 : 0
    const delta = encoder.delta(100 + frame * 50)
    expect(take(frame === 4 ? encoder.keyframe() : delta, facts)).toBe(true)
  }
  return { record, take: (bytes: Uint8Array) => take(bytes, facts), encoder }
}

test('played to any moments in any order', () => {
  const { record } = keptRun()
  expect(record.firstTick).toBe(100)
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 100 + FRAMES * 50 }), { minLength: 1 }), (ticks) => {
      const mirror = new Mirror()
      for (const tick of ticks) {
        record.play(mirror, tick, 0)
        const frame = Math.min(FRAMES - 1, Math.max(0, Math.floor((tick - 100) / 50)))
        expect(mirror.tick).toBe(100 + frame * 50)
        expect(mirror.table(linkTable).columns.isClosed[0]).toBe(frame % 3 === 1 ? 1 : 0)
      }
    }),
  )
})

test('a frame that does not follow is not kept, and the same again is kept once', () => {
  const { record, take, encoder } = keptRun()
  expect(take(encoder.keyframe())).toBe(true)
  encoder.delta(900)
  expect(take(encoder.delta(950))).toBe(false)
  const mirror = new Mirror()
  record.play(mirror, 10_000, 0)
  expect(mirror.tick).toBe(100 + (FRAMES - 1) * 50)
})
