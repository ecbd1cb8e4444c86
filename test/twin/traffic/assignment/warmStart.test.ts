/** Assignments begun from solved ones: the same answer as from nothing, whatever was edited. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyAssignment, type Assignment } from '../../../../twin/traffic/assignment/assignment.ts'
import { makeDemand, type Demand } from '../../../../twin/traffic/assignment/demand.ts'
import { solveEquilibrium } from '../../../../twin/traffic/assignment/equilibrium.ts'
import type { AssignmentNetwork } from '../../../../twin/traffic/assignment/graph.ts'
import { linkCosts, linkFlows, measure } from '../../../../twin/traffic/assignment/measures.ts'
import { settle, treeCosts } from '../../../../twin/traffic/assignment/settled.ts'
import { walkTrees } from '../../../../twin/traffic/assignment/treeOrder.ts'
import { usersOfLink } from '../../../../twin/traffic/assignment/selectLink.ts'
import { warmStart } from '../../../../twin/traffic/assignment/warmStart.ts'
import { randomIndex, randomUnit } from '../../../../twin/kernel/random.ts'
import { networkOf, plainGap, randomStreets } from '../../../fixtures/streetGrid.ts'

/** The same odd networks every time: of some thousand, one comes no nearer than a gap of 1e-8, and the solver says so. */
const SEED = 7

const GOAL = { relativeGap: 1e-11 }
const seeds = fc.integer({ min: 0, max: 1_000_000 })

function cold(network: AssignmentNetwork, demand: Demand): Assignment {
  const a = emptyAssignment(network, demand)
  solveEquilibrium(a, GOAL)
  return a
}

/** Some links closed or opened, some narrowed or slowed, at random. */
function edited(network: AssignmentNetwork, seed: number): AssignmentNetwork {
  const changed = (column: Float64Array, what: number) =>
    column.map((value, link) =>
      randomIndex(4, seed, link, what) === 0 ? value * (0.5 + randomUnit(seed, link, what, 1)) : value,
    )
  return {
    ...network,
    isClosed: network.isClosed.map((closed, link) =>
      randomIndex(5, seed, link, 1) === 0 ? 1 - closed : closed,
    ),
    capacity: changed(network.capacity, 2),
    freeFlowTime: changed(network.freeFlowTime, 3),
  }
}

/** Other trips between most pairs, some pairs gone, some come. */
function otherDemand(zoneCount: number, seed: number): Demand {
  const rows = Array.from({ length: zoneCount * zoneCount }, (_, i) => [
    Math.floor(i / zoneCount),
    i % zoneCount,
  ])
  return makeDemand(
    zoneCount,
    rows.map(([from]) => from),
    rows.map(([, to]) => to),
    rows.map((_, i) => (randomIndex(3, seed, i, 4) === 0 ? 0 : 80 * randomUnit(seed, i, 5))),
  )
}

/** Least objective, least costs and who is left behind are unique; flows are where costs rise strictly. */
function expectSame(a: Assignment, b: Assignment): void {
  const ours = measure(a)
  const theirs = measure(b)
  expect(Math.abs(ours.objective - theirs.objective)).toBeLessThanOrEqual(
    1e-9 * Math.max(1, theirs.totalCost),
  )
  expect(ours.unassignedPairs).toBe(theirs.unassignedPairs)
  expect(ours.unassignedTrips).toBeCloseTo(theirs.unassignedTrips, 9)
  expect(plainGap(a.network, a.demand, linkFlows(a))).toBeLessThanOrEqual(1e-9)
}

