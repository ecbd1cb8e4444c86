/** A difference is drawn as pieces of its places' own courses: in its class, as wide as it says, hatched where nothing is clear. */
import { expect, test } from 'vitest'
import { differenceLayers } from '../../../../client/layers/difference/differenceLayers.ts'
import { originByte } from '../../../../client/layers/drawnOrigin.ts'
import { SEGMENT_WORDS, type SegmentLayer } from '../../../../client/layers/segmentLayer.ts'
import { UNCLEAR, type ShownDifference } from '../../../../client/state/lens.ts'
import { day, night } from '../../../../client/theme/theme.ts'
import { smallCity } from '../../../fixtures/smallCity.ts'

const city = smallCity()
const drawn = (shown: ShownDifference, more = {}) => {
  const context = { city, theme: night, clock: { tick: () => 0 }, zoom: 12, textScale: 1, ...more } as never
  return differenceLayers(context, shown)
}
const linesOf = (shown: ShownDifference) => (drawn(shown)[0] as SegmentLayer).props

const streets: ShownDifference = {
  of: 'links',
  rows: Uint32Array.of(3, 0),
  steps: Uint8Array.of(UNCLEAR, 4),
  widths: Uint8Array.of(0, 6),
}

test('streets in their order, each with its class and width', () => {
  const { segments, states } = linesOf(streets)
  const { shapeCount } = city.network.links
  expect(segments.count).toBe(shapeCount[3] - 1 + shapeCount[0] - 1)
  const piece = (at: number) => [...segments.words.subarray(at * SEGMENT_WORDS, (at + 1) * SEGMENT_WORDS)]
  const [first, last] = [piece(0), piece(segments.count - 1)]
  expect([first[4], first[8]]).toEqual([0, 0])
  expect([last[4], last[8]]).toEqual([1, 6])
  expect(states.bytes[4]).toBe(255)
  expect([states.bytes[3], states.bytes[7]]).toEqual([originByte.estimated, originByte.plain])
})

test('a feeder as all of its cables', () => {
  const { buses, feeders } = city.grid!
  const { segments } = linesOf({
    ...streets,
    of: 'feeders',
    rows: Uint32Array.of(0),
    steps: Uint8Array.of(1),
  })
  let pieces = 0
  for (let i = 0; i < feeders.busCount[0]; i++)
    pieces += Math.max(0, buses.shapeCount[feeders.firstBus[0] + i] - 1)
  expect(pieces).toBeGreaterThan(0)
  expect(segments.count).toBe(pieces)
})

test('the same difference is laid out once, and anew in another light', () => {
  const [one, again, byDay] = [drawn(streets)[0], drawn(streets)[0], drawn(streets, { theme: day })[0]]
  expect(again.id).toBe(one.id)
  expect((again as SegmentLayer).props.segments).toBe((one as SegmentLayer).props.segments)
  expect(byDay.id).not.toBe(one.id)
})

test('what is selected is lit along its course', () => {
  const selection = { layer: 'traffic', table: 'traffic.links', row: 2 }
  expect(drawn(streets, { selection }).map(({ id }) => id)).toContain('difference-selected')
})
