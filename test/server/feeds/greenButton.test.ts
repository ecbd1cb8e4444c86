/** Green Button: ESPI's units, powers of ten and directions, links between entries, and what is not read. */
import { describe, expect, it, test } from 'vitest'
import { greenButton } from '../../../server/feeds/formats/greenButton.ts'
import { expectSurvives, fileOf, readText } from './reading.ts'

const START_S = Date.UTC(2026, 7, 1) / 1000
const HOST = 'https://custodian.example/espi/1_1/resource/Subscription/9/UsagePoint'

const feed = (entries: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:espi="http://naesb.org/espi">` +
  `<id>urn:uuid:feed</id><updated>2026-08-02T00:00:00Z</updated>${entries}</feed>`
const entry = (self: string, content: string, related = '') =>
  `<entry><link rel="self" href="${HOST}/${self}"/>${related && `<link rel="related" href="${HOST}/${related}"/>`}` +
  `<content>${content}</content></entry>`
const type = (id: string, of: Readonly<Record<string, number>> = {}) => {
  const fields = {
    accumulationBehaviour: 4,
    flowDirection: 1,
    powerOfTenMultiplier: 0,
    uom: 72,
    intervalLength: 3600,
    ...of,
  }
  const inner = Object.entries(fields).map(([name, value]) => `<espi:${name}>${value}</espi:${name}>`)
  return entry(`../ReadingType/${id}`, `<espi:ReadingType>${inner.join('')}</espi:ReadingType>`)
}
const reading = (meter: string, id: string, ofType: string) =>
  entry(`${meter}/MeterReading/${id}`, '<espi:MeterReading/>', `../ReadingType/${ofType}`)
const interval = (hour: number, value: number | string, more = '') =>
  `<espi:IntervalReading>${more}<espi:timePeriod><espi:duration>3600</espi:duration><espi:start>${START_S + hour * 3600}</espi:start></espi:timePeriod>` +
  `<espi:value>${value}</espi:value></espi:IntervalReading>`
const block = (meter: string, id: string, intervals: string) =>
  entry(
    `${meter}/MeterReading/${id}/IntervalBlock/1`,
    `<espi:IntervalBlock><espi:interval><espi:duration>86400</espi:duration><espi:start>${START_S}</espi:start></espi:interval>${intervals}</espi:IntervalBlock>`,
  )

const ONE = feed(type('1') + reading('5', '1', '1') + block('5', '1', interval(0, 500) + interval(1, 2000)))

describe('intervals', () => {
  it('of energy are mean power: 500 Wh in an hour is 500 W', () => {
    const { content, rules } = readText(greenButton, ONE)
    expect(content.meters).toEqual({
      meterId: ['5', '5'],
      fromMs: Float64Array.of(START_S * 1000, (START_S + 3600) * 1000),
      durationS: Float64Array.of(3600, 3600),
      powerW: Float64Array.of(500, 2000),
    })
    expect(content.madeMs).toBe(Date.UTC(2026, 7, 2))
    expect(rules).toEqual({})
  })

  test.each([
    ['a power of ten of 3', { powerOfTenMultiplier: 3 }, 500_000],
    ['a power of ten of -3', { powerOfTenMultiplier: -3 }, 0.5],
    ['watts', { uom: 38 }, 500],
    ['the reverse direction', { flowDirection: 19 }, -500],
  ])('with %s', (_, of, powerW) => {
    const text = feed(type('1', of) + reading('5', '1', '1') + block('5', '1', interval(0, 500)))
    expect(readText(greenButton, text).content.meters!.powerW[0]).toBeCloseTo(powerW, 9)
  })

  it('of both directions are what was taken less what was fed in', () => {
    const text = feed(
      type('in') +
        type('out', { flowDirection: 19 }) +
        reading('5', '1', 'in') +
        reading('5', '2', 'out') +
        block('5', '1', interval(0, 500) + interval(1, 100)) +
        block('5', '2', interval(1, 400)),
    )
    const { content, rules } = readText(greenButton, text)
    expect([...content.meters!.powerW]).toEqual([500, -300])
    expect(rules).toEqual({})
  })

  it('are read by the type that their own links lead to', () => {
    const text = feed(
      type('Wh') +
        type('kWh', { powerOfTenMultiplier: 3 }) +
        reading('5', '1', 'kWh') +
        reading('6', '1', 'Wh') +
        block('6', '1', interval(0, 7)) +
        block('5', '1', interval(0, 7)),
    )
    const { meterId, powerW } = readText(greenButton, text).content.meters!
    expect(meterId).toEqual(['6', '5'])
    expect([...powerW]).toEqual([7, 7000])
  })

  it('without a time of their own follow each other from the begin of their block', () => {
    const bare = '<espi:IntervalReading><espi:value>60</espi:value></espi:IntervalReading>'
    const { meters } = readText(greenButton, feed(type('1') + block('5', '1', bare + bare))).content
    expect([...meters!.fromMs]).toEqual([START_S * 1000, (START_S + 3600) * 1000])
  })

  it('without any link are of the meter that the feed is of', () => {
    const bare = feed(type('1') + block('5', '1', interval(0, 500))).replaceAll(/<link[^>]*>/g, '')
    expect(readText(greenButton, bare).content.meters!.meterId).toEqual(['urn:uuid:feed'])
    const nameless = bare.replace('<id>urn:uuid:feed</id>', '')
    expect(readText(greenButton, nameless, { name: 'home.xml' }).content.meters!.meterId).toEqual([
      'home.xml',
    ])
  })

  it("in watts are left where the meter's energy says the same", () => {
    const text = feed(
      type('Wh') +
        type('W', { uom: 38 }) +
        reading('5', '1', 'Wh') +
        reading('5', '2', 'W') +
        block('5', '1', interval(0, 500)) +
        block('5', '2', interval(0, 900)),
    )
    expect([...readText(greenButton, text).content.meters!.powerW]).toEqual([500])
  })
})

describe('what cannot be is noted and left out', () => {
  test.each([
    ['gas', { uom: 119 }, 'unitNotRead'],
    ['a register', { accumulationBehaviour: 3 }, 'accumulationNotRead'],
    ['a power of ten of 40', { powerOfTenMultiplier: 40 }, 'multiplierImpossible'],
  ])('%s: its blocks', (_, of, rule) => {
    const text = feed(type('1', of) + reading('5', '1', '1') + block('5', '1', interval(0, 500)))
    const { content, rules } = readText(greenButton, text)
    expect(content.meters!.meterId).toEqual([])
    expect(rules).toEqual({ [rule]: 1 })
  })

  it('a block of which no type is known', () => {
    const text = feed(type('1') + type('2') + block('5', '1', interval(0, 500)))
    expect(readText(greenButton, text).rules).toEqual({ readingTypeMissing: 1 })
  })

  test.each([
    ['an interval that came before', interval(0, 4), 'readingTwice'],
    ['an interval of 1970', interval(-START_S / 3600, 4), 'timeImpossible'],
    ['a value that is none', interval(1, 'much'), 'valueMissing'],
    ['a gap', interval(5, 1), 'gap'],
    [
      'a questionable reading',
      interval(1, 5, '<espi:ReadingQuality><espi:quality>10</espi:quality></espi:ReadingQuality>'),
      'questionable',
    ],
  ])('%s', (_, more, rule) => {
    const text = feed(type('1') + reading('5', '1', '1') + block('5', '1', interval(0, 500) + more))
    const { content, rules } = readText(greenButton, text)
    expect(content.meters!.powerW[0]).toBe(500)
    expect(rules).toEqual({ [rule]: 1 })
  })

  it('a feed without blocks is refused', () => {
    expect(() => readText(greenButton, feed(''))).toThrow(/an Atom feed with IntervalBlocks is due/)
    expect(() => readText(greenButton, '<feed')).toThrow(/xml: line/)
  })
})

it('is known by the name space of ESPI', () => {
  expect(greenButton.isLike(fileOf(ONE))).toBe(true)
  expect(greenButton.isLike(fileOf('<feed xmlns="http://www.w3.org/2005/Atom"/>'))).toBe(false)
})

it('bytes gone wrong are refused or left out', () => {
  expectSurvives(greenButton, ONE)
})
