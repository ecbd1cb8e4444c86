/** The streets that the first answer assigns to are those that the dynamic model drives: their times, capacities and trips. */
import { describe, expect, test } from 'vitest'
import { TICKS_PER_S } from '../../../../twin/kernel/clock.ts'
import { makeVarying } from '../../../../twin/kernel/variation.ts'
import { layStreets } from '../../../../twin/scenario/preliminary/streets.ts'
import { addVisitors, pairsOf, tripsOfHour } from '../../../../twin/scenario/preliminary/trips.ts'
import { withSettings } from '../../../../twin/scenario/preliminary/turning.ts'
import type { Setting, Target } from '../../../../twin/scenario/setting.ts'
import { emptyAssignment } from '../../../../twin/traffic/assignment/assignment.ts'
import { solveEquilibrium } from '../../../../twin/traffic/assignment/equilibrium.ts'
import { linkFlows } from '../../../../twin/traffic/assignment/measures.ts'
import { departuresOf, makeDemand, setRates } from '../../../../twin/traffic/demand.ts'
import { NO_STAGE } from '../../../../twin/traffic/signals.ts'
import { createTraffic } from '../../../../twin/traffic/traffic.ts'
import { smallCity } from '../../../fixtures/smallCity.ts'

const city = smallCity()
const traffic = createTraffic(city, 5, { demandFactor: 0 })
const { world } = traffic
const { roads, routes, plans } = world
const links = roads.linkCount
const laid = layStreets(world)
const hasNodes = new Uint8Array(routes.zoneCount).fill(1)
const demand = makeDemand(city.zones, hasNodes, world.parameters, 1, 5, makeVarying(), traffic.knobs)
const setting = (target: Target, row: number, value: number): Setting => ({
  target,
  row,
  value,
  fromS: 0,
  untilS: Infinity,
})
const plain = () => laid.network({ drivingFactor: 1 })
const sum = (values: Iterable<number>) => [...values].reduce((all, each) => all + each, 0)
const signalled = plans.stageOfLink.findIndex((stage) => stage !== NO_STAGE)

describe('the streets', () => {
  test('have the times of a lone driver: the drive, and the mean wait at the end', () => {
    const { freeFlowTime } = plain()
    for (let link = 0; link < links; link++)
      expect(freeFlowTime[link]).toBeCloseTo(
        roads.freeTicks[link] / TICKS_PER_S + world.turns.linkWaitS[link],
        9,
      )
    const slow = laid.network({ drivingFactor: 0.5 }).freeFlowTime
    expect(slow[0] - world.turns.linkWaitS[0]).toBeCloseTo(
      2 * (freeFlowTime[0] - world.turns.linkWaitS[0]),
      1,
    )
  })

  test('carry at a signal what its green lets through', () => {
    const signal = plans.signalOfLink[signalled]
    const stage = plans.stageOfLink[signalled]
    const greenS = plans.greenEndS[2 * signal + stage] - plans.greenStartS[2 * signal + stage]
    const lanes = roads.firstLane[signalled + 1] - roads.firstLane[signalled]
    const ofLane = (3600 * TICKS_PER_S) / roads.headTicks[signalled]
    expect(plain().capacity[signalled]).toBeCloseTo((lanes * ofLane * greenS) / plans.cycleS[signal], 6)
  })

  test('carry less where somebody has to wait for gaps, the less the fuller what he waits for', () => {
    const empty = plain().capacity
    const full = laid.network({ drivingFactor: 1, flowVph: new Float64Array(links).fill(600) }).capacity
    expect(empty.every((capacity, link) => full[link] <= capacity)).toBe(true)
    expect(empty.some((capacity, link) => full[link] < capacity)).toBe(true)
  })

  test.each([
    ['linkClosed', 1, 'isClosed'],
    ['closedToCars', 1, 'isClosed'],
    ['lanesShut', 1, 'capacity'],
    ['busLane', 1, 'capacity'],
    ['capacityFactor', 0.5, 'capacity'],
    ['speedLimitMps', 5, 'freeFlowTime'],
    ['perceivedTimeFactor', 3, 'fixedCost'],
  ] as const)('follow the knob %s, and come back', (target, value, column) => {
    const before = plain()
    const edited = withSettings(traffic, [setting(target, signalled, value)], plain)
    const [was, is] = [before[column][signalled], edited[column][signalled]]
    expect(column === 'capacity' ? is < was : is > was).toBe(true)
    expect(plain()).toEqual(before)
  })

  test('carry less at a dark signal', () => {
    const lit = plain().capacity[signalled]
    traffic.setSignalDark(plans.signalOfLink[signalled], true)
    const dark = plain().capacity[signalled]
    traffic.setSignalDark(plans.signalOfLink[signalled], false)
    expect(dark).toBeLessThan(lit)
    expect(plain().capacity[signalled]).toBe(lit)
  })
})

describe('the trips of an hour', () => {
  test('are as many as the dynamic model has set out, within what chance leaves', () => {
    const trips = tripsOfHour(demand, 18, 2)
    let drawn = 0
    for (let s = 0; s < 3600; s++) {
      setRates(demand, 18 * 3600 + s, 2)
      for (let zone = 0; zone < routes.zoneCount; zone++) drawn += departuresOf(demand, zone, s)
    }
    expect(sum(trips)).toBeGreaterThan(100)
    expect(Math.abs(sum(trips) / drawn - 1)).toBeLessThan(4 / Math.sqrt(drawn))
  })

  test('are all in the pairs that are assigned, and on the streets: in at zones as many as out', () => {
    const trips = tripsOfHour(demand, 18, 2)
    const pairs = pairsOf(laid, routes, trips)
    expect(sum(pairs.trips)).toBeCloseTo(sum(trips), 6)
    const assignment = emptyAssignment(plain(), pairs)
    const { unassignedTrips } = solveEquilibrium(assignment, { relativeGap: 1e-6 })
    expect(unassignedTrips).toBe(0)
    const intoZones = linkFlows(assignment).subarray(links)
    expect(sum(intoZones)).toBeCloseTo(sum(trips), 6)
  })

  test('grow with demand alike, and are none within a zone', () => {
    const once = tripsOfHour(demand, 18, 2)
    const twice = withSettings(traffic, [setting('carTripsFactor', 0, 2)], () => tripsOfHour(demand, 18, 2))
    expect(sum(twice)).toBeCloseTo(2 * sum(once), 6)
    for (let zone = 0; zone < routes.zoneCount; zone++) expect(once[zone * routes.zoneCount + zone]).toBe(0)
    expect(tripsOfHour(demand, 18, 2)).toEqual(once)
  })

  test('of visitors all come to where the event is', () => {
    const trips = new Float64Array(routes.zoneCount ** 2)
    addVisitors(demand, { coming: new Map([[1, 500]]), leaving: new Map([[2, 100]]) }, trips)
    expect(sum(trips)).toBeCloseTo(600, 6)
    expect(trips[1 * routes.zoneCount + 1]).toBe(0)
  })
})
