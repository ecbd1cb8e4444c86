/** Edits of streets, signals and buses in a whole city: what a planner would expect of each, and what is refused with which words. */
import { beforeAll, describe, expect, test } from 'vitest'
import type { SavedState } from '../../../twin/kernel/domain.ts'
import { lngLatFromLocal } from '../../../twin/geo/projection.ts'
import { resolveEdits, type ScenarioEdit } from '../../../twin/scenario/edits.ts'
import { wordsOfRefusal } from '../../../twin/scenario/refusals.ts'
import { runScenario } from '../../../twin/scenario/run.ts'
import { createTwin, type Twin } from '../../../twin/twin.ts'
import { smallCity } from '../../fixtures/smallCity.ts'

// busy, so that narrowing a street is felt
const city = smallCity({ residents: 60_000 })
const { links, nodes } = city.network
// a Tuesday, 17:00
const facts = { seed: 5, startMs: Date.UTC(2024, 2, 12, 20), utcOffsetS: -3 * 3600 }
const HOUR_S = 1800
let begun: SavedState

beforeAll(() => {
  const twin = createTwin(city, facts)
  twin.advance(900)
  begun = twin.save()
})

interface Lived {
  readonly twin: Twin
  /** By link, vehicles that came in. */
  readonly entered: Float64Array
  /** Seconds that vehicles spent on the road and waiting to enter it. */
  readonly vehicleS: number
}

function lived(edits: readonly ScenarioEdit[]): Lived {
  const twin = createTwin(city, facts)
  twin.load(begun)
  const { state, roads } = twin.traffic.world
  const before = state.laneIn.slice()
  const run = runScenario(twin, edits)
  expect(run.refused).toEqual([])
  let vehicleS = 0
  for (let s = 0; s < HOUR_S; s++) {
    run.step()
    vehicleS += twin.traffic.counts().inside + twin.traffic.counts().waiting
  }
  const entered = new Float64Array(roads.linkCount)
  state.laneIn.forEach((count, lane) => (entered[roads.laneLink[lane]] += count - before[lane]))
  return { twin, entered, vehicleS }
}

const mainLinks = Array.from(links.lanes, (_, link) => link).filter((link) => links.lanes[link] === 2)
const wordsFor = (edit: object): string[] =>
  resolveEdits([{ id: 'a', ...edit } as ScenarioEdit], city).refused.map(({ refused }) =>
    wordsOfRefusal(refused),
  )

