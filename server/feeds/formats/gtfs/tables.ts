/** All files of a GTFS feed out of its zip, each checked against its own fields and those it refers to. */
import { strFromU8 } from 'fflate'
import type { Deviations } from '../../deviations.ts'
import { FeedError } from '../../format.ts'
import { unzip } from '../../unzip.ts'
import { fileNames, type FileName } from './schema.ts'
import { Table } from './table.ts'

export interface Tables {
  readonly of: Readonly<Record<FileName, Table>>
  /** Services of both calendars, by id: which of them, from 0. */
  readonly services: ReadonlyMap<string, number>
}

/** Timetables pack to a tenth or so; what unpacks to more than so many times its size is made to harm. */
const MOST_TIMES = 40
const LEAST_BYTES = 1_000_000
const MOST_BYTES = 400_000_000

/** Throws FeedError when the bytes are no zip, or it holds nothing of GTFS. */
export function openTables(zip: Uint8Array, deviations: Deviations): Tables {
  const mostBytes = Math.min(LEAST_BYTES + MOST_TIMES * zip.length, MOST_BYTES)
  const files = new Map<string, Uint8Array>()
  for (const [path, bytes] of unzip(zip, (path) => isOurs(path), mostBytes, deviations))
    files.set(nameOf(path), bytes)
  if (files.size === 0) throw new FeedError('gtfs: the zip holds none of its files')

  const of = {} as Record<FileName, Table>
  const services = new Map<string, number>()
  const rowsOf = (file: FileName | 'services') => {
    if (file === 'services') return services.size > 0 ? services : undefined
    const canBeSaid = of[file].isRead || (file === 'shapes.txt' && !files.has(file))
    return canBeSaid ? of[file].rowOf : undefined
  }
  for (const name of fileNames) {
    const table = new Table(name, deviations)
    of[name] = table
    const bytes = files.get(name)
    table.read(bytes && strFromU8(bytes), rowsOf)
    if (name === 'calendar.txt') for (const id of table.rowOf.keys()) services.set(id, services.size)
    if (name === 'calendar_dates.txt')
      for (const id of table.texts('service_id')) if (!services.has(id)) services.set(id, services.size)
  }
  if (!files.has('calendar.txt') && !files.has('calendar_dates.txt'))
    deviations.add(
      'MissingCalendarAndCalendarDateFiles',
      'error',
      'the feed',
      undefined,
      'calendar.txt or calendar_dates.txt',
    )
  if (of['stops.txt'].size + of['routes.txt'].size + of['trips.txt'].size === 0)
    throw new FeedError('gtfs: no stop, route or trip can be read of it')
  return { of, services }
}

/** Some feeds pack their files inside one folder. */
function isOurs(path: string): boolean {
  return (fileNames as readonly string[]).includes(nameOf(path)) && !path.startsWith('__MACOSX')
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
