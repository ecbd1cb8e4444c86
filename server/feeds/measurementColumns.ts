/** Measurements of traffic of any format: what cannot be is noted and left out, the rest becomes columns. */
import type { TrafficMeasurements } from './content.ts'
import type { Deviations } from './deviations.ts'
import { isDuration, isFlow, isPlace, isSpeed, isTime, tellTime } from './plausible.ts'

/** One row of TrafficMeasurements; NaN where nothing was given. */
export interface Measurement {
  readonly siteId: string
  readonly lng: number
  readonly lat: number
  readonly timeMs: number
  readonly periodS: number
  readonly flowVph: number
  readonly speedMps: number
  readonly occupancy: number
}

const MOST_ROWS = 1_000_000

export class MeasurementColumns {
  private readonly rows: Measurement[] = []
  private readonly timesOf = new Map<string, Set<number>>()
  private readonly nowMs: number
  private readonly deviations: Deviations

  constructor(nowMs: number, deviations: Deviations) {
    this.nowMs = nowMs
    this.deviations = deviations
  }

  /** A row without site or time is left out, a value that cannot be becomes NaN. */
  add(where: string, row: Measurement): void {
    const leaveOut = (rule: string, came: string, due: string) =>
      this.deviations.add(rule, 'error', where, came, due)
    if (row.siteId === '') leaveOut('idMissing', '', 'the id of a site')
    else if (!isTime(row.timeMs, this.nowMs))
      leaveOut('timeImpossible', tellTime(row.timeMs), 'a time within ten years of now')
    else if (this.rows.length === MOST_ROWS)
      leaveOut('tooMany', row.siteId, `${MOST_ROWS} measurements at most`)
    else if (!this.isFirst(row))
      leaveOut(
        'readingTwice',
        `${row.siteId} at ${tellTime(row.timeMs)}`,
        'one measurement of a site and time',
      )
    else this.rows.push(this.withPossible(where, row))
  }

  columns(): TrafficMeasurements {
    const column = (of: (row: Measurement) => number) => {
      const values = new Float64Array(this.rows.length)
      for (let i = 0; i < values.length; i++) values[i] = of(this.rows[i])
      return values
    }
    return {
      siteId: this.rows.map(({ siteId }) => siteId),
      lng: column(({ lng }) => lng),
      lat: column(({ lat }) => lat),
      timeMs: column(({ timeMs }) => timeMs),
      periodS: column(({ periodS }) => periodS),
      flowVph: column(({ flowVph }) => flowVph),
      speedMps: column(({ speedMps }) => speedMps),
      occupancy: column(({ occupancy }) => occupancy),
    }
  }

  private isFirst({ siteId, timeMs }: Measurement): boolean {
    let times = this.timesOf.get(siteId)
    if (times === undefined) this.timesOf.set(siteId, (times = new Set()))
    if (times.has(timeMs)) return false
    times.add(timeMs)
    return true
  }

  private withPossible(where: string, row: Measurement): Measurement {
    const { siteId, timeMs, lng, lat } = row
    const possible = (rule: string, came: number, isPossible: boolean, due: string) => {
      if (isPossible || Number.isNaN(came)) return came
      this.deviations.add(rule, 'error', where, came, due)
      return NaN
    }
    const isSomewhere = isPlace(lng, lat)
    if (!isSomewhere && !(Number.isNaN(lng) && Number.isNaN(lat)))
      this.deviations.add('placeImpossible', 'error', where, `${lng}, ${lat}`, 'longitude, latitude')
    const { periodS, flowVph, speedMps, occupancy } = row
    const flow = possible('flowImpossible', flowVph, isFlow(flowVph), '0 to 30000 vehicles an hour')
    const speed = possible('speedImpossible', speedMps, isSpeed(speedMps), '0 to 70 m/s')
    return {
      siteId,
      lng: isSomewhere ? lng : NaN,
      lat: isSomewhere ? lat : NaN,
      timeMs,
      periodS: possible('periodImpossible', periodS, isDuration(periodS), 'seconds, above 0'),
      flowVph: flow,
      // where nothing passed nothing has a speed; with vehicles, zero is a standing queue
      speedMps: flow === 0 && speed === 0 ? NaN : speed,
      occupancy: possible(
        'occupancyImpossible',
        occupancy,
        occupancy >= 0 && occupancy <= 1,
        'a share, 0 to 1',
      ),
    }
  }
}
