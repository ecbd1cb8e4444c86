/** Buildings stand up when the map is tilted, and are lit anew once a minute of the city, and not otherwise. */
import { expect, it, vi } from 'vitest'
import { Bodies } from '../../../client/map/bodies.ts'
import { BUILDING_BODIES, BUILDING_PLANS } from '../../../client/map/buildings.ts'
import { night } from '../../../client/theme/theme.ts'

/** As much of a map and a store as is asked of them. */
function standIn() {
  const heard = new Map<string, () => void>()
  const shown = new Map<string, string>()
  const state = { clock: { timeMs: 0 }, info: { center: [-56.18, -34.9] } }
  const seen = { pitch: 0, zoom: 16, lights: 0 }
  const map = {
    on: (event: string, act: () => void) => void heard.set(event, act),
    once: (event: string, act: () => void) => void heard.set(event, act),
    getPitch: () => seen.pitch,
    getZoom: () => seen.zoom,
    setLayoutProperty: (id: string, _: string, value: string) => void shown.set(id, value),
    setLight: () => void seen.lights++,
  }
  const bodies = new Bodies({ get: () => state } as never, () => night, 0)
  bodies.follow(map as never)
  const tilt = (pitch: number) => {
    seen.pitch = pitch
    heard.get('pitch')?.()
  }
  const tell = (timeMs: number) => {
    state.clock = { timeMs }
    bodies.light()
  }
  return { bodies, shown, seen, tilt, tell, style: () => heard.get('style.load')?.() }
}

it('a tilt before the style is there is made up for when it comes', () => {
  const { bodies, shown, tilt, style } = standIn()
  tilt(40)
  expect(shown.size).toBe(0)
  style()
  expect(bodies.isTilted).toBe(true)
  expect([shown.get(BUILDING_PLANS), shown.get(BUILDING_BODIES)]).toEqual(['none', 'visible'])
})

it('from above nothing is lit', () => {
  const { seen, tell, style } = standIn()
  style()
  for (let s = 0; s < 600; s++) tell(s * 1000)
  expect(seen.lights).toBe(0)
})

it('tilted, there is light as soon as it has come, which turns once a minute; far away it does not', async () => {
  const { bodies, seen, tell, tilt, style } = standIn()
  style()
  expect(bodies.sunlight()).toBeUndefined()
  tilt(50)
  await vi.waitFor(() => expect(seen.lights).toBe(1))
  tell(0)
  seen.lights = 0
  for (let s = 60; s < 360; s++) tell(s * 1000)
  expect(seen.lights).toBe(5)
  seen.zoom = 12
  for (let s = 360; s < 600; s++) tell(s * 1000)
  expect(seen.lights).toBe(5)
})

it('upright again, there are plans', () => {
  const { shown, tilt, style } = standIn()
  style()
  tilt(50)
  tilt(0)
  expect([shown.get(BUILDING_PLANS), shown.get(BUILDING_BODIES)]).toEqual(['visible', 'none'])
})
