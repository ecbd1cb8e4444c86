/** Bus lines laid from stops: paths connected, stops in order, times monotone. */
import { expect, test } from 'vitest'
import type { OsmExtract, OsmNode, Tags } from '../../../data/recipes/osm.ts'
import { timetableFacts, timetableFaults, timetableSummary } from '../../../data/recipes/timetableFacts.ts'
import { makeTimetable, makeTimetableWithReport } from '../../../data/recipes/transit.ts'
import { lngLatFromLocal } from '../../../twin/geo/projection.ts'
import { smallCity } from '../../fixtures/smallCity.ts'

const SIDE = 14
const { network, projection } = smallCity({ side: SIDE })
const STOP_M = 6

function extractOf(stops: readonly { at: readonly [number, number]; tags: Tags }[]): OsmExtract {
  const nodes = stops.map(({ at, tags }, id): OsmNode => ({ id, at: lngLatFromLocal(projection, at), tags }))
  const places = [
    { id: 900, at: lngLatFromLocal(projection, [0, 0]), tags: { place: 'suburb', name: 'West' } },
    {
      id: 901,
      at: lngLatFromLocal(projection, [250 * (SIDE - 1), 0]),
      tags: { place: 'suburb', name: 'East' },
    },
  ]
  return {
    nodes: [...nodes, ...places],
    ways: [],
    areas: [],
    bounds: [-57, -35, -56, -34],
    date: '2017-12-04',
  }
}

function tags(line: string, variant: string, ordinal: number): Tags {
  return {
    public_transport: 'platform',
    'mvdgis:desc_linea': line,
    'mvdgis:cod_varian': variant,
    'mvdgis:ordinal': `${ordinal}`,
  }
}

/** Stops every 250 m along the street at y, both ways; those for which `tagOf` gives nothing name no line. */
function bothWays(y: number, tagOf: (way: 'east' | 'west', ordinal: number) => Tags | undefined) {
  const plain = { highway: 'bus_stop' }
  return Array.from({ length: SIDE - 1 }, (_, i) => i + 1).flatMap((ordinal) => [
    { at: [250 * ordinal - 125, y - STOP_M] as const, tags: tagOf('east', ordinal) ?? plain },
    { at: [250 * (SIDE - ordinal) - 125, y + STOP_M] as const, tags: tagOf('west', ordinal) ?? plain },
  ])
}

const code = (way: 'east' | 'west') => (way === 'east' ? '1' : '2')
const full = extractOf(bothWays(750, (way, ordinal) => tags('100', code(way), ordinal)))
const holed = extractOf(
  bothWays(750, (way, ordinal) => (ordinal > 4 && ordinal < 9 ? undefined : tags('100', code(way), ordinal))),
)

/** A column of patterns, where the busy one and the quiet one of each direction must agree. */
function eachPace(column: ArrayLike<number>): number[] {
  const values = Array.from(column)
  const busy = values.filter((_, pattern) => pattern % 2 === 0)
  expect(values.filter((_, pattern) => pattern % 2 === 1)).toEqual(busy)
  return busy
}

test('a trip takes longer while the streets are busy, on the same path with the same stops', () => {
  const { patterns, patternStops } = makeTimetable(full, network, projection)!
  const lastS = (pattern: number) =>
    patternStops.arrivalS[patterns.firstStop[pattern] + patterns.stopCount[pattern] - 1]
  expect(lastS(0)).toBeGreaterThan(1.2 * lastS(1))
})

test('a fully tagged line gets one pattern each way, with its stops in their order', () => {
  const { timetable, report } = makeTimetableWithReport(full, network, projection)!
  expect(timetable.routes.shortName).toEqual(['100'])
  expect(eachPace(timetable.patterns.stopCount)).toEqual([SIDE - 1, SIDE - 1])
  expect(timetableFaults(timetable, network)).toEqual([])
  expect(report).toMatchObject({
    linesNamed: 1,
    linesLaid: 1,
    variants: 2,
    gaps: 0,
    droppedCalls: 0,
    isSynthesised: false,
  })
  const east = timetable.patternStops.stop.subarray(0, SIDE - 1)
  const x = Array.from(east, (stop) => timetable.stops.xM[stop])
  expect(x).toEqual([...x].sort((a, b) => a - b))
  for (const stop of east) expect(timetable.stops.yM[stop]).toBeLessThan(750)
  expect([...new Set(timetable.patterns.headsign)].sort()).toEqual(['East', 'West'])
})

test('missing stops are filled from the stops the line passes', () => {
  const { timetable, report } = makeTimetableWithReport(holed, network, projection)!
  expect(eachPace(timetable.patterns.stopCount)).toEqual([SIDE - 1, SIDE - 1])
  expect(report).toMatchObject({ gaps: 2, missingCalls: 8, filledCalls: 8 })
  expect(timetableFaults(timetable, network)).toEqual([])
})

test('a line known in one direction only runs back along the stops on the other side', () => {
  const oneWay = extractOf(
    bothWays(750, (way, ordinal) => (way === 'east' ? tags('100', '1', ordinal) : undefined)),
  )
  const timetable = makeTimetable(oneWay, network, projection)!
  expect(eachPace(timetable.patterns.directionId)).toEqual([0, 1])
  expect(eachPace(timetable.patterns.stopCount)[1]).toBe(SIDE - 1)
  expect(timetableFaults(timetable, network)).toEqual([])
})

test('a stop far from its line is dropped and counted', () => {
  const stray = { at: [1500, 3244] as const, tags: tags('100', '1', 7) }
  const stops = bothWays(750, (way, ordinal) => (ordinal === 7 ? undefined : tags('100', code(way), ordinal)))
  const { timetable, report } = makeTimetableWithReport(extractOf([...stops, stray]), network, projection)!
  expect(report.droppedCalls).toBe(1)
  for (const link of timetable.patternLinks.link) {
    expect(network.nodes.yM[network.links.fromNode[link]]).toBeLessThan(1600)
  }
})

test('stops without lines get synthesised lines that reach most of them', () => {
  const stops = [750, 1500, 2250].flatMap((y) => bothWays(y, () => undefined))
  const { timetable, report } = makeTimetableWithReport(extractOf(stops), network, projection)!
  expect(report.isSynthesised).toBe(true)
  expect(timetableFaults(timetable, network)).toEqual([])
  const facts = timetableFacts(timetable, network)
  expect(facts.stopsServed / stops.length).toBeGreaterThan(0.6)
  expect(timetableSummary(timetable, network, report)[0]).toContain('synthesised')
})

test('the same extract gives the same timetable', () => {
  expect(makeTimetable(holed, network, projection)).toEqual(makeTimetable(holed, network, projection))
})

test('trips run on every kind of day, most on weekdays, at whole minutes', () => {
  const { trips } = makeTimetable(full, network, projection)!
  const count = [1, 2, 4].map((bit) => trips.days.filter((days) => (days & bit) !== 0).length)
  expect(count[0]).toBeGreaterThan(count[1])
  expect(count[1]).toBeGreaterThan(count[2])
  expect(count[2]).toBeGreaterThan(0)
  for (const departureS of trips.departureS) expect(departureS % 60).toBe(0)
})

test('no bus stops, no timetable', () => {
  expect(makeTimetable(extractOf([]), network, projection)).toBeUndefined()
})

test('stops are named after their street and the nearest crossing one', () => {
  const { stops } = makeTimetable(full, network, projection)!
  for (const name of stops.name) expect(name).toMatch(/^Street \d+ \/ Street \d+$/)
})
