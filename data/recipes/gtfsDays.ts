/** On which kinds of day each service of a GTFS feed runs: those of the feed's busiest weekday, Saturday and Sunday. */
import { dayBits } from '../../twin/transit/timetable.ts'
import { numberOf, type GtfsFiles, type Row } from './gtfsTables.ts'

const WEEK = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

/** Dates looked at from the feed's first on; later ones repeat what came before. Assumed. */
const MAX_DATES = 4000

interface Service {
  readonly week: readonly number[]
  readonly firstDay: number
  readonly lastDay: number
  readonly added: Set<number>
  readonly removed: Set<number>
}

/**
 * Bits of dayBits by service. One date stands for each kind of day, the one on which most trips run (`tripsOf` counts them
 * by service), so that holiday services do not run on top of ordinary ones.
 */
export function serviceDays(files: GtfsFiles, tripsOf: ReadonlyMap<string, number>): Map<string, number> {
  const services = readServices(files)
  const days = new Map<string, number>([...services.keys()].map((id) => [id, 0]))
  const dates = [...services.values()].flatMap(({ firstDay, lastDay, added }) => [
    ...(firstDay <= lastDay ? [firstDay, lastDay] : []),
    ...added,
  ])
  if (dates.length === 0) return days
  const first = dates.reduce((least, day) => Math.min(least, day))
  const last = Math.min(
    dates.reduce((most, day) => Math.max(most, day)),
    first + MAX_DATES,
  )
  const busiest = new Map<number, { day: number; trips: number }>()
  for (let day = first; day <= last; day++) {
    let trips = 0
    for (const [id, service] of services) if (runsOn(service, day)) trips += tripsOf.get(id) ?? 0
    const bit = kindOf(day)
    if (trips > (busiest.get(bit)?.trips ?? 0)) busiest.set(bit, { day, trips })
  }
  for (const [bit, { day }] of busiest) {
    for (const [id, service] of services) if (runsOn(service, day)) days.set(id, days.get(id)! | bit)
  }
  return days
}

function readServices(files: GtfsFiles): Map<string, Service> {
  if (!files.has('calendar.txt') && !files.has('calendar_dates.txt'))
    throw new Error('gtfs: the feed lacks calendar.txt and calendar_dates.txt')
  const services = new Map<string, Service>()
  const fields = ['service_id', ...WEEK, 'start_date', 'end_date']
  for (const row of files.optional('calendar.txt', fields)) {
    services.set(row.get('service_id'), {
      week: WEEK.map((day) => numberOf(row, day, 'calendar.txt', 0, 1)),
      firstDay: dayOf(row, 'start_date', 'calendar.txt'),
      lastDay: dayOf(row, 'end_date', 'calendar.txt'),
      added: new Set(),
      removed: new Set(),
    })
  }
  for (const row of files.optional('calendar_dates.txt', ['service_id', 'date', 'exception_type'])) {
    const id = row.get('service_id')
    const service = services.get(id) ?? {
      week: [],
      firstDay: 1,
      lastDay: 0,
      added: new Set<number>(),
      removed: new Set<number>(),
    }
    services.set(id, service)
    const day = dayOf(row, 'date', 'calendar_dates.txt')
    if (numberOf(row, 'exception_type', 'calendar_dates.txt', 1, 2) === 1) service.added.add(day)
    else service.removed.add(day)
  }
  return services
}

function runsOn(service: Service, day: number): boolean {
  if (service.added.has(day)) return true
  if (day < service.firstDay || day > service.lastDay || service.removed.has(day)) return false
  return service.week[weekdayOf(day)] === 1
}

function kindOf(day: number): number {
  return [dayBits.saturday, dayBits.sunday][weekdayOf(day) - 5] ?? dayBits.weekday
}

/** 0 = Monday; 1 January 1970 was a Thursday. */
function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7
}

/** Days since 1 January 1970 of a date as YYYYMMDD, by the Gregorian calendar. */
function dayOf(row: Row, field: string, file: string): number {
  const match = /^([12]\d{3})(\d\d)(\d\d)$/.exec(row.get(field))
  const days = match ? Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) / 86_400_000 : NaN
  if (!(days < Infinity))
    throw new Error(
      `gtfs: ${file} line ${row.line}: ${field} is ${JSON.stringify(row.get(field))}, expected YYYYMMDD`,
    )
  return days
}
