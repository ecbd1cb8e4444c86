/** Numbers, times and quantities as the reader's language writes them. SI in, the units of daily life out, always with the unit. */
import { currentLanguage, sayCount } from './language.ts'

const NO_VALUE = '–'
const formats = new Map<string, Intl.NumberFormat>()
const clocks = new Map<string, Intl.DateTimeFormat>()

/** At most `digits` decimals; grouped; – for what is not a number. */
export function formatNumber(value: number, digits = 0): string {
  if (!Number.isFinite(value)) return NO_VALUE
  const key = `${currentLanguage()} ${digits}`
  let format = formats.get(key)
  if (!format) {
    // «always»: Spanish would otherwise leave 2310 ungrouped and 23.100 grouped.
    format = new Intl.NumberFormat(currentLanguage(), {
      maximumFractionDigits: digits,
      useGrouping: 'always',
    })
    formats.set(key, format)
  }
  return format.format(Math.abs(value) * 10 ** digits < 0.5 ? 0 : value)
}

/** «December 2017» of '2017-12'. */
export function formatMonth(isoMonth: string): string {
  const format = new Intl.DateTimeFormat(currentLanguage(), {
    year: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  })
  return format.format(new Date(`${isoMonth}-15T00:00:00Z`))
}

/** A difference with its sign, its size as `written` writes it: +12 h, −3 h; what would be written as nothing has none: ±0 h. */
export function withSign(value: number, written: (size: number) => string): string {
  const text = written(Math.abs(value))
  if (!Number.isFinite(value)) return text
  if (text === written(0)) return `±${text}`
  return `${value < 0 ? '−' : '+'}${text}`
}

/** A plain number with its sign: +12, −3, ±0. */
export function formatSigned(value: number, digits = 0): string {
  return withSign(value, (size) => formatNumber(size, digits))
}

export function formatPercent(ratio: number, digits = 0): string {
  return `${formatNumber(ratio * 100, digits)} %`
}

export function formatSpeed(speedMps: number): string {
  return `${formatNumber(speedMps * 3.6)} km/h`
}

export function formatPower(powerW: number): string {
  const size = Math.abs(powerW)
  if (size >= 1e6) return `${formatNumber(powerW / 1e6, size >= 1e8 ? 0 : 1)} MW`
  return size >= 1e3 ? `${formatNumber(powerW / 1e3)} kW` : `${formatNumber(powerW)} W`
}

/** «2.1 kB/s». */
export function formatByteRate(bytesPerS: number): string {
  return `${formatNumber(bytesPerS / 1000, bytesPerS < 10_000 ? 1 : 0)} kB/s`
}

export function formatLength(lengthM: number): string {
  return lengthM >= 1000 ? `${formatNumber(lengthM / 1000, 1)} km` : `${formatNumber(lengthM)} m`
}

/** «45 s», «3 min», «1 h 20 min». */
export function formatDuration(durationS: number): string {
  if (!Number.isFinite(durationS)) return NO_VALUE
  const size = Math.abs(durationS)
  const sign = durationS < 0 && size >= 0.5 ? '−' : ''
  if (size < 59.5) return `${sign}${formatNumber(size)} s`
  const minutes = Math.round(size / 60)
  if (minutes < 60) return `${sign}${minutes} min`
  const rest = minutes % 60
  return `${sign}${Math.floor(minutes / 60)} h${rest ? ` ${rest} min` : ''}`
}

/** «3 min 12 s»: to the second, where two are told from each other. */
export function formatSeconds(durationS: number): string {
  const size = Math.round(Math.abs(durationS))
  const rest = size % 60
  if (!(size >= 60) || rest === 0) return formatDuration(durationS)
  return `${formatDuration(Math.sign(durationS) * (size - rest))} ${rest} s`
}

/** The city's wall clock. */
export function formatClock(timeMs: number, timeZone: string, withSeconds = false): string {
  const key = `${currentLanguage()} ${timeZone} ${withSeconds}`
  let clock = clocks.get(key)
  if (!clock) {
    clock = new Intl.DateTimeFormat(currentLanguage(), {
      timeZone,
      hour: '2-digit',
      minute: '2-digit',
      second: withSeconds ? '2-digit' : undefined,
      hourCycle: 'h23',
    })
    clocks.set(key, clock)
  }
  return clock.format(timeMs)
}

/** «UTC−3», «UTC+5:30». */
export function formatZone(utcOffsetS: number): string {
  const minutes = Math.round(Math.abs(utcOffsetS) / 60)
  const rest = minutes % 60
  const sign = utcOffsetS < 0 ? '−' : '+'
  return `UTC${sign}${Math.floor(minutes / 60)}${rest ? `:${String(rest).padStart(2, '0')}` : ''}`
}

/** The value to three digits that count; more are not read across a room. */
export function toThreeDigits(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(3)) : value
}

export function formatDay(timeMs: number, timeZone: string): string {
  const key = `${currentLanguage()} ${timeZone} day`
  let day = clocks.get(key)
  if (!day) {
    day = new Intl.DateTimeFormat(currentLanguage(), {
      timeZone,
      weekday: 'long',
      day: 'numeric',
      month: 'long',
    })
    clocks.set(key, day)
  }
  return day.format(timeMs)
}

/** A value in its indicator's unit, with the unit: 'W' becomes MW, 's' minutes, 'ratio' percent. */
export function formatUnit(value: number, unit: string): string {
  switch (unit) {
    case 'ratio':
      return formatPercent(value, Math.abs(value) < 0.1 ? 1 : 0)
    case 'W':
      return formatPower(value)
    case 's':
      return formatDuration(value)
    case 'pu':
      return `${formatNumber(value, 3)} pu`
    case 'vehicles':
    case 'links':
    case 'signals':
    case 'customers':
    case 'buses':
    case 'requests':
      return `${formatNumber(value)} ${sayCount(`unit.${unit}`, Math.round(value))}`
    default:
      return formatNumber(value, 2)
  }
}
