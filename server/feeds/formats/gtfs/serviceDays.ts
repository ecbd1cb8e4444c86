/** On which days a GTFS feed's services run, by both calendars. */
import type { Tables } from './tables.ts'

const WEEK = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
/** Days looked at from the first on, a multiple of 32; assumed enough. */
const MOST_DAYS = 4000

export interface ServiceDays {
  /** Whether two services ever run on one day. */
  readonly meet: (a: number, b: number) => boolean
  /** As the feed writes them, YYYYMMDD; '' when no service runs. */
  readonly firstDate: string
  readonly lastDate: string
}

export function serviceDays({ of, services }: Tables): ServiceDays {
  const [calendar, exceptions] = [of['calendar.txt'], of['calendar_dates.txt']]
  const [from, until] = [calendar.texts('start_date'), calendar.texts('end_date')]
  const [dates, types] = [exceptions.texts('date'), exceptions.numbers('exception_type')]
  const week = WEEK.map((day) => calendar.numbers(day))
  const exceptionsOf: number[][] = Array.from(services, () => [])
  exceptions.texts('service_id').forEach((id, row) => exceptionsOf[services.get(id)!].push(row))
  const rowOf = new Map(calendar.texts('service_id').map((id, row) => [services.get(id)!, row]))

  const running = [...from, ...until, ...dates.filter((_, row) => types[row] === 1)]
  const firstDate = running.reduce((least, date) => (least === '' || date < least ? date : least), '')
  const lastDate = running.reduce((most, date) => (date > most ? date : most), '')
  const firstDay = firstDate === '' ? 0 : dayOf(firstDate)

  const known = new Map<number, Uint32Array>()
  /** A bit a day, from the first on. */
  const daysOf = (service: number): Uint32Array => {
    const days = known.get(service) ?? new Uint32Array(MOST_DAYS / 32)
    if (known.has(service)) return days
    known.set(service, days)
    const set = (day: number, runs: boolean) => {
      if (runs) days[day >> 5] |= 1 << (day & 31)
      else days[day >> 5] &= ~(1 << (day & 31))
    }
    const row = rowOf.get(service)
    if (row !== undefined) {
      const last = Math.min(dayOf(until[row]) - firstDay, MOST_DAYS - 1)
      for (let day = dayOf(from[row]) - firstDay; day <= last; day++)
        set(day, week[weekdayOf(firstDay + day)][row] === 1)
    }
    for (const row of exceptionsOf[service]) set(dayOf(dates[row]) - firstDay, types[row] === 1)
    return days
  }
  return {
    firstDate,
    lastDate,
    meet: (a, b) => {
      const [daysA, daysB] = [daysOf(a), daysOf(b)]
      return daysA.some((word, i) => (word & daysB[i]) !== 0)
    },
  }
}

/** Days since 1 January 1970 by the Gregorian calendar, of a date that is one. */
function dayOf(date: string): number {
  return Date.UTC(Number(date.slice(0, 4)), Number(date.slice(4, 6)) - 1, Number(date.slice(6))) / 86_400_000
}

/** 0 = Monday; 1 January 1970 was a Thursday. */
function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7
}
