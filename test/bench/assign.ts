/**
 * Static user equilibrium on published networks, in a process that has warmed up: CPU seconds to a relative gap of 1e-4 and
 * 1e-6 from nothing, and to 1e-4 from the equilibrium after one of the 30 busiest streets is closed. Skips networks not there.
 */
import { readFileSync } from 'node:fs'
import { parseTntpNetwork, parseTntpTrips } from '../../data/recipes/tntp.ts'
import { assignmentNetwork } from '../../server/commands/assign.ts'
import { emptyAssignment, type Assignment } from '../../twin/traffic/assignment/assignment.ts'
import { solveEquilibrium } from '../../twin/traffic/assignment/equilibrium.ts'
import { linkFlows } from '../../twin/traffic/assignment/measures.ts'
import { warmStart } from '../../twin/traffic/assignment/warmStart.ts'
import { cases } from '../fixtures/cases.ts'

const NETWORKS = [
  { name: 'SiouxFalls', path: 'SiouxFalls/SiouxFalls', toll: 0, distance: 0 },
  { name: 'Anaheim', path: 'Anaheim/Anaheim', toll: 0, distance: 0 },
  { name: 'Chicago-Sketch', path: 'Chicago-Sketch/ChicagoSketch', toll: 0.02, distance: 0.04 },
] as const
const BASE_GAP = 1e-6
const EDIT_GAP = 1e-4
const BUSIEST = 30
const WARMING = 4
const REPEATS = 9

export async function bench(log: (line: string) => void): Promise<void> {
  const say = (facts: object) => log(JSON.stringify({ bench: 'assign', ...facts }))
  for (const { name, path, toll, distance } of NETWORKS) {
    const netFile = cases(`tntp/${path}_net.tntp`)
    const tripsFile = cases(`tntp/${path}_trips.tntp`)
    if (netFile === undefined || tripsFile === undefined) {
      say({ network: name, skipped: 'not there' })
      continue
    }
    const parsed = parseTntpNetwork(readFileSync(netFile, 'utf8'))
    const network = assignmentNetwork(parsed, toll, distance, [])
    const { demand } = parseTntpTrips(readFileSync(tripsFile, 'utf8'), parsed.zoneCount)
    const solve = (relativeGap: number): Assignment => {
      const a = emptyAssignment(network, demand)
      solveEquilibrium(a, { relativeGap })
      return a
    }
    for (let i = 0; i < WARMING; i++) solve(BASE_GAP)
    // Both gaps in turn, so that what else the machine does falls on both.
    const coarse: number[] = []
    const fine: number[] = []
    for (let i = 0; i < REPEATS; i++) {
      coarse.push(cpuS(() => solve(EDIT_GAP)))
      fine.push(cpuS(() => solve(BASE_GAP)))
    }
    say({ network: name, what: `to ${EDIT_GAP}`, unit: 'CPU s', ...statistics(coarse) })
    say({ network: name, what: `to ${BASE_GAP}`, unit: 'CPU s', ...statistics(fine) })
    const base = solve(BASE_GAP)
    const closeStreet = (link: number) => {
      const isClosed = network.isClosed.slice()
      isClosed[link] = 1
      solveEquilibrium(warmStart(base, { ...network, isClosed }, demand), { relativeGap: EDIT_GAP })
    }
    const streets = busiestStreets(base)
    for (const link of streets) closeStreet(link)
    say({
      network: name,
      what: `one of the ${streets.length} busiest streets closed, to ${EDIT_GAP}`,
      unit: 'CPU s',
      ...statistics(streets.map((link) => cpuS(() => closeStreet(link)))),
    })
  }
}

/** The links with most flow, without those that tie zones to the streets: without them a zone is cut off. */
function busiestStreets(a: Assignment): number[] {
  const { fromNode, toNode, zoneCount, nodeCount } = a.network
  const flows = linkFlows(a)
  // Where every node is a zone, as in Sioux Falls, all links are streets.
  const connectors = zoneCount < nodeCount ? zoneCount : 0
  return [...flows.keys()]
    .filter((link) => fromNode[link] >= connectors && toNode[link] >= connectors)
    .sort((one, other) => flows[other] - flows[one])
    .slice(0, BUSIEST)
}

function cpuS(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

function statistics(seconds: readonly number[]) {
  const sorted = [...seconds].sort((a, b) => a - b)
  const mean = seconds.reduce((sum, each) => sum + each, 0) / seconds.length
  const deviation = Math.sqrt(seconds.reduce((sum, each) => sum + (each - mean) ** 2, 0) / seconds.length)
  const short = (value: number) => Number(value.toPrecision(3))
  return {
    min: short(sorted[0]),
    median: short(sorted[sorted.length >> 1]),
    max: short(sorted.at(-1)!),
    mean: short(mean),
    deviation: short(deviation),
    runs: seconds.length,
  }
}
