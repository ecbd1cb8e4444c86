/** GTFS's files as rows of named fields: out of a zip and into one, with errors that name file, line and field. */
import { csvFormatRows, csvParseRows } from 'd3'
import { strFromU8, strToU8, unzipSync, zipSync, type Zippable } from 'fflate'

/** A row of a file; an absent optional field is ''. */
export interface Row {
  /** As an editor counts them; the header is line 1. */
  readonly line: number
  readonly get: (field: string) => string
}

export interface GtfsFiles {
  /** Rows of a file that must be there, with these fields. */
  readonly required: (file: string, fields: readonly string[]) => Row[]
  /** Rows of a file that may be absent; when it is there it has these fields. */
  readonly optional: (file: string, fields: readonly string[]) => Row[]
  readonly has: (file: string) => boolean
}

/** Nothing larger is unpacked: a whole country's feed is smaller. Bytes. */
const MAX_UNZIPPED = 800_000_000
/** Deflate packs at most this many bytes into one; an entry that promises more is broken. */
const MAX_DEFLATE_RATIO = 1032

/** Opens a feed. Throws when the bytes are no zip or hold more than fits. */
export function openGtfs(zip: Uint8Array): GtfsFiles {
  const files = unzip(zip)
  const rows = (file: string, fields: readonly string[]): Row[] => {
    const text = strFromU8(files.get(file)!)
    const [head, ...body] = csvParseRows(text.startsWith('\ufeff') ? text.slice(1) : text)
    const column = new Map((head ?? []).map((field, i) => [field.trim(), i]))
    const missing = fields.filter((field) => !column.has(field))
    if (missing.length > 0) throw new Error(`gtfs: ${file}: lacks ${missing.join(', ')}`)
    return body.flatMap((values, i) => {
      if (values.length === 1 && values[0].trim() === '') return []
      return [{ line: i + 2, get: (field: string) => (values[column.get(field) ?? -1] ?? '').trim() }]
    })
  }
  return {
    has: (file) => files.has(file),
    required: (file, fields) => {
      if (!files.has(file)) throw new Error(`gtfs: the feed lacks ${file}`)
      return rows(file, fields)
    },
    optional: (file, fields) => (files.has(file) ? rows(file, fields) : []),
  }
}

function unzip(zip: Uint8Array): Map<string, Uint8Array> {
  let unpacked = 0
  let isTooLarge = false
  let isBroken = false
  let entries: Record<string, Uint8Array>
  try {
    entries = unzipSync(zip, {
      filter: ({ name, size, originalSize }) => {
        if (!/(^|\/)[a-z_]+\.txt$/.test(name)) return false
        unpacked += originalSize
        isBroken ||= originalSize > (size + 1) * MAX_DEFLATE_RATIO
        isTooLarge ||= !(unpacked <= MAX_UNZIPPED)
        return !isBroken && !isTooLarge
      },
    })
  } catch (error) {
    throw new Error('gtfs: the feed is not a zip that can be read', { cause: error })
  }
  if (isBroken) throw new Error('gtfs: the feed is not a zip that can be read')
  if (isTooLarge) throw new Error(`gtfs: the feed unpacks to more than ${MAX_UNZIPPED} bytes`)
  // Some feeds pack their files inside one folder.
  return new Map(
    Object.entries(entries).map(([name, bytes]) => [name.slice(name.lastIndexOf('/') + 1), bytes]),
  )
}

/** The bytes of a feed: files of a header and rows each. The same rows always give the same bytes. */
export function packGtfs(files: Readonly<Record<string, readonly (readonly string[])[]>>): Uint8Array {
  const entries: Zippable = {}
  for (const [file, rows] of Object.entries(files)) {
    entries[file] = [strToU8(`${csvFormatRows(rows as string[][])}\n`), { mtime: new Date(1980, 0, 1) }]
  }
  return zipSync(entries, { level: 9 })
}

/** Seconds of a GTFS time, 'H:MM:SS', which counts on past 24 hours; undefined for ''. Throws on anything else. */
export function secondsFromTime(text: string, where: string): number | undefined {
  if (text === '') return undefined
  const match = /^(\d{1,3}):([0-5]\d):([0-5]\d)$/.exec(text)
  if (match === null)
    throw new Error(`gtfs: ${where}: got ${JSON.stringify(text)}, expected a time as HH:MM:SS`)
  return Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3])
}

/** A whole second as 'HH:MM:SS'. */
export function timeFromSeconds(timeS: number): string {
  const parts = [Math.floor(timeS / 3600), Math.floor(timeS / 60) % 60, timeS % 60]
  return parts.map((part) => `${part}`.padStart(2, '0')).join(':')
}

/** A number of a row. Throws when it is none or out of range. */
export function numberOf(row: Row, field: string, file: string, min: number, max: number): number {
  const text = row.get(field)
  const value = Number(text)
  if (text === '' || !(value >= min && value <= max))
    throw new Error(
      `gtfs: ${file} line ${row.line}: ${field} is ${JSON.stringify(text)}, expected ${min} to ${max}`,
    )
  return value
}
