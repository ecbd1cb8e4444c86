/**
 * The day's colours for a wall in a lit room: a light grey field instead of paper, which would fill a room with light (ISA-101).
 * Grounds lose an eighth of their light and marks a little more, so that nothing loses contrast.
 */
import { mix } from './mix.ts'
import { themes, type Color, type Theme, type Themes } from './theme.ts'

const GROUND_SHARE = 0.12
const MARK_SHARE = 0.18

// The day's hues, darkened each by as much as keeps them apart for three colour deficiencies; `theme.test.ts` measures it.
const LIT_ALARM = { critical: '#7C0100', high: '#9D6812', medium: '#655E34', low: '#174A64' } as const

const darker = (share: number) => (color: Color) => mix(color, '#000000', share)
const ground = darker(GROUND_SHARE)
const mark = darker(MARK_SHARE)
const each = <T extends Theme['traffic']>([a, b, c, d, e]: T) =>
  [mark(a), mark(b), mark(c), mark(d), mark(e)] as const

/** `theme` with less light. */
export function inLitRoom(theme: Theme): Theme {
  return {
    ...theme,
    ground: ground(theme.ground),
    land: ground(theme.land),
    water: ground(theme.water),
    green: ground(theme.green),
    building: ground(theme.building),
    street: ground(theme.street),
    hairline: ground(theme.hairline),
    quietText: mark(theme.quietText),
    lamp: mark(theme.lamp),
    alarm: LIT_ALARM,
    traffic: each(theme.traffic),
    power: each(theme.power),
    car: mark(theme.car),
    bus: mark(theme.bus),
    report: mark(theme.report),
  }
}

/** A wall's colours: its day is a lit room's. */
export const wallThemes: Themes = { ...themes, day: inLitRoom(themes.day) }
