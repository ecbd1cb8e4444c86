/** NGSI-LD TrafficFlowObserved: the published examples both ways, units, periods, and what is not read. */
import { readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { ngsiLd } from '../../../server/feeds/formats/ngsiLd.ts'
import { cases } from '../../fixtures/cases.ts'
import { expectSurvives, fileOf, readFile, readText } from './reading.ts'

const KEY_VALUES = {
  id: 'urn:ngsi-ld:TrafficFlowObserved:1',
  type: 'TrafficFlowObserved',
  dateObserved: '2026-08-01T10:00:00Z/2026-08-01T10:05:00Z',
  intensity: 50,
  averageVehicleSpeed: 36,
  occupancy: 0.25,
  location: { type: 'Point', coordinates: [-4.7, 41.6] },
}

const property = (value: unknown, more: object = {}) => ({ type: 'Property', value, ...more })
const NORMALISED = {
  id: 'urn:ngsi-ld:TrafficFlowObserved:2',
  type: 'TrafficFlowObserved',
  dateObservedFrom: property({ '@type': 'DateTime', '@value': '2026-08-01T10:00:00Z' }),
  dateObservedTo: property({ '@type': 'DateTime', '@value': '2026-08-01T10:05:00Z' }),
  intensity: property(50),
  averageVehicleSpeed: property(10, { unitCode: 'MTS' }),
  occupancy: property(0.25),
  location: { type: 'GeoProperty', value: { type: 'Point', coordinates: [-4.7, 41.6] } },
}

const read = (entity: unknown) => readText(ngsiLd, JSON.stringify(entity))

describe('an observation', () => {
  it.each([
    ['as keyValues', KEY_VALUES],
    ['normalised, in metres per second', NORMALISED],
  ])('%s: vehicles of its period become a flow', (_, entity) => {
    const { content, rules } = read(entity)
    expect(content.measurements).toEqual({
      siteId: [entity.id],
      lng: Float64Array.of(-4.7),
      lat: Float64Array.of(41.6),
      timeMs: Float64Array.of(Date.UTC(2026, 7, 1, 10, 5)),
      periodS: Float64Array.of(300),
      flowVph: Float64Array.of(600),
      speedMps: Float64Array.of(10),
      occupancy: Float64Array.of(0.25),
    })
    expect(rules).toEqual({})
  })

  it('comes alone, in a list, or in a notification', () => {
    const both = [KEY_VALUES, NORMALISED]
    expect(read(both).content.measurements!.siteId).toEqual(both.map(({ id }) => id))
    const notification = { type: 'Notification', notifiedAt: '2026-08-01T10:06:00Z', data: both }
    const { content } = read(notification)
    expect(content.measurements!.siteId).toHaveLength(2)
    expect(content.madeMs).toBe(Date.UTC(2026, 7, 1, 10, 6))
  })

  it('of a line lies half way along it', () => {
    const coordinates = [
      [0, 10],
      [0, 11],
      [0, 14],
    ]
    const { measurements } = read({ ...KEY_VALUES, location: { type: 'LineString', coordinates } }).content
    expect(measurements!.lng[0]).toBe(0)
    expect(measurements!.lat[0]).toBeCloseTo(12, 12)
  })

  it('of no vehicles has no speed', () => {
    const { measurements } = read({ ...KEY_VALUES, intensity: 0, averageVehicleSpeed: 0 }).content
    expect([measurements!.flowVph[0], measurements!.speedMps[0]]).toEqual([0, NaN])
  })

  it('by the address of its type is one too', () => {
    const type = ['https://uri.fiware.org/ns/data-models/TrafficFlowObserved', 'Thing']
    expect(read({ ...KEY_VALUES, type }).content.measurements!.siteId).toHaveLength(1)
  })
})

describe('what cannot be is left out', () => {
  test.each([
    ['a count without a period', { dateObserved: '2026-08-01T10:00:00Z' }, 'periodMissing'],
    ['an occupancy in percent', { occupancy: 25 }, 'occupancyImpossible'],
    ['a number as text', { intensity: '50' }, 'numberInvalid'],
    ['a speed that is none', { averageVehicleSpeed: 'fast' }, 'numberInvalid'],
    ['a speed of a plane', { averageVehicleSpeed: 900 }, 'speedImpossible'],
    [
      'coordinates the wrong way round',
      { location: { type: 'Point', coordinates: [41, -104] } },
      'placeImpossible',
    ],
    ['an area', { location: { type: 'Polygon', coordinates: [[[0, 1]]] } }, 'locationNotRead'],
    ['a unit of its own', { averageVehicleSpeed: { value: 3, unitCode: 'XYZ' } }, 'unitNotRead'],
  ])('%s: the value', (_, change, rule) => {
    const { content, rules } = read([{ ...KEY_VALUES, ...change }])
    expect(content.measurements!.siteId).toHaveLength(1)
    expect(rules).toEqual({ [rule]: 1 })
  })

  test.each([
    ['no time', { dateObserved: undefined }, 'timeImpossible'],
    ['1970', { dateObserved: '1970-01-01T00:00:00Z' }, 'timeImpossible'],
    ['2100', { dateObserved: '2100-01-01T00:00:00Z' }, 'timeImpossible'],
    ['no id', { id: undefined }, 'idMissing'],
    ['an id and time that came before', {}, 'readingTwice'],
    ['lorries only', { id: 'lorries', vehicleType: 'lorry' }, 'vehicleTypeOnly'],
    ['another type', { type: 'AirQualityObserved' }, 'typeNotRead'],
  ])('%s: the observation', (_, change, rule) => {
    const { content, rules } = read([KEY_VALUES, { ...KEY_VALUES, ...change }])
    expect(content.measurements!.siteId).toEqual([KEY_VALUES.id])
    expect(rules[rule]).toBe(1)
  })

  it('what is no entity', () => {
    expect(read([KEY_VALUES, 7, null]).rules).toEqual({ entityInvalid: 2 })
  })

  it('a document of other entities is refused', () => {
    expect(() => read([{ id: 'a', type: 'AirQualityObserved' }])).toThrow(/none is a TrafficFlowObserved/)
    expect(() => readText(ngsiLd, '{"id":')).toThrow(/json/)
  })
})

it('is known by its type', () => {
  expect(ngsiLd.isLike(fileOf(JSON.stringify(KEY_VALUES)))).toBe(true)
  expect(ngsiLd.isLike(fileOf('{"type":"FeatureCollection","features":[]}'))).toBe(false)
})

it('bytes gone wrong are refused or left out', () => {
  expectSurvives(ngsiLd, JSON.stringify([KEY_VALUES, NORMALISED]))
})

const examples = ['example', 'example-normalized'].map((name) =>
  cases(`schemas/smart-data-models/TrafficFlowObserved.${name}.json${name === 'example' ? '' : 'ld'}`),
)

test.skipIf(examples.includes(undefined))('the published example says the same both ways', () => {
  const read = (path: string) =>
    readFile(ngsiLd, { name: path, bytes: readFileSync(path) }, { nowMs: Date.UTC(2017, 0, 1) })
  const [keyValues, normalised] = examples.map((path) => read(path!))
  expect([keyValues.rules, normalised.rules]).toEqual([{}, {}])
  const { siteId: _, ...columns } = keyValues.content.measurements!
  expect(normalised.content.measurements).toMatchObject(columns)
  expect(columns.flowVph[0]).toBeCloseTo((197 * 3600) / 300, 9)
  expect(columns.speedMps[0]).toBeCloseTo(52.6 / 3.6, 9)
  expect(columns.timeMs[0]).toBe(Date.UTC(2016, 11, 7, 11, 15))
})
