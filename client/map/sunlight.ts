/**
 * The light that buildings stand in: the real sun's by day, low and warm near the horizon; at night what is left, the glow of the
 * street lamps, from no side in particular.
 */
import type { LightSpecification } from 'maplibre-gl'
import type { LngLat } from '../../twin/geo/projection.ts'
import { mix } from '../theme/mix.ts'
import type { Color, Theme } from '../theme/theme.ts'
import { sunAt, type SunPosition } from './sun.ts'

/** The end of civil twilight, and where the sun's light has lost its warmth, degrees; the first is its definition, the second assumed. */
const DUSK_DEG = -6
const WHITE_FROM_DEG = 25
/** Walls that face the light and walls that do not differ by this much, of 1; assumed, as looked good on both grounds. */
const NIGHT_INTENSITY = 0.12
const DAY_INTENSITY = { dark: 0.5, light: 0.3 } as const
const WARM: Color = '#FFDFC0'
const WHITE: Color = '#FFFFFF'
/** Share of the lamps' colour in the light of the night. */
const LAMPLIGHT = 0.3
/** A light on the horizon would leave roofs as dark as walls that face away: none stands lower than this from the zenith. */
const MOST_POLAR_DEG = 78
/** How far the glow of the night leans from the zenith: enough to tell walls from roofs. */
const GLOW_POLAR_DEG = 40
const RADIAL = 1.15
/** One step at once: a minute's turn of the sun is not seen, and needs no picture in between. */
const AT_ONCE = { duration: 0, delay: 0 }
const STEPPED = {
  'position-transition': AT_ONCE,
  'color-transition': AT_ONCE,
  'intensity-transition': AT_ONCE,
}

/** At Unix time `timeMs`, over `at`. */
export function sunlightAt(timeMs: number, at: LngLat, theme: Theme): LightSpecification {
  return lightOf(sunAt(timeMs, at), theme)
}

export function lightOf({ azimuthDeg, altitudeDeg }: SunPosition, theme: Theme): LightSpecification {
  const day = share(altitudeDeg, DUSK_DEG, 6)
  const sunlight = mix(WARM, WHITE, share(altitudeDeg, 0, WHITE_FROM_DEG))
  const polarDeg = Math.min(MOST_POLAR_DEG, 90 - altitudeDeg)
  return {
    anchor: 'map',
    position: [RADIAL, azimuthDeg, GLOW_POLAR_DEG + (polarDeg - GLOW_POLAR_DEG) * day],
    color: mix(mix(WHITE, theme.lamp, LAMPLIGHT), sunlight, day),
    intensity: NIGHT_INTENSITY + (DAY_INTENSITY[theme.isDark ? 'dark' : 'light'] - NIGHT_INTENSITY) * day,
    ...STEPPED,
  }
}

/** How far `value` is on the way from `from` to `to`, 0 to 1. */
function share(value: number, from: number, to: number): number {
  return Math.min(1, Math.max(0, (value - from) / (to - from)))
}
