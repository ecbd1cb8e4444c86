/** A line counts as fast only by what came over it. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isFast, type Fetched } from '../../../client/source/lineSpeed.ts'

const KB = 1000

/** `bytes` at so many bytes a second, after a delay. */
function came(bytes: number, bytesPerS: number, delayMs = 100): Fetched {
  return { transferSize: bytes, responseStart: delayMs, responseEnd: delayMs + (bytes / bytesPerS) * 1000 }
}

it.each([
  ['1.6 Mb/s is not fast', [came(70 * KB, 200 * KB)], false],
  ['100 Mb/s is fast, however late it begins', [came(70 * KB, 12_500 * KB, 900)], true],
  [
    'one that came fast tells more than all that waited for each other',
    [came(70 * KB, 200 * KB), came(110 * KB, 9000 * KB)],
    true,
  ],
  [
    'what the browser had itself tells nothing',
    [{ transferSize: 0, responseStart: 5, responseEnd: 5 }],
    false,
  ],
  ['what is small tells nothing', [came(10 * KB, 50_000 * KB)], false],
  ['nothing tells nothing', [], false],
])('%s', (_, fetched, expected) => {
  expect(isFast(fetched)).toBe(expected)
})

it('no line is called fast that never was', () => {
  const slow = fc.record({
    bytes: fc.integer({ min: 0, max: 2_000_000 }),
    bytesPerS: fc.integer({ min: 1, max: 2_400_000 }),
  })
  fc.assert(
    fc.property(fc.array(slow), (all) => !isFast(all.map(({ bytes, bytesPerS }) => came(bytes, bytesPerS)))),
  )
})
