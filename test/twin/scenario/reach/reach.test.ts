/** Reach: driving times are the shortest there are, rides are what a hand works out, and an edit that slows a city shrinks its reach. */
import { describe, expect, test } from 'vitest'
import { randomUnit } from '../../../../twin/kernel/random.ts'
import { searchKinds } from '../../../../twin/geo/searchTables.ts'
import { drivingTimes, waysOf } from '../../../../twin/scenario/reach/driving.ts'
import { placesOf } from '../../../../twin/scenario/reach/places.ts'
import { makeReachWorld, meterReach } from '../../../../twin/scenario/reach/reach.ts'
import { makeRider, WALK_S_PER_M } from '../../../../twin/scenario/reach/riding.ts'
import type { ScenarioEdit } from '../../../../twin/scenario/edits.ts'
import { runScenario } from '../../../../twin/scenario/run.ts'
import { createTwin } from '../../../../twin/twin.ts'
import { smallCity } from '../../../fixtures/smallCity.ts'

const city = smallCity()

/** A map with a clinic and a fire station in one corner, a hospital in the other. */
const named = (rows: readonly (readonly [name: string, detail: string, xM: number, yM: number])[]) => ({
  entries: {
    name: rows.map(([name]) => name),
    detail: rows.map(([, detail]) => detail),
    kind: Uint8Array.from(rows, () => searchKinds.indexOf('poi')),
    xM: Float32Array.from(rows, ([, , xM]) => xM),
    yM: Float32Array.from(rows, ([, , , yM]) => yM),
    firstAddress: new Uint32Array(rows.length),
    addressCount: new Uint32Array(rows.length),
  },
})
const search = named([
  ['Clinic', 'clinic', 0, 0],
  ['Hospital', 'hospital', 1500, 1500],
  ['School', 'school', 750, 750],
  ['Fire station', 'fire_station', 0, 0],
  ['Far away', 'station', 90_000, 0],
])

describe('driving', () => {
  test('takes the least time there is, by trying again and again until nothing gets better', () => {
    const { network } = city
    const linkS = Float64Array.from(network.links.fromNode, (_, link) =>
      link % 11 === 0 ? Infinity : 1 + 30 * randomUnit(4, link),
    )
    const found = drivingTimes(waysOf(network), linkS, [3, 40])
    const slow = new Float64Array(network.nodes.xM.length).fill(Infinity)
    slow[3] = slow[40] = 0
    for (let round = 0; round < slow.length; round++)
      network.links.fromNode.forEach((from, link) => {
        slow[network.links.toNode[link]] = Math.min(
          slow[network.links.toNode[link]],
          slow[from] + linkS[link],
        )
      })
    expect([...found]).toEqual([...slow])
  })
})

describe('riding', () => {
  const timetable = smallCity().timetable!
  const zones = { xM: [0, 1400], yM: [0, 0] }
  const lines = {
    headwayS: Float64Array.from([600, 600]),
    rideS: Float64Array.from(timetable.patternStops.arrivalS, (s) => (s === 20 ? 0 : 75)),
    isLeftOut: new Uint8Array(timetable.stops.xM.length),
  }

  test('is a walk, half a headway, the ride and a walk', () => {
    const rider = makeRider(timetable, zones)
    const { xM, yM } = timetable.stops
    const between = [0, 1, 2].flatMap((on) =>
      [0, 1, 2]
        .filter((off) => off > on)
        .map(
          (off) => Math.hypot(xM[on], yM[on]) + 300 + 75 * (off - on) + Math.hypot(1400 - xM[off], yM[off]),
        ),
    )
    const expected = Math.min(1400 * WALK_S_PER_M, ...between)
    expect(rider.timesFrom(0, lines)[1]).toBeCloseTo(expected, 3)
    expect(rider.timesFrom(0, lines)[0]).toBe(0)
  })

  test('is a walk where no bus runs, and never longer than one', () => {
    const none = { ...lines, headwayS: Float64Array.from([Infinity, Infinity]) }
    expect(makeRider(timetable, zones).timesFrom(0, none)[1]).toBe(1400 * WALK_S_PER_M)
    expect(makeRider(undefined, zones).timesFrom(1, none)[0]).toBe(1400 * WALK_S_PER_M)
  })
})

describe('the reach of a run', () => {
  const begin = createTwin(city, {
    seed: 5,
    startMs: Date.UTC(2024, 2, 12, 20),
    utcOffsetS: -3 * 3600,
    solveEveryS: 60,
  })
  begin.advance(300)
  const state = begin.save()
  const world = makeReachWorld(city, placesOf(city, search))
  const reachOf = (edits: readonly ScenarioEdit[]) => {
    begin.load(state)
    const run = runScenario(begin, edits)
    const meter = meterReach(begin, world)
    while (run.doneS() < 240) {
      run.step()
      meter.look()
    }
    return meter.values()
  }
  const base = reachOf([])

  test('names the places of the map that lie near a street, both ways', () => {
    expect(base.pairs.map(({ name, isTowards }) => [name, isTowards])).toEqual([
      ['Hospital', true],
      ['Hospital', false],
    ])
    expect(base.pairs.every(({ s }) => s > 0 && s < 1200)).toBe(true)
  })

  test('holds no more than there is', () => {
    const jobs = city.zones.zones.jobs.reduce((sum, count) => sum + count, 0)
    expect(base.measures.reachJobs).toBeGreaterThan(0)
    expect(base.measures.reachJobs).toBeLessThanOrEqual(jobs * 1.0001)
    expect(base.measures.reachClinics).toBeLessThanOrEqual(2.0001)
    expect(base.measures.fireInTimeRatio).toBeLessThanOrEqual(1)
  })

  test('is slower on streets where all drive at walking pace', () => {
    const links = [...city.network.links.fromNode.keys()]
    const slow = reachOf([{ kind: 'speedLimit', id: 'slow', links, speedKmh: 10 }])
    expect(slow.measures.fireMedianS!).toBeGreaterThan(base.measures.fireMedianS!)
    expect(slow.pairs[0].s).toBeGreaterThan(base.pairs[0].s)
    expect(slow.measures.reachJobs!).toBeLessThanOrEqual(base.measures.reachJobs!)
  })

  test('says nothing of what the map does not name', () => {
    const bare = makeReachWorld(city, placesOf(city, undefined))
    const { measures, pairs } = meterReach(begin, bare).values()
    expect(Object.keys(measures)).toEqual(['reachJobs'])
    expect(pairs).toEqual([])
  })
})
