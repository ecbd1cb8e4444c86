/**
 * Colours of a difference about zero: much less, less, no clear change, more, much more. Green against violet, found by search for
 * what is furthest apart to all eyes: the two sides keep 25 ΔE2000 for three deficiencies, where green against magenta kept 6.
 */
import type { Color, Theme } from './theme.ts'

export type Diverging = readonly [muchLess: Color, less: Color, unclear: Color, more: Color, muchMore: Color]

const palettes: Readonly<Record<Theme['name'], Diverging>> = {
  night: ['#89F3A2', '#47AA62', '#5C6B75', '#C661DC', '#E5B8EF'],
  day: ['#135D1D', '#279936', '#ACB4BA', '#915E9C', '#570C66'],
  contrast: ['#A7F695', '#4DBA30', '#7D8082', '#C474F9', '#DDC7EF'],
}

export function divergingOf({ name }: Theme): Diverging {
  return palettes[name]
}
