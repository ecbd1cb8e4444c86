/**
 * `npm run -s assign -- --network X_net.tntp --trips X_trips.tntp --gap 1e-6`: the user equilibrium of a TNTP network, as one
 * JSON object on the last line. `--toll-weight`, `--distance-weight`, `--close FROM-TO` (more than once), `--flows out.tsv`.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { parseTntpNetwork, parseTntpTrips, type TntpNetwork } from '../../data/recipes/tntp.ts'
import { emptyAssignment, type Assignment } from '../../twin/traffic/assignment/assignment.ts'
import { equilibrate, type EquilibriumProgress } from '../../twin/traffic/assignment/equilibrium.ts'
import type { AssignmentNetwork } from '../../twin/traffic/assignment/graph.ts'
import { linkCosts, linkFlows } from '../../twin/traffic/assignment/measures.ts'

/** What the command prints; objective and time in the network's own units, the gap and time as `measures.ts` defines them. */
export interface AssignmentSummary {
  readonly relativeGap: number
  readonly objective: number
  readonly totalTravelTime: number
  readonly iterations: number
  readonly seconds: number
  readonly links: number
  readonly zones: number
}

const USAGE = 'npm run -s assign -- --network X_net.tntp --trips X_trips.tntp [--gap 1e-6]'
const GAP = '1e-6'
/** Progress is told when a run takes longer, and then so often. */
const TELL_EVERY_MS = 1000

/** The network as assignment takes it: tolls and lengths weighed in units of time, and the named links closed. */
export function assignmentNetwork(
  parsed: TntpNetwork,
  tollWeight: number,
  distanceWeight: number,
  closed: readonly string[],
): AssignmentNetwork {
  const isClosed = new Uint8Array(parsed.fromNode.length)
  for (const each of closed) {
    const ends = /^(\d+)-(\d+)$/.exec(each)
    if (ends === null) throw new Error(`--close is ${each}, two nodes are due, as in 12-7`)
    let found = 0
    for (let link = 0; link < isClosed.length; link++) {
      if (parsed.fromNode[link] + 1 !== Number(ends[1]) || parsed.toNode[link] + 1 !== Number(ends[2]))
        continue
      isClosed[link] = 1
      found++
    }
    if (found === 0) throw new Error(`--close is ${each}, a link of the network is due`)
  }
  return {
    ...parsed,
    fixedCost: parsed.toll.map((toll, link) => tollWeight * toll + distanceWeight * parsed.length[link]),
    isClosed,
  }
}

/** A row a link, in the order of the file, its node numbers, flow and generalised cost; closed links cost Infinity. */
export function flowTable(parsed: TntpNetwork, a: Assignment): string {
  const flows = linkFlows(a)
  const costs = linkCosts(a)
  const rows = Array.from(
    flows,
    (flow, link) => `${parsed.fromNode[link] + 1}\t${parsed.toNode[link] + 1}\t${flow}\t${costs[link]}\n`,
  )
  return `From\tTo\tVolume\tCost\n${rows.join('')}`
}

function weightOf(name: string, text: string): number {
  const value = text.trim() === '' ? NaN : Number(text)
  if (value >= 0 && value < Infinity) return value
  throw new Error(`${name} is ${text}, a number from 0 on is due`)
}

/** What `read` gives of a file; an Error names the file. */
function ofFile<T>(file: string, read: (text: string) => T): T {
  try {
    return read(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error })
  }
}

function tell({ iteration, originsDone, origins, relativeGap }: EquilibriumProgress): void {
  const known = iteration > 1 ? `, relative gap about ${relativeGap.toExponential(1)}` : ''
  console.error(`assign: round ${iteration}, origin ${originsDone} of ${origins}${known}`)
}

function run(args: readonly string[]): number {
  const { values } = parseArgs({
    args: [...args],
    options: {
      network: { type: 'string' },
      trips: { type: 'string' },
      gap: { type: 'string', default: GAP },
      'toll-weight': { type: 'string', default: '0' },
      'distance-weight': { type: 'string', default: '0' },
      close: { type: 'string', multiple: true, default: [] },
      flows: { type: 'string' },
    },
  })
  const { network: networkFile, trips: tripsFile } = values
  if (networkFile === undefined) throw new Error(`which network? ${USAGE}`)
  if (tripsFile === undefined) throw new Error(`which trips? ${USAGE}`)
  const relativeGap = weightOf('--gap', values.gap)
  const tollWeight = weightOf('--toll-weight', values['toll-weight'])
  const distanceWeight = weightOf('--distance-weight', values['distance-weight'])
  const parsed = ofFile(networkFile, parseTntpNetwork)
  for (const remark of parsed.remarks) console.error(`assign: ${networkFile}: ${remark}`)
  const network = assignmentNetwork(parsed, tollWeight, distanceWeight, values.close)
  const { demand } = ofFile(tripsFile, (text) => parseTntpTrips(text, parsed.zoneCount))
  const began = performance.now()
  const a = emptyAssignment(network, demand)
  const solving = equilibrate(a, { relativeGap })
  let toldMs = began
  let step = solving.next()
  while (step.done !== true) {
    if (performance.now() - toldMs > TELL_EVERY_MS) {
      toldMs = performance.now()
      tell(step.value)
    }
    step = solving.next()
  }
  const reached = step.value
  const seconds = Math.round(performance.now() - began) / 1000
  if (values.flows !== undefined) writeFileSync(values.flows, flowTable(parsed, a))
  if (reached.unassignedPairs > 0)
    console.error(
      `assign: nothing leads between ${reached.unassignedPairs} pairs of zones; their ${reached.unassignedTrips} trips are left out`,
    )
  if (!reached.isReached)
    console.error(`assign: ended at the relative gap ${reached.relativeGap}, ${relativeGap} was asked for`)
  const summary: AssignmentSummary = {
    relativeGap: reached.relativeGap,
    objective: reached.objective,
    totalTravelTime: reached.totalTravelTime,
    iterations: reached.iterations,
    seconds,
    links: parsed.fromNode.length,
    zones: parsed.zoneCount,
  }
  console.log(JSON.stringify(summary))
  return reached.isReached ? 0 : 1
}

function main(): number {
  try {
    return run(process.argv.slice(2))
  } catch (error) {
    console.error(`assign: ${(error as Error).message}`)
    return 1
  }
}

if (import.meta.main) process.exitCode = main()
