/** Completes bus lines at their ends: where stops are known to be missing there, the line is taken on to a terminus about that far away. */
import type { Corridor, CorridorPoint } from './busLines.ts'
import type { Stop } from './stops.ts'

/** A terminus taken on, as a point of the corridor that neither direction calls at by its tags. */
export interface CompletedCorridor extends Corridor {
  /** Rows of `points` that are assumed termini. */
  readonly assumedEnds: ReadonlySet<CorridorPoint>
}

/** A stop that is first or second on its line is a terminus. */
const LAST_TERMINUS_ORDINAL = 2
/** Fewer missing stops than this are left missing; assumed. */
const MIN_MISSING = 3
/** Straight metres a missing stop stands for: Montevideo's tagged lines make 0.75 straight metres on a metre of their path, 290 m from stop to stop. */
const STRAIGHT_M_PER_STOP = 215
/** A terminus may be this share nearer or further than due; assumed. */
const MAX_MISS = 0.45
/** Lines that begin this near to each other, metres, share a terminus; assumed. */
const TERMINUS_M = 500
/** How many known places back the line's heading is taken from; assumed. */
const HEADING_PLACES = 6
/** What a turn back and an unpopular terminus count against a wrong distance; assumed. */
const TURN_WEIGHT = 0.25
const UNPOPULAR_WEIGHT = 0.6

interface Terminus {
  readonly stop: number
  /** Lines that begin near by. */
  readonly lines: number
}

/** Corridors with a terminus put at each end that lacks stops, where one fits. */
export function completeEnds(corridors: readonly Corridor[], stops: readonly Stop[]): CompletedCorridor[] {
  const termini = findTermini(stops)
  return corridors.map((corridor) => {
    const { points, lastOrder } = corridor
    const first = points[0].order
    const last = points[points.length - 1].order
    const ends: CorridorPoint[] = []
    const before = bestTerminus(termini, [...points].reverse(), first - 1, stops)
    if (before !== undefined) ends.push({ stop: before, order: 1, direction: 0 })
    const after = lastOrder === undefined ? undefined : bestTerminus(termini, points, lastOrder - last, stops)
    if (after !== undefined) ends.push({ stop: after, order: lastOrder!, direction: 0 })
    const all = [...points, ...ends].sort((a, b) => a.order - b.order || a.stop - b.stop)
    return { ...corridor, points: all, assumedEnds: new Set(ends) }
  })
}

function findTermini(stops: readonly Stop[]): Terminus[] {
  const starts = stops.flatMap(({ tag }, stop) =>
    tag && tag.line !== '' && tag.ordinal <= LAST_TERMINUS_ORDINAL ? [{ stop, line: tag.line }] : [],
  )
  return starts.map(({ stop }) => {
    const near = starts.filter((other) => distanceM(stops[other.stop], stops[stop]) < TERMINUS_M)
    return { stop, lines: new Set(near.map(({ line }) => line)).size }
  })
}

/** The terminus that fits `missing` stops beyond the last of `points` best: about as far, ahead, and shared by many lines. */
function bestTerminus(
  termini: readonly Terminus[],
  points: readonly CorridorPoint[],
  missing: number,
  stops: readonly Stop[],
): number | undefined {
  if (missing < MIN_MISSING) return undefined
  const end = stops[points[points.length - 1].stop]
  const back = stops[points[Math.max(points.length - 1 - HEADING_PLACES, 0)].stop]
  const far = stops[points[0].stop]
  const dueM = missing * STRAIGHT_M_PER_STOP
  let best: number | undefined
  let bestCost = Infinity
  for (const { stop, lines } of termini) {
    const at = stops[stop]
    const offM = distanceM(at, end)
    const miss = Math.abs(offM - dueM) / dueM
    if (miss > MAX_MISS || distanceM(at, far) < distanceM(end, far)) continue
    const turn = 1 - cosine(end.xM - back.xM, end.yM - back.yM, at.xM - end.xM, at.yM - end.yM)
    const cost = miss + TURN_WEIGHT * turn + UNPOPULAR_WEIGHT / lines
    if (cost < bestCost) {
      bestCost = cost
      best = stop
    }
  }
  return best
}

/** Of the angle between two vectors; 1 when either has no length. */
function cosine(ax: number, ay: number, bx: number, by: number): number {
  const lengths = Math.sqrt((ax * ax + ay * ay) * (bx * bx + by * by))
  return lengths > 0 ? (ax * bx + ay * by) / lengths : 1
}

function distanceM(a: Stop, b: Stop): number {
  return Math.sqrt((a.xM - b.xM) ** 2 + (a.yM - b.yM) ** 2)
}
