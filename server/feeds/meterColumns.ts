/** Intervals of meters of any format: in the order of time, each moment once, gaps noted; then columns. */
import type { MeterReadings } from './content.ts'
import type { Deviations } from './deviations.ts'
import { isDuration, isPower, isTime, tellTime } from './plausible.ts'

export interface MeterInterval {
  readonly fromMs: number
  readonly durationS: number
  readonly powerW: number
}

const MOST_ROWS = 2_000_000
/** Clocks of meters are this exact: intervals that are further apart have a gap between them. Assumed. */
const EXACT_MS = 1000

export class MeterColumns {
  private readonly intervalsOf = new Map<string, MeterInterval[]>()
  private readonly nowMs: number
  private readonly deviations: Deviations
  private count = 0

  constructor(nowMs: number, deviations: Deviations) {
    this.nowMs = nowMs
    this.deviations = deviations
  }

  add(where: string, meterId: string, interval: MeterInterval): void {
    const { fromMs, durationS, powerW } = interval
    const leaveOut = (rule: string, came: unknown, due: string) =>
      this.deviations.add(rule, 'error', where, came, due)
    if (meterId === '') return leaveOut('idMissing', '', 'the id of a meter')
    if (!isTime(fromMs, this.nowMs))
      return leaveOut('timeImpossible', tellTime(fromMs), 'a time within ten years of now')
    if (!isDuration(durationS)) return leaveOut('durationImpossible', durationS, 'seconds, above 0')
    if (!isPower(powerW)) return leaveOut('powerImpossible', powerW, 'watts, below 1 GW')
    if (++this.count > MOST_ROWS) return leaveOut('tooMany', meterId, `${MOST_ROWS} intervals at most`)
    const intervals = this.intervalsOf.get(meterId)
    if (intervals === undefined) this.intervalsOf.set(meterId, [interval])
    else intervals.push(interval)
  }

  columns(): MeterReadings {
    const meterIds: string[] = []
    const kept: MeterInterval[] = []
    for (const [meterId, intervals] of this.intervalsOf) {
      let last: MeterInterval | undefined
      for (const interval of intervals.sort((a, b) => a.fromMs - b.fromMs)) {
        if (!this.isNext(meterId, last, interval)) continue
        meterIds.push(meterId)
        kept.push(interval)
        last = interval
      }
    }
    return {
      meterId: meterIds,
      fromMs: Float64Array.from(kept, ({ fromMs }) => fromMs),
      durationS: Float64Array.from(kept, ({ durationS }) => durationS),
      powerW: Float64Array.from(kept, ({ powerW }) => powerW),
    }
  }

  /** False when the time of the interval is told already. */
  private isNext(meterId: string, last: MeterInterval | undefined, { fromMs }: MeterInterval): boolean {
    if (last === undefined) return true
    const where = `meter ${meterId}`
    const endMs = last.fromMs + last.durationS * 1000
    if (fromMs === last.fromMs) {
      this.deviations.add('readingTwice', 'error', where, tellTime(fromMs), 'one reading of a meter and time')
      return false
    }
    if (fromMs < endMs - EXACT_MS) {
      const due = `a start at ${tellTime(endMs)} or later`
      this.deviations.add('intervalsOverlap', 'error', where, tellTime(fromMs), due)
      return false
    }
    if (fromMs > endMs + EXACT_MS)
      this.deviations.add(
        'gap',
        'warning',
        where,
        `nothing until ${tellTime(fromMs)}`,
        `a reading from ${tellTime(endMs)}`,
      )
    return true
  }
}