describe('in a busy city', () => {
  let base: Lived
  beforeAll(() => {
    base = lived([])
  })

  test('a closed street loads its neighbours: the same trips must get round it', () => {
    // the busiest main link, and the links side by side with it
    const busiest = mainLinks.reduce((best, link) => (base.entered[link] > base.entered[best] ? link : best))
    const pair = [busiest, links.reverseLink[busiest]]
    const { entered } = lived([{ kind: 'closeStreet', id: 'a', links: pair }])
    const beside = Array.from(links.fromNode, (_, link) => link).filter((link) => {
      const from = links.fromNode[link]
      const to = links.toNode[link]
      const isAlong =
        Math.abs(nodes.xM[from] - nodes.xM[links.fromNode[busiest]]) +
          Math.abs(nodes.yM[from] - nodes.yM[links.fromNode[busiest]]) ===
        250
      const isAlongEnd =
        Math.abs(nodes.xM[to] - nodes.xM[links.toNode[busiest]]) +
          Math.abs(nodes.yM[to] - nodes.yM[links.toNode[busiest]]) ===
        250
      return isAlong && isAlongEnd && !pair.includes(link)
    })
    const sum = (of: Float64Array) => beside.reduce((total, link) => total + of[link], 0)
    expect(entered[busiest]).toBe(0)
    expect(sum(entered)).toBeGreaterThan(sum(base.entered))
  })

  test('main streets narrowed to one lane, or dug up, or slowed to 30 km/h, cost time: all trips are made, later', () => {
    const narrow = lived([{ kind: 'closeLanes', id: 'a', links: mainLinks, lanes: 1 }]).vehicleS
    const works = lived([{ kind: 'roadWorks', id: 'a', links: mainLinks, lanes: 1, speedKmh: 30 }]).vehicleS
    const slow = lived([{ kind: 'speedLimit', id: 'a', links: mainLinks, speedKmh: 30 }]).vehicleS
    expect(slow).toBeGreaterThan(base.vehicleS)
    expect(narrow).toBeGreaterThan(base.vehicleS)
    // works take the lane as well, and slow those who pass
    expect(works).toBeGreaterThan(narrow)
  })

  test('a low-traffic area is driven through less, and those who live there still come and go', () => {
    const corner = (xM: number, yM: number) =>
      [...lngLatFromLocal(city.projection, [xM, yM])] as [number, number]
    // between the main streets 0, 3 and 6 of each direction: streets 1 and 2
    const area = [corner(200, 200), corner(600, 200), corner(600, 600), corner(200, 600)]
    const inside = Array.from(links.fromNode, (_, link) => link).filter((link) =>
      [links.fromNode[link], links.toNode[link]].every(
        (node) =>
          nodes.xM[node] > 200 && nodes.xM[node] < 600 && nodes.yM[node] > 200 && nodes.yM[node] < 600,
      ),
    )
    const { entered, twin } = lived([{ kind: 'lowTrafficArea', id: 'a', area }])
    const sum = (of: Float64Array) => inside.reduce((total, link) => total + of[link], 0)
    expect(sum(entered)).toBeLessThan(sum(base.entered))
    expect(twin.traffic.counts().refused).toBe(base.twin.traffic.counts().refused)
  })

  test('edits that end leave the city with its old streets', () => {
    const { twin } = lived([
      { kind: 'closeLanes', id: 'a', links: mainLinks, lanes: 1, untilS: 600 },
      { kind: 'roadWorks', id: 'b', links: mainLinks, speedKmh: 20, fromS: 60, untilS: 900 },
      { kind: 'signalPlan', id: 'c', signal: 0, cycleS: 120, mainGreenShare: 0.7, untilS: 700 },
    ])
    const { world } = twin.traffic
    const { world: before } = base.twin.traffic
    expect(world.roads.headTicks).toEqual(before.roads.headTicks)
    expect(world.roads.driveTicks).toEqual(before.roads.driveTicks)
    expect(world.roads.kerbLane).toEqual(before.roads.kerbLane)
    expect(world.turns.laneMask).toEqual(before.turns.laneMask)
    expect(world.plans).toEqual(before.plans)
    expect(world.routes.habitCost).toEqual(before.routes.habitCost)
  })
})

describe('what cannot be is refused with the reason', () => {
  const narrowLink = links.lanes.indexOf(1)
  const far = [0, 1, 2].map((i) => [10 + i, i * i])

  test.each([
    [
      { kind: 'closeLanes', links: [mainLinks[0]], lanes: 2 },
      'link 0 has 2 lanes, and one must stay open: close the street instead',
    ],
    [
      { kind: 'closeLanes', links: [narrowLink], lanes: 1 },
      `link ${narrowLink} has 1 lane, and one must stay open: close the street instead`,
    ],
    [
      { kind: 'roadWorks', links: [narrowLink], lanes: 1 },
      `link ${narrowLink} has 1 lane, and one must stay open: close the street instead`,
    ],
    [
      { kind: 'busLane', links: [narrowLink] },
      `link ${narrowLink} has one lane, which cars need: close it to cars instead`,
    ],
    [{ kind: 'lowTrafficArea', area: far }, 'there is no side street inside the area'],
    [
      { kind: 'signalPlan', signal: 0, cycleS: 60, mainGreenShare: 0.9 },
      'one of the stages gets 5 s of green, and whoever walks needs 10 s',
    ],
    [
      { kind: 'signalPlan', signal: 99, cycleS: 60, mainGreenShare: 0.5 },
      'there is no signal 99; the city has 9',
    ],
    [{ kind: 'closeStop', stops: [77] }, 'there is no stop 77; the city has 6'],
    [{ kind: 'busFrequency', route: 1, headwayFactor: 2 }, 'there is no route 1; the city has 1'],
  ])('%j', (edit, words) => {
    expect(wordsFor(edit)).toEqual([words])
  })

  test('of buses, in a city without a timetable', () => {
    const without = { ...city, timetable: undefined }
    for (const edit of [
      { kind: 'closeStop', stops: [0] },
      { kind: 'busFrequency', route: 0, headwayFactor: 2 },
      { kind: 'detourBuses', links: [0] },
    ]) {
      const [{ refused }] = resolveEdits([{ id: 'a', ...edit } as ScenarioEdit], without).refused
      expect(wordsOfRefusal(refused)).toBe('this city has no timetable')
    }
  })
})
