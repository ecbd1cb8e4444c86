/** Puts back together what a tiler has cut: lines by their shared end points, rings by the edges that are not cuts. */
import type { LngLat } from '../../twin/geo/projection.ts'

/** A position as a key; positions are whole 1e-7°, so equal positions give equal keys. */
export function keyOf(at: LngLat): string {
  return `${Math.round(at[0] * 1e7)},${Math.round(at[1] * 1e7)}`
}

export function isClosed(course: readonly LngLat[]): boolean {
  const first = course[0]
  const last = course[course.length - 1]
  return course.length > 3 && first[0] === last[0] && first[1] === last[1]
}

/** Chains pieces whose end is another's start. Direction is kept; pieces that meet nobody stay as they are. */
export function joinLines(pieces: readonly (readonly LngLat[])[]): LngLat[][] {
  const chains: (LngLat[] | undefined)[] = pieces
    .filter((piece) => piece.length > 1)
    .map((piece) => [...piece])
  if (chains.length < 2) return chains as LngLat[][]
  for (let grew = true; grew;) {
    grew = false
    const byStart = new Map<string, number>()
    chains.forEach((chain, i) => {
      if (chain && !isClosed(chain) && !byStart.has(keyOf(chain[0]))) byStart.set(keyOf(chain[0]), i)
    })
    for (let i = 0; i < chains.length; i++) {
      const chain = chains[i]
      if (!chain || isClosed(chain)) continue
      const next = byStart.get(keyOf(chain[chain.length - 1]))
      const other = next === undefined || next === i ? undefined : chains[next]
      if (next === undefined || other === undefined) continue
      chains[i] = [...chain, ...other.slice(1)]
      chains[next] = undefined
      grew = true
    }
  }
  return chains.filter((chain) => chain !== undefined)
}

/** Whether the edge from a to b is a cut, and not part of the thing that was cut. */
export type IsCut = (a: LngLat, b: LngLat) => boolean

/**
 * The rings whose cut pieces are given as closed rings: edges on a cut are dropped, the rest chained.
 * Where that leaves an open chain (a piece is missing) it is closed straight, so that an area stays an area.
 */
export function joinRings(pieces: readonly (readonly LngLat[])[], isCut: IsCut): LngLat[][] {
  const rings: LngLat[][] = []
  const runs: LngLat[][] = []
  for (const ring of pieces) {
    const found = runsBetweenCuts(ring, isCut)
    if (found === undefined) rings.push([...ring])
    else runs.push(...found)
  }
  for (const chain of joinLines(runs)) {
    if (!isClosed(chain)) chain.push(chain[0])
    if (chain.length > 3) rings.push(chain)
  }
  return rings
}

/** The runs of edges that are not cuts, or undefined when no edge is one. */
function runsBetweenCuts(ring: readonly LngLat[], isCut: IsCut): LngLat[][] | undefined {
  const edges = ring.length - 1
  let firstCut = -1
  for (let i = 0; i < edges && firstCut < 0; i++) if (isCut(ring[i], ring[i + 1])) firstCut = i
  if (firstCut < 0) return undefined
  const runs: LngLat[][] = []
  let run: LngLat[] = []
  for (let step = 1; step <= edges; step++) {
    const i = (firstCut + step) % edges
    if (isCut(ring[i], ring[i + 1])) {
      if (run.length > 1) runs.push(run)
      run = []
    } else {
      if (run.length === 0) run.push(ring[i])
      run.push(ring[i + 1])
    }
  }
  if (run.length > 1) runs.push(run)
  return runs
}