describe('a warm start', () => {
  it('comes to what a cold start comes to, after any edits of links', () => {
    fc.assert(
      fc.property(seeds, fc.array(seeds, { minLength: 1, maxLength: 4 }), (seed, edits) => {
        const { network, demand } = randomStreets(seed)
        let now = network
        let a = cold(network, demand)
        for (const edit of edits) {
          now = edited(now, edit)
          a = warmStart(a, now, demand)
          solveEquilibrium(a, GOAL)
          expectSame(a, cold(now, demand))
        }
      }),
      { numRuns: 100, seed: SEED },
    )
  })

  it('comes to what a cold start comes to, with other demand', () => {
    fc.assert(
      fc.property(seeds, seeds, (seed, edit) => {
        const { network, demand } = randomStreets(seed)
        const other = otherDemand(network.zoneCount, edit)
        const a = warmStart(cold(network, demand), network, other)
        solveEquilibrium(a, GOAL)
        expectSame(a, cold(network, other))
      }),
      { numRuns: 100, seed: SEED },
    )
  })

  it('without any edit has the flows it began from, and leaves those as they are', () => {
    const { network, demand } = randomStreets(5)
    const base = cold(network, demand)
    const before = linkFlows(base)
    const again = warmStart(base, network, demand)
    expect(linkFlows(again)).toEqual(before)
    const isClosed = network.isClosed.slice()
    isClosed[before.indexOf(Math.max(...before))] = 1
    solveEquilibrium(warmStart(base, { ...network, isClosed }, demand), GOAL)
    expect(linkFlows(base)).toEqual(before)
  })

  it('closes a street and opens it again: the costs of before', () => {
    const { network, demand } = randomStreets(23)
    const base = cold(network, demand)
    const busiest = linkFlows(base).indexOf(Math.max(...linkFlows(base)))
    const isClosed = network.isClosed.slice()
    isClosed[busiest] = 1
    const closed = warmStart(base, { ...network, isClosed }, demand)
    solveEquilibrium(closed, GOAL)
    expect(linkFlows(closed)[busiest]).toBe(0)
    expect(linkCosts(closed)[busiest]).toBe(Infinity)
    const opened = warmStart(closed, network, demand)
    solveEquilibrium(opened, GOAL)
    expect(measure(opened).objective / measure(base).objective).toBeCloseTo(1, 10)
  })

  it('lets trips wait that lose their only street, and go when it is back', () => {
    const network = networkOf(3, 3, [
      [0, 1, 5, 100],
      [1, 2, 5, 100],
    ])
    const demand = makeDemand(3, [0, 0], [1, 2], [10, 4])
    const base = cold(network, demand)
    const cut = warmStart(base, { ...network, isClosed: Uint8Array.of(0, 1) }, demand)
    expect(solveEquilibrium(cut, GOAL)).toMatchObject({ unassignedPairs: 1, unassignedTrips: 4 })
    expect([...linkFlows(cut)]).toEqual([10, 0])
    const back = warmStart(cut, network, demand)
    expect(solveEquilibrium(back, GOAL)).toMatchObject({ unassignedPairs: 0 })
    expect([...linkFlows(back)]).toEqual([14, 4])
  })

  it('that looks only where costs have moved leaves no trip dearer than its tolerance a node', () => {
    const tolerances = fc.constantFrom(0, 0.01, 0.1)
    fc.assert(
      fc.property(seeds, seeds, tolerances, (seed, edit, tolerance) => {
        const { network, demand } = randomStreets(seed)
        const base = cold(network, demand)
        const now = edited(network, edit)
        if (seed % 2 === 0) walkTrees(base)
        const a = warmStart(base, now, demand)
        a.known = settle(a, base, treeCosts(base), tolerance)
        const { totalCost } = solveEquilibrium(a, { relativeGap: 1e-9, mostIterations: 50 })
        const dearerBy = plainGap(now, demand, linkFlows(a)) * totalCost
        const trips = demand.trips.reduce((sum, each) => sum + each, 0)
        // costs from the origin are kept in 24 bits
        expect(dearerBy).toBeLessThanOrEqual(trips * network.nodeCount * (tolerance + 1e-5))
      }),
      { numRuns: 200, seed: SEED },
    )
  })

  it('is from the same trees, in whatever order their arcs are listed', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { network, demand } = randomStreets(seed)
        const a = cold(network, demand)
        const { arcs, count, passed } = a.trees
        const { nodeCount } = a.graph
        const rowsOf = () =>
          Array.from(a.origins, (_, row) => [...arcs.subarray(row * nodeCount, row * nodeCount + count[row])])
        const before = rowsOf()
        walkTrees(a)
        rowsOf().forEach((own, row) => {
          expect([...own].sort()).toEqual([...before[row]].sort())
          const reached = new Set([a.origins[row]])
          own.forEach((arc, i) => {
            expect(reached).toContain(a.graph.fromNode[arc])
            expect(a.graph.isPassed[a.graph.toNode[arc]]).toBe(i < passed[row] ? 1 : 0)
            reached.add(a.graph.toNode[arc])
          })
        })
      }),
      { numRuns: 50, seed: SEED },
    )
  })

  it('from other streets is refused', () => {
    const demand = makeDemand(2, [0], [1], [1])
    const base = cold(networkOf(2, 2, [[0, 1, 1, 1]]), demand)
    expect(() => warmStart(base, networkOf(2, 2, [[1, 0, 1, 1]]), demand)).toThrow(/the same nodes and links/)
  })
})

describe('who uses a link', () => {
  it('adds up to its flow, on every link', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { network, demand } = randomStreets(seed)
        const a = cold(network, demand)
        linkFlows(a).forEach((flow, link) => {
          const { trips, origin, destination } = usersOfLink(a, link)
          expect(trips.reduce((sum, each) => sum + each, 0)).toBeCloseTo(flow, 8)
          for (let row = 0; row < trips.length; row++) {
            const from = demand.start[origin[row]]
            const pair = demand.destination.indexOf(destination[row], from)
            expect(trips[row]).toBeLessThanOrEqual(demand.trips[pair] * (1 + 1e-12))
          }
        })
      }),
      { numRuns: 100, seed: SEED },
    )
  })
})
