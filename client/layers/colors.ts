/** Colours of the theme in the forms that GPU layers take. */
import { rgbOf } from '../theme/mix.ts'
import type { Color } from '../theme/theme.ts'

/** Red, green and blue, 0 to 1. */
export function unitRgb(color: Color): number[] {
  return rgbOf(color).map((value) => value / 255)
}

/** Red, green, blue and alpha, 0 to 255. */
export function bytesRgba(color: Color, alpha = 255): [number, number, number, number] {
  return [...rgbOf(color), alpha]
}
