/**
 * The streets that an edit reaches: from those it acts on, on through every street that touches one of them and differs by more
 * than noise itself. What differs elsewhere, tied to the edit by no street, is chance or comes another way.
 */
import type { RoadNetwork } from '../../traffic/network.ts'
import { departureOf } from './departure.ts'
import { PER_VEHICLE, type Trace } from './trace.ts'

/** Fewer vehicles more or less on a street count for nothing. Assumed. */
const LEAST_VEHICLES = 3

/** By link: 1 where the vehicles on it, or those that stand, differ by more than noise. */
export function departedLinks(base: Trace, edited: Trace, links: number): Uint8Array {
  const departed = new Uint8Array(links)
  const a = new Float64Array(base.looks)
  const b = new Float64Array(base.looks)
  const columns = [
    [base.links.vehicles, edited.links.vehicles, LEAST_VEHICLES],
    [base.links.queued, edited.links.queued, LEAST_VEHICLES * PER_VEHICLE],
  ] as const
  for (const [before, after, least] of columns) {
    for (let link = 0; link < links; link++) {
      if (departed[link] !== 0 || !mayDepart(before, after, link, links, base.looks, least)) continue
      for (let look = 0; look < base.looks; look++) {
        a[look] = before[look * links + link]
        b[look] = after[look * links + link]
      }
      if (departureOf(a, b, least) !== undefined) departed[link] = 1
    }
  }
  return departed
}

/** Whether it differs by more than the least at any look: of most streets it does not, and noise is not worth working out. */
function mayDepart(
  before: Uint16Array,
  after: Uint16Array,
  link: number,
  links: number,
  looks: number,
  least: number,
): boolean {
  for (let at = link; at < looks * links; at += links)
    if (Math.abs(after[at] - before[at]) > least) return true
  return false
}

/**
 * Grows from the seeds, which are links by name of what acts on them; gives by link the number of its seeds (from 1, in their
 * order), or 0. A link between two seeds belongs to the one from which it is fewer streets away.
 */
export function growFrom(
  network: Pick<RoadNetwork, 'nodes' | 'links'>,
  seeds: readonly (readonly number[])[],
  departed: Uint8Array,
): Uint8Array {
  const { fromNode, toNode } = network.links
  const atNode: number[][] = Array.from({ length: network.nodes.xM.length }, () => [])
  for (let link = 0; link < departed.length; link++) {
    if (departed[link] === 0) continue
    atNode[fromNode[link]].push(link)
    atNode[toNode[link]].push(link)
  }
  const seedOf = new Uint8Array(departed.length)
  const queue: number[] = []
  seeds.forEach((links, i) => {
    for (const link of links) {
      if (seedOf[link] !== 0) continue
      seedOf[link] = i + 1
      queue.push(link)
    }
  })
  for (let at = 0; at < queue.length; at++) {
    const link = queue[at]
    for (const node of [fromNode[link], toNode[link]]) {
      for (const next of atNode[node]) {
        if (seedOf[next] !== 0) continue
        seedOf[next] = seedOf[link]
        queue.push(next)
      }
    }
  }
  return seedOf
}
