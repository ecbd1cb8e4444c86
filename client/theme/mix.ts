/** Colours between two of the theme. */
import type { Color } from './theme.ts'

/** The colour at `share` (0 to 1) of the way from `a` to `b`, mixed in sRGB: for near neighbours, where the eye sees no difference. */
export function mix(a: Color, b: Color, share: number): Color {
  const from = rgbOf(a)
  const to = rgbOf(b)
  const parts = from.map((value, i) => Math.round(value + (to[i] - value) * share))
  return `#${parts.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}

/** Red, green and blue of a colour, 0 to 255. */
export function rgbOf(color: Color): [number, number, number] {
  const value = Number.parseInt(color.slice(1), 16)
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
}
