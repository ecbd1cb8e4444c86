/** Detector CSV: the city's own tables as they are published, any other by a mapping, and what cannot be. */
import { readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { FeedError } from '../../../server/feeds/format.ts'
import { detectorCsv } from '../../../server/feeds/formats/detectorCsv.ts'
import { cases } from '../../fixtures/cases.ts'
import { expectSurvives, fileOf, NOW_MS, readFile, readText } from './reading.ts'

const HEAD = 'site_id,date,half_hour,mean_speed_kmh,moving_readings,zero_readings'
const READINGS = `${HEAD}
3,2026-08-01,0,36,6,0
3,2026-08-01,1,,0,6
166,2026-08-01,35,18.0,6,0
`

describe('readings by the half hour', () => {
  it('are of the half hour that ends at their time, on the clock of the place', () => {
    const { content, rules } = readText(detectorCsv, READINGS, { utcOffsetS: -3 * 3600 })
    const { siteId, timeMs, periodS, speedMps, flowVph, lng } = content.measurements!
    expect(siteId).toEqual(['3', '3', '166'])
    expect(timeMs[0]).toBe(Date.parse('2026-08-01T00:30:00-03:00'))
    expect(timeMs[2]).toBe(Date.parse('2026-08-01T18:00:00-03:00'))
    expect([...periodS]).toEqual([1800, 1800, 1800])
    expect([...speedMps]).toEqual([10, NaN, 5])
    expect([...flowVph, ...lng].every(Number.isNaN)).toBe(true)
    expect(rules).toEqual({})
  })

  it('lie where the settings say that their sites are', () => {
    const { content } = readText(detectorCsv, READINGS, {
      settings: { sites: { '166': [-56.169, -34.895] } },
    })
    expect([...content.measurements!.lng]).toEqual([NaN, NaN, -56.169])
    expect([...content.measurements!.lat]).toEqual([NaN, NaN, -34.895])
  })

  test.each([
    ['a half hour beyond the day', '3,2026-08-01,48,20,6,0', 'timeImpossible'],
    ['a day of 1970', '3,1970-01-01,4,20,6,0', 'timeImpossible'],
    ['a day of 2100', '3,2100-01-01,4,20,6,0', 'timeImpossible'],
    ['no site', ',2026-08-01,4,20,6,0', 'idMissing'],
    ['a site and time that came before', '3,2026-08-01,0,20,6,0', 'readingTwice'],
    ['too few cells', '3,2026-08-01,4,20', 'InvalidRowLength'],
  ])('%s is left out and the rest is read', (_, row, rule) => {
    const { content, rules } = readText(detectorCsv, `${READINGS}${row}\n`)
    expect(content.measurements!.siteId).toHaveLength(3)
    expect(rules).toEqual({ [rule]: 1 })
  })

  test.each([
    ['900', 'speedImpossible'],
    ['-5', 'speedImpossible'],
    ['fast', 'numberInvalid'],
  ])('a speed of %s is none', (speed, rule) => {
    const { content, rules } = readText(detectorCsv, `${READINGS}9,2026-08-01,4,${speed},6,0\n`)
    expect(content.measurements!.speedMps[3]).toBeNaN()
    expect(rules).toEqual({ [rule]: 1 })
  })
})

describe('a mapping', () => {
  const settings = {
    columns: { siteId: 'Mess', time: 'Zeit', flow: 'Zahl', speed: 'v', occupancy: 'b', lng: 'x', lat: 'y' },
    delimiter: ';',
    decimal: ',',
    dateOrder: 'dmy',
    timeZone: 'Europe/Berlin',
    timeMeans: 'end',
    periodS: 300,
    flowUnit: 'perPeriod',
    speedUnit: 'mph',
    occupancyUnit: 'percent',
  }
  const TABLE = `Mess;Zeit;Zahl;v;b;x;y
A1;01.08.2026 10:05;25;10,0;12,5;13,4;52,5
A2;15.1.2026 10:05;0;0;0;13,4;52,5
A3;01.08.2026 10:05;7;0;99;13,4;52,5
`

  it('tells columns, units, decimals, the order of dates and the time zone, summer time and all', () => {
    const { content, rules } = readText(detectorCsv, TABLE, { settings })
    const { timeMs, flowVph, speedMps, occupancy, lng, lat } = content.measurements!
    expect(timeMs[0]).toBe(Date.parse('2026-08-01T10:05:00+02:00'))
    expect(timeMs[1]).toBe(Date.parse('2026-01-15T10:05:00+01:00'))
    expect(flowVph[0]).toBe(300)
    expect(speedMps[0]).toBeCloseTo(4.4704, 10)
    expect(occupancy[0]).toBeCloseTo(0.125, 12)
    expect([lng[0], lat[0]]).toEqual([13.4, 52.5])
    expect(rules).toEqual({})
  })

  it('zero speed with zero flow is no vehicle, with vehicles it is a queue that stands', () => {
    const { speedMps, flowVph } = readText(detectorCsv, TABLE, { settings }).content.measurements!
    expect([flowVph[1], speedMps[1]]).toEqual([0, NaN])
    expect(speedMps[2]).toBe(0)
  })

  it('coordinates beyond the globe are none', () => {
    const { content, rules } = readText(detectorCsv, TABLE.replace('13,4;52,5', '52,5;134'), { settings })
    expect([content.measurements!.lng[0], content.measurements!.lat[0]]).toEqual([NaN, NaN])
    expect(rules).toEqual({ placeImpossible: 1 })
  })

  test.each([
    ['a column that is not there', { columns: { siteId: 'site' } }, /no column site came/],
    ['a column of an unknown kind', { columns: { siteId: 'Mess', tempo: 'v' } }, /settings: columns/],
    ['no such time zone', { ...settings, timeZone: 'Mars/Olympus' }, /timeZone is Mars\/Olympus/],
  ])('%s is refused', (_, wrong, message) => {
    expect(() => readText(detectorCsv, TABLE, { settings: { delimiter: ';', ...wrong } })).toThrow(message)
  })
})

describe('a table of sites', () => {
  it('is shown as it is, each site once', () => {
    const table = `site_id,lat,lon,street,lanes
38,-34.9,-56.1,"Soriano, east",2
38,-34.9,-56.1,Soriano,2
39,134.9,-56.1,Swapped,1
`
    const { content, rules } = readText(detectorCsv, table)
    expect(content.features).toEqual([
      {
        id: '38',
        kind: 'detector',
        lng: -56.1,
        lat: -34.9,
        path: [],
        values: { street: 'Soriano, east', lanes: 2 },
      },
    ])
    expect(rules).toEqual({ idTwice: 1, placeImpossible: 1 })
  })
})

it('a column named twice is noted, the first counts', () => {
  const { content, rules } = readText(detectorCsv, 'site_id,lat,lon,lat\n1,50,10,60\n')
  expect(content.features![0].lat).toBe(50)
  expect(rules).toEqual({ columnTwice: 1 })
})

it('a table that is neither says which columns came and which are due', () => {
  expect(() => readText(detectorCsv, 'a,b\n1,2\n', { name: 'x.csv' })).toThrow(
    /x\.csv: columns a, b came, site_id, date/,
  )
  expect(() => readText(detectorCsv, '')).toThrow(FeedError)
})

it('is known by its head', () => {
  expect(detectorCsv.isLike(fileOf(READINGS))).toBe(true)
  expect(detectorCsv.isLike(fileOf('\ufeffsite_id,lat,lon,street,lanes\n'))).toBe(true)
  expect(detectorCsv.isLike(fileOf('meter_id,start,duration_s,energy_kwh\n'))).toBe(false)
  expect(detectorCsv.isLike(fileOf('{"type":"FeatureCollection"}'))).toBe(false)
})

it('bytes gone wrong are refused or left out', () => {
  expectSurvives(detectorCsv, READINGS)
})

const readings = cases('montevideo/readings.csv')
const detectors = cases('montevideo/detectors.csv')

test.skipIf(readings === undefined || detectors === undefined)(
  'the published half hours of Montevideo are read whole, at the published sites',
  () => {
    const read = (path: string, settings?: unknown) =>
      readFile(
        detectorCsv,
        { name: path, bytes: readFileSync(path) },
        { settings, nowMs: NOW_MS, utcOffsetS: -10_800 },
      )
    const sites = read(detectors!)
    expect(sites.rules).toEqual({})
    expect(sites.content.features).toHaveLength(225)
    const places = Object.fromEntries(sites.content.features!.map(({ id, lng, lat }) => [id, [lng, lat]]))
    const { content, rules } = read(readings!, { sites: places })
    expect(rules).toEqual({})
    const { siteId, speedMps, lng } = content.measurements!
    expect(siteId).toHaveLength(114_111)
    expect(speedMps.filter(Number.isNaN)).toHaveLength(853)
    expect(lng.some(Number.isNaN)).toBe(false)
  },
)
