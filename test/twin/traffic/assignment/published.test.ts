/** The published equilibria of TransportationNetworks (Bar-Gera), found again. Skipped where the cases are absent. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseTntpNetwork, parseTntpTrips } from '../../../../data/recipes/tntp.ts'
import { assignmentNetwork } from '../../../../server/commands/assign.ts'
import { emptyAssignment } from '../../../../twin/traffic/assignment/assignment.ts'
import { solveEquilibrium } from '../../../../twin/traffic/assignment/equilibrium.ts'
import { linkFlows } from '../../../../twin/traffic/assignment/measures.ts'
import { warmStart } from '../../../../twin/traffic/assignment/warmStart.ts'
import { cases } from '../../../fixtures/cases.ts'
import { plainGap } from '../../../fixtures/streetGrid.ts'

const folder = cases('tntp')

function load(path: string, tollWeight = 0, distanceWeight = 0) {
  const parsed = parseTntpNetwork(readFileSync(`${folder}/${path}_net.tntp`, 'utf8'))
  const { demand } = parseTntpTrips(readFileSync(`${folder}/${path}_trips.tntp`, 'utf8'), parsed.zoneCount)
  return { network: assignmentNetwork(parsed, tollWeight, distanceWeight, []), demand }
}

/** Link flows of a published file, in the order of the network, which its rows have too. */
function publishedFlows(path: string): Float64Array {
  const lines = readFileSync(`${folder}/${path}_flow.tntp`, 'utf8').trim().split('\n').slice(1)
  return Float64Array.from(lines, (line) => Number(line.trim().split(/\s+/)[2]))
}

describe.skipIf(folder === undefined)('published equilibria', () => {
  it.for([
    ['SiouxFalls/SiouxFalls', 0, 0, 4231335.28710744],
    ['Chicago-Sketch/ChicagoSketch', 0.02, 0.04, 17313018.7387477],
    // Its two narrow streets have a free-flow time of 1e-8, so the objective is 386.00000008.
    ['Braess-Example/Braess', 0, 0, 386.00000008],
  ] as const)('%s: the objective to 1e-8 of it, at a gap of 1e-9', ([path, toll, distance, due]) => {
    const { network, demand } = load(path, toll, distance)
    const a = emptyAssignment(network, demand)
    const { objective, relativeGap, isReached } = solveEquilibrium(a, { relativeGap: 1e-9 })
    expect(isReached).toBe(true)
    expect(Math.abs(objective / due - 1)).toBeLessThan(1e-8)
    expect(plainGap(network, demand, linkFlows(a))).toBeCloseTo(relativeGap, 12)
  })

  it.for([
    ['Anaheim/Anaheim', 0, 0],
    ['SiouxFalls/SiouxFalls', 0, 0],
    ['Chicago-Sketch/ChicagoSketch', 0.02, 0.04],
  ] as const)('%s: every link flow within half a vehicle of the published one', ([path, toll, distance]) => {
    const { network, demand } = load(path, toll, distance)
    const a = emptyAssignment(network, demand)
    solveEquilibrium(a, { relativeGap: 1e-12 })
    const due = publishedFlows(path)
    const furthest = linkFlows(a).reduce((most, flow, link) => Math.max(most, Math.abs(flow - due[link])), 0)
    expect(furthest).toBeLessThan(0.5)
  })

  it("Chicago's busiest link closed: the same from the solved city as from an empty one", () => {
    const { network, demand } = load('Chicago-Sketch/ChicagoSketch', 0.02, 0.04)
    const base = emptyAssignment(network, demand)
    solveEquilibrium(base, { relativeGap: 1e-6 })
    const flows = linkFlows(base)
    const isClosed = network.isClosed.slice()
    isClosed[flows.indexOf(Math.max(...flows))] = 1
    const edited = { ...network, isClosed }
    const warm = warmStart(base, edited, demand)
    const cold = emptyAssignment(edited, demand)
    const [fromSolved, fromEmpty] = [warm, cold].map((a) => solveEquilibrium(a, { relativeGap: 1e-9 }))
    expect(fromSolved.unassignedTrips).toBe(fromEmpty.unassignedTrips)
    expect(Math.abs(fromSolved.objective / fromEmpty.objective - 1)).toBeLessThan(1e-8)
  })
})
