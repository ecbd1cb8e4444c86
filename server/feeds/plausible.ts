/** What no reading can be, whatever the format: places off the globe, times far from now, speeds of nothing on a street. */

const DAY_MS = 86_400_000

/** Degrees that can be a place; 0, 0 is what broken receivers send, and no city lies there. */
export function isPlace(lng: number, lat: number): boolean {
  return Math.abs(lng) <= 180 && Math.abs(lat) <= 90 && !(Math.abs(lng) < 1e-6 && Math.abs(lat) < 1e-6)
}

/** Within ten years of now: what has stood for long is kept, 1970 and 2100 are mistakes. */
export function isTime(ms: number, nowMs: number): boolean {
  return Math.abs(ms - nowMs) <= 3653 * DAY_MS
}

/** Of anything that drives in a city, m/s. */
export function isSpeed(mps: number): boolean {
  return mps >= 0 && mps <= 70
}

/** Of vehicles past a site, all lanes together; twelve lanes at 2,500 an hour. */
export function isFlow(vph: number): boolean {
  return vph >= 0 && vph <= 30_000
}

/** Of one meter, either way: the largest works take less than 1 GW. */
export function isPower(w: number): boolean {
  return Math.abs(w) <= 1e9
}

/** Of one interval: longer than nothing, not longer than a leap year. */
export function isDuration(s: number): boolean {
  return s > 0 && s <= 366 * 86_400
}

/** A decimal number, with an exponent if need be; NaN when the text is none. */
export function numberOf(text: string): number {
  const came = text.trim()
  return came.length <= 40 && /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?$/i.test(came)
    ? Number(came)
    : NaN
}

/** A time as people read it, also one that cannot be. */
export function tellTime(ms: number): string {
  return Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : 'no time'
}

/**
 * An RFC 3339 or ISO 8601 time as Unix ms; one without a zone is taken at `utcOffsetS`, a day alone begins at its midnight. NaN when
 * it is none.
 */
export function timeOf(text: string, utcOffsetS: number): number {
  const match =
    /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i.exec(
      text.trim(),
    )
  if (match === null) return NaN
  const [, year, month, day, hour = '0', minute = '0', second = '0', part = '', zone] = match
  const date = Date.UTC(+year, +month - 1, +day)
  if (new Date(date).getUTCDate() !== +day || +month < 1 || +month > 12) return NaN
  if (+hour > 24 || +minute > 59 || +second > 60) return NaN
  const atMs = date + ((+hour * 60 + +minute) * 60 + +second) * 1000 + Math.round(Number(`0${part}`) * 1000)
  return atMs - offsetOf(zone, utcOffsetS) * 1000
}

/** An address that a page may link to, else ''. */
export function webAddressOf(text: string): string {
  return text.length <= 2000 && /^https?:\/\//i.test(text) && URL.canParse(text) ? text : ''
}

/** Whether a time of day says where on earth it is of. */
export function hasZone(text: string): boolean {
  return /(?:z|[+-]\d{2}:?\d{2})$/i.test(text.trim())
}

function offsetOf(zone: string | undefined, utcOffsetS: number): number {
  if (zone === undefined) return utcOffsetS
  if (/^z$/i.test(zone)) return 0
  const [hours, minutes] = [zone.slice(1, 3), zone.slice(-2)]
  if (+hours > 14 || +minutes > 59) return NaN
  return (zone.startsWith('-') ? -1 : 1) * (+hours * 60 + +minutes) * 60
}
