/** One field of GTFS from its text, by the kinds of the reference; notices are named as MobilityData's validator names them. */
import type { Severity } from '../../deviations.ts'
import type { FieldSpec } from './schema.ts'

/** What is wrong with it, and what was due. */
export interface Wrong {
  readonly rule: string
  readonly severity: Severity
  readonly due: string
}

const wrong = (rule: string, due: string, severity: Severity = 'error'): Wrong => ({ rule, severity, due })

/** A text as a text; all else as a number, a time as seconds after midnight of the day of service. `text` is not ''. */
export function fieldValue(text: string, spec: FieldSpec): string | number | Wrong {
  switch (spec.kind) {
    case 'url':
      return isUrl(text) ? text : wrong('InvalidUrl', 'an http or https address')
    case 'zone':
      return isZone(text) ? text : wrong('InvalidTimezone', 'a time zone of the IANA database')
    case 'date':
      return isDate(text) ? text : wrong('InvalidDate', 'a date as YYYYMMDD')
    case 'time':
      return timeS(text) ?? wrong('InvalidTime', 'a time as HH:MM:SS')
    case 'latitude':
      return inRange(text, -90, 90)
    case 'longitude':
      return inRange(text, -180, 180)
    case 'float':
      return inRange(text, 0, Infinity)
    case 'integer':
      return isInteger(text)
        ? inRange(text, spec.from ?? 0, 0x7fffffff)
        : wrong('InvalidInteger', 'a whole number')
    case 'enum': {
      const { from = 0, to = 0 } = spec
      const isKnown = isInteger(text) && Number(text) >= from && Number(text) <= to
      return isKnown ? Number(text) : wrong('UnexpectedEnumValue', `${from} to ${to}`, 'warning')
    }
    default:
      return text
  }
}

function inRange(text: string, from: number, to: number): number | Wrong {
  const value = Number(text)
  if (!Number.isFinite(value)) return wrong('InvalidFloat', 'a number')
  return value >= from && value <= to ? value : wrong('NumberOutOfRange', `${from} to ${to}`)
}

function isInteger(text: string): boolean {
  return /^-?\d{1,15}$/.test(text)
}

/** Times count on past 24 hours. */
function timeS(text: string): number | undefined {
  const match = /^(\d{1,3}):([0-5]\d):([0-5]\d)$/.exec(text)
  return match === null ? undefined : Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3])
}

function isDate(text: string): boolean {
  if (!/^[12]\d{7}$/.test(text)) return false
  const [year, month, day] = [text.slice(0, 4), text.slice(4, 6), text.slice(6)].map(Number)
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

function isUrl(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text)
}

const zones = new Map<string, boolean>()
const MOST_ZONES = 1000

/** Asked of the engine once each: it is slow to say. */
function isZone(text: string): boolean {
  const known = zones.get(text)
  if (known !== undefined) return known
  if (zones.size === MOST_ZONES) return false
  const is = /^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/.test(text) && hasZone(text)
  zones.set(text, is)
  return is
}

function hasZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).format(0) !== ''
  } catch {
    return false
  }
}
