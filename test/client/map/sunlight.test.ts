/** The light of buildings follows the sun by day and is dim and of no colour but the lamps' by night. */
import { validateStyleMin, type LightSpecification } from '@maplibre/maplibre-gl-style-spec'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { lightOf, sunlightAt } from '../../../client/map/sunlight.ts'
import { themes } from '../../../client/theme/theme.ts'

const { night, day } = themes
const intensity = (light: LightSpecification) => Number(light.intensity)

it('comes from where the sun stands', () => {
  const light = lightOf({ azimuthDeg: 250, altitudeDeg: 40 }, day)
  expect(light.anchor).toBe('map')
  expect(light.position).toEqual([1.15, 250, 50])
})

it('is stronger by day than at night, and never jumps', () => {
  const at = (altitudeDeg: number) => lightOf({ azimuthDeg: 0, altitudeDeg }, night)
  expect(intensity(at(45))).toBeGreaterThan(3 * intensity(at(-20)))
  for (let altitude = -30; altitude < 90; altitude += 0.25) {
    const [a, b] = [at(altitude), at(altitude + 0.25)]
    expect(intensity(b)).toBeGreaterThanOrEqual(intensity(a))
    expect(intensity(b) - intensity(a)).toBeLessThan(0.02)
    const polar = ({ position }: LightSpecification) => (position as number[])[2]
    expect(Math.abs(polar(b) - polar(a))).toBeLessThan(2)
  }
})

it('is the same light all night', () => {
  const light = (altitudeDeg: number) => lightOf({ azimuthDeg: 90, altitudeDeg }, night)
  expect(light(-7)).toEqual(light(-60))
})

it('is valid at every moment', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e12 }), (timeMs) => {
      for (const theme of Object.values(themes)) {
        const light = sunlightAt(timeMs, [-56.18, -34.9], theme)
        const style = { version: 8 as const, sources: {}, layers: [], light: light as LightSpecification }
        expect(validateStyleMin(style)).toEqual([])
      }
    }),
    { numRuns: 50 },
  )
})
