/** How large text must be to be read from where people stand, and what a wall has room for at that size (ISO 9241-303, ISA-101). */

/** Height of capitals of what is read least, as an angle: minutes of arc. Values and alarms are a third larger by the scale of type. */
export const LEAST_ARCMIN = 16
/** Height of capitals over size of type, of Atkinson Hyperlegible Next; rounded down. */
const CAP_RATIO = 0.7
const MM_PER_INCH = 25.4

export interface Viewing {
  /** From the eyes to the screen, metres. */
  readonly distanceM: number
  /** Diagonal of the screen, inches. */
  readonly diagonalIn: number
}

/** Millimetres between two pixels of a screen of so many of them. */
export function pixelPitchMm(diagonalIn: number, widthPx: number, heightPx: number): number {
  return (diagonalIn * MM_PER_INCH) / Math.hypot(widthPx, heightPx)
}

/** The smallest type, in pixels, whose capitals are seen under `arcmin` from `distanceM`. */
export function leastFontPx(distanceM: number, pitchMm: number, arcmin = LEAST_ARCMIN): number {
  const angle = (arcmin / 60) * (Math.PI / 180)
  return (2 * distanceM * 1000 * Math.tan(angle / 2)) / pitchMm / CAP_RATIO
}

/** `?viewing=4&screen=55`: four metres before 55 inches. Undefined when one is missing or not a sensible number. */
export function viewingFromQuery(query: string): Viewing | undefined {
  const q = new URLSearchParams(query)
  const [distanceM, diagonalIn] = [Number(q.get('viewing')), Number(q.get('screen'))]
  const isSensible = distanceM >= 0.3 && distanceM <= 50 && diagonalIn >= 5 && diagonalIn <= 1000
  return isSensible ? { distanceM, diagonalIn } : undefined
}
