/**
 * The calls of a GTFS feed's trips, in order: DuplicateKey, StopTimeWithArrivalBeforePreviousDepartureTime,
 * DecreasingOrEqualStopTimeDistance, TripDistanceExceedsShapeDistance. Notices are named as MobilityData's validator names them.
 */
import type { Deviations } from '../../deviations.ts'
import { groupRows } from './groupRows.ts'
import type { Shape } from './shapes.ts'
import type { Tables } from './tables.ts'

/** A trip may pass the end of its shape by so much, metres; as the validator has it. */
const BEYOND_M = 11.1
const M_PER_DEG = 111_195

export interface TripSpans {
  /** Of the first departure and the last arrival, seconds after midnight of the day of service; NaN when none is given. By trip. */
  readonly startS: Float64Array
  readonly endS: Float64Array
  /** Calls without those that came twice. */
  readonly calls: number
}

export function checkStopTimes(tables: Tables, shapes: readonly Shape[], deviations: Deviations): TripSpans {
  const table = tables.of['stop_times.txt']
  const trips = tables.of['trips.txt']
  const tripIds = trips.texts('trip_id')
  const sequence = table.numbers('stop_sequence')
  const [arrivalS, departureS] = [table.numbers('arrival_time'), table.numbers('departure_time')]
  const distance = table.numbers('shape_dist_traveled')
  const stops = table.numbers('stop_id')
  const shapeOf = trips.numbers('shape_id')
  const { start, rows } = groupRows(table.numbers('trip_id'), sequence, trips.size)
  const spans = {
    startS: new Float64Array(trips.size).fill(NaN),
    endS: new Float64Array(trips.size).fill(NaN),
  }
  let calls = 0
  for (let trip = 0; trip < trips.size; trip++) {
    let lastSequence = -1
    let lastDepartureS = NaN
    let lastDistance = NaN
    let lastStop = -1
    for (const row of rows.subarray(start[trip], start[trip + 1])) {
      const note = (rule: string, came: string, due: string) =>
        deviations.add(rule, 'error', table.where(row), `trip ${tripIds[trip]}: ${came}`, due)
      if (sequence[row] === lastSequence) {
        note('DuplicateKey', `stop_sequence ${lastSequence}`, 'a stop_sequence of its own')
        continue
      }
      calls++
      lastSequence = sequence[row]
      lastStop = stops[row]
      const [arrivesS, leavesS] = [arrivalS[row], departureS[row]]
      if (arrivesS < lastDepartureS)
        note(
          'StopTimeWithArrivalBeforePreviousDepartureTime',
          `${arrivesS} s`,
          `at least ${lastDepartureS} s`,
        )
      if (leavesS < arrivesS)
        note('StopTimeWithDepartureBeforeArrivalTime', `${leavesS} s`, `at least ${arrivesS} s`)
      if (distance[row] <= lastDistance)
        note('DecreasingOrEqualStopTimeDistance', `${distance[row]}`, `more than ${lastDistance}`)
      if (!Number.isNaN(leavesS)) lastDepartureS = leavesS
      if (!Number.isNaN(distance[row])) lastDistance = distance[row]
      if (Number.isNaN(spans.startS[trip])) spans.startS[trip] = Number.isNaN(leavesS) ? arrivesS : leavesS
      const endS = Number.isNaN(arrivesS) ? leavesS : arrivesS
      if (!Number.isNaN(endS)) spans.endS[trip] = endS
    }
    const shape = shapes[shapeOf[trip]]
    if (shape !== undefined && lastDistance > shape.mostDistance)
      noteBeyond(tables, shape, trip, lastStop, lastDistance, deviations)
  }
  return { ...spans, calls }
}

/** An error when its last stop really lies beyond the shape's end, else a warning: two measured the same way differently. */
function noteBeyond(
  { of }: Tables,
  { lng, lat, mostDistance }: Shape,
  trip: number,
  stop: number,
  distance: number,
  deviations: Deviations,
): void {
  const [stopLng, stopLat] = [
    of['stops.txt'].numbers('stop_lon')[stop],
    of['stops.txt'].numbers('stop_lat')[stop],
  ]
  const end = lng.length - 1
  const x = (stopLng - lng[end]) * M_PER_DEG * Math.cos((stopLat * Math.PI) / 180)
  const y = (stopLat - lat[end]) * M_PER_DEG
  const isBeyond = Math.hypot(x, y) > BEYOND_M
  deviations.add(
    'TripDistanceExceedsShapeDistance',
    isBeyond ? 'error' : 'warning',
    of['trips.txt'].where(trip),
    `${distance} at its last stop`,
    `at most the ${mostDistance} of its shape`,
  )
}
