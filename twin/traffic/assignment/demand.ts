/** Who wants to go where: trips by pair of zones, origin by origin. */

export interface Demand {
  /** Pairs of an origin: start[zone] … start[zone + 1] − 1; one row more than there are zones. */
  readonly start: Int32Array
  /** By pair, rising within an origin: the zone gone to, never the origin itself, and the trips, more than 0. */
  readonly destination: Int32Array
  readonly trips: Float64Array
}

/**
 * Demand from a list of trips in any order; what is listed twice is added up. Trips within a zone and lists of 0 trips use no
 * link and are left out. Throws, naming the row, for a zone there is not and for what is no number from 0 on.
 */
export function makeDemand(
  zoneCount: number,
  origin: ArrayLike<number>,
  destination: ArrayLike<number>,
  trips: ArrayLike<number>,
): Demand {
  const count = new Int32Array(zoneCount + 1)
  for (let row = 0; row < trips.length; row++) {
    for (const zone of [origin[row], destination[row]])
      if (!(zone >= 0 && zone < zoneCount && Number.isInteger(zone)))
        throw new Error(`row ${row}: zone ${zone} came, expected one of ${zoneCount}`)
    if (!(trips[row] >= 0 && trips[row] < Infinity))
      throw new Error(`row ${row}: ${trips[row]} trips came, expected a number from 0 on`)
    if (trips[row] > 0 && origin[row] !== destination[row]) count[origin[row] + 1]++
  }
  for (let zone = 0; zone < zoneCount; zone++) count[zone + 1] += count[zone]
  const next = count.slice()
  const listed = new Int32Array(count[zoneCount])
  for (let row = 0; row < trips.length; row++)
    if (trips[row] > 0 && origin[row] !== destination[row]) listed[next[origin[row]]++] = row
  const start = new Int32Array(zoneCount + 1)
  const to = new Int32Array(listed.length)
  const of = new Float64Array(listed.length)
  let pairs = 0
  for (let zone = 0; zone < zoneCount; zone++) {
    const rows = listed
      .subarray(count[zone], count[zone + 1])
      .sort((a, b) => destination[a] - destination[b] || a - b)
    for (const row of rows) {
      const isNew = pairs === start[zone] || to[pairs - 1] !== destination[row]
      if (isNew) to[pairs++] = destination[row]
      of[pairs - 1] += trips[row]
    }
    start[zone + 1] = pairs
  }
  return { start, destination: to.slice(0, pairs), trips: of.slice(0, pairs) }
}
