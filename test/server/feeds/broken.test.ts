/** Five thousand of the broken feeds that `npm run prove -- feeds` reads a million of; and the true ones they are made from. */
import { expect, it } from 'vitest'
import { formats } from '../../../server/feeds/formats.ts'
import { readFeed } from '../../../server/feeds/readFeed.ts'
import { faultOf } from '../../prove/feeds/laws.ts'
import { readBroken } from '../../prove/feeds/readBroken.ts'
import { NOW_MS, samples } from '../../prove/feeds/samples.ts'

const SEED = 20_261
const CASES = 5000

it.each(samples)('$name is $format, and valid', (sample) => {
  const { format, content, deviations } = readFeed(sample, { nowMs: NOW_MS, utcOffsetS: -3 * 3600 })
  expect(format.id).toBe(sample.format)
  expect(deviations.examples()).toEqual([])
  expect(faultOf(content, NOW_MS)).toBeUndefined()
})

it('every format that needs no settings is among them', () => {
  const known = new Set(samples.map(({ format }) => format))
  expect(formats.map(({ id }) => id).filter((id) => !known.has(id))).toEqual(['detectorCsv', 'meterCsv'])
})

it(`${CASES} broken feeds are read or refused, and break nothing (seed ${SEED})`, () => {
  const { read, refused, findings } = readBroken(SEED, 0, CASES)
  expect(findings).toEqual([])
  expect(read + refused).toBe(CASES)
  expect(read).toBeGreaterThan(CASES / 10)
  expect(refused).toBeGreaterThan(CASES / 10)
})
