/** Bus lines from the tags of their stops: variants of a line joined to one corridor, both directions found from what either knows. */
import type { LineTag, Stop } from './stops.ts'

/** A place the line passes: the stop at it, and its place in the line's order, which runs the way of direction 0. */
export interface CorridorPoint {
  readonly stop: number
  readonly order: number
  /** The direction whose buses call there. */
  readonly direction: 0 | 1
}

export interface Corridor {
  readonly line: string
  /** By `order`. */
  readonly points: readonly CorridorPoint[]
  /** The order of the line's own last stop, where the other direction tells it; its first stop has order 1. */
  readonly lastOrder: number | undefined
  /** Whether buses run it both ways; the other way of a one-way corridor is a corridor of its own. */
  readonly isTwoWay: boolean
  readonly variants: number
  /** Tagged stops whose variant could not be laid along the others and was too small to stand alone. */
  readonly leftOut: number
}

/** Stops of two variants this near to each other, metres, lie at the same place of the line; assumed. */
const SAME_PLACE_M = 350
/** Facing stops of the two directions are this near, metres; assumed. */
const FACING_M = 60
/** Two places this far apart by straight line, metres for each step of order and on top, are not of one line; assumed. */
const MAX_STEP_M = 650
const MAX_STEP_SLACK_M = 500
/** Of a variant's stops, so many must lie plausibly; assumed. */
const PLAUSIBLE_SHARE = 0.7
/** A variant that cannot be laid along the others becomes a one-way corridor of its own from this many stops on; assumed. */
const MIN_ALONE = 8

interface Known {
  stop: number
  ordinal: number
}

/** The corridors of each line that any stop names, by line. */
export function corridorsFromTags(stops: readonly Stop[]): Corridor[] {
  const lines = new Map<string, Map<string, Known[]>>()
  stops.forEach(({ tag }, stop) => {
    if (tag === undefined || tag.line === '') return
    const { line, variant, ordinal }: LineTag = tag
    const variants = lines.get(line) ?? new Map<string, Known[]>()
    lines.set(line, variants)
    variants.set(variant, [...(variants.get(variant) ?? []), { stop, ordinal }])
  })
  return [...lines]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([line, variants]) => joinVariants(line, [...variants.values()], stops))
}

function joinVariants(line: string, variants: Known[][], stops: readonly Stop[]): Corridor[] {
  variants.sort((a, b) => b.length - a.length || a[0].stop - b[0].stop)
  let points = pointsOfVariant(variants[0])
  let leftOut = 0
  let lastOrder: number | undefined
  const alone: Corridor[] = []
  for (const variant of variants.slice(1)) {
    const laid = layAlong(points, variant, stops)
    if (laid) {
      points = [...points, ...laid]
      // Against the order, a variant's first stop is the line's last.
      if (laid[0].direction === 1)
        lastOrder = Math.max(lastOrder ?? 0, laid[0].order + variant[0].ordinal - 1)
    } else if (variant.length >= MIN_ALONE)
      alone.push({
        line,
        points: pointsOfVariant(variant),
        lastOrder: undefined,
        isTwoWay: false,
        variants: 1,
        leftOut: 0,
      })
    else leftOut += variant.length
  }
  points.sort((a, b) => a.order - b.order || a.stop - b.stop)
  const isTwoWay = alone.length === 0 || points.some(({ direction }) => direction === 1)
  return [{ line, points, lastOrder, isTwoWay, variants: variants.length - alone.length, leftOut }, ...alone]
}

function pointsOfVariant(variant: readonly Known[]): CorridorPoint[] {
  return variant
    .map(({ stop, ordinal }): CorridorPoint => ({ stop, order: ordinal, direction: 0 }))
    .sort((a, b) => a.order - b.order || a.stop - b.stop)
}

/**
 * The variant's stops in the order of the corridor: either they run the same way, each a fixed number of places off, or
 * they run the other way, and order and ordinal have a fixed sum. Whichever agrees better with the stops near by.
 */
function layAlong(
  points: CorridorPoint[],
  variant: Known[],
  stops: readonly Stop[],
): CorridorPoint[] | undefined {
  const differences: number[] = []
  const sums: number[] = []
  let facing = 0
  for (const { stop, ordinal } of variant) {
    for (const point of points) {
      const offM = distanceM(stops[stop], stops[point.stop])
      if (offM > SAME_PLACE_M) continue
      differences.push(point.order - ordinal)
      sums.push(point.order + ordinal)
      if (point.direction === 0 && offM < FACING_M) facing++
    }
  }
  const isAgainst = spread(sums) < spread(differences) || (spread(sums) === spread(differences) && facing > 0)
  const shift = Math.round(median(isAgainst ? sums : differences))
  const laid = variant.map(({ stop, ordinal }): CorridorPoint => {
    return isAgainst
      ? { stop, order: shift - ordinal, direction: 1 }
      : { stop, order: ordinal + shift, direction: 0 }
  })
  const plausible = laid.filter((point) => isPlausible(points, point, stops)).length
  return plausible >= laid.length * PLAUSIBLE_SHARE ? laid : undefined
}

/** Whether the places next to a point in the order are near enough to it. */
function isPlausible(
  points: readonly CorridorPoint[],
  point: CorridorPoint,
  stops: readonly Stop[],
): boolean {
  const steps = (other: CorridorPoint) => Math.abs(other.order - point.order)
  const fewest = points.reduce((least, other) => Math.min(least, steps(other)), Infinity)
  return points.some(
    (other) =>
      steps(other) === fewest &&
      distanceM(stops[other.stop], stops[point.stop]) <= fewest * MAX_STEP_M + MAX_STEP_SLACK_M,
  )
}

function distanceM(a: Stop, b: Stop): number {
  return Math.sqrt((a.xM - b.xM) ** 2 + (a.yM - b.yM) ** 2)
}

function median(values: readonly number[]): number {
  return values.length === 0 ? 0 : [...values].sort((a, b) => a - b)[values.length >> 1]
}

/** Mean distance from the median; Infinity for none. */
function spread(values: readonly number[]): number {
  const middle = median(values)
  return values.length === 0
    ? Infinity
    : values.reduce((sum, value) => sum + Math.abs(value - middle), 0) / values.length
}
