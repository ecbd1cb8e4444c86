/** When the sun stands highest by a city's clocks. */

/** A day without summer time in the north, with it in parts of the south; clocks are taken as they were then. */
const CLOCK_DAY_MS = Date.UTC(2026, 0, 15, 12)

/** Clock hour of the mean solar noon at a longitude; a zone that cannot be told counts as the sun's own. */
export function solarNoonH(lng: number, timeZone: string): number {
  return 12 + offsetH(timeZone, lng / 15) - lng / 15
}

function offsetH(timeZone: string, otherwise: number): number {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(
    CLOCK_DAY_MS,
  )
  const text = parts.find((part) => part.type === 'timeZoneName')?.value ?? ''
  const found = /^GMT(?:([+-])(\d+):(\d+))?$/.exec(text)
  if (found === null) return otherwise
  if (found[1] === undefined) return 0
  return (found[1] === '-' ? -1 : 1) * (Number(found[2]) + Number(found[3]) / 60)
}
