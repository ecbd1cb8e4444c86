/** Makes plans of buildings bodies when the map is tilted, and turns their light with the city's sun. */
import type { LightSpecification, Map as MapLibreMap } from 'maplibre-gl'
import type { Store } from '../state/store.ts'
import type { Theme } from '../theme/theme.ts'
import {
  BODIES_FROM_ZOOM,
  BUILDING_BODIES,
  BUILDING_PLANS,
  TILTED_FROM_DEG,
  visibilityOf,
} from './buildings.ts'

/** The sun is looked for as often, in the city's time. */
const LIGHT_MS = 60_000

export class Bodies {
  private readonly store: Store
  private readonly theme: () => Theme
  private map: MapLibreMap | undefined
  private tilted: boolean
  /** Fetched when the map is first tilted: from above nothing is lit. */
  private sun: typeof import('./sunlight.ts') | undefined
  private isRising = false
  /** Minute of the city's time that the light is of. */
  private litMinute: number | undefined

  /** `pitch` is the one the map begins with. */
  constructor(store: Store, theme: () => Theme, pitch: number) {
    this.store = store
    this.theme = theme
    this.tilted = pitch >= TILTED_FROM_DEG
  }

  get isTilted(): boolean {
    return this.tilted
  }

  /** Follows the map; until its style is there nothing can be changed in it. */
  follow(map: MapLibreMap): void {
    map.on('pitch', () => this.tilt())
    map.once('style.load', () => {
      this.map = map
      this.tilt()
      this.light()
    })
    map.once('remove', () => {
      this.map = undefined
    })
  }

  /** Turns the light with the sun, where there are bodies to light: no other map is drawn again for it. */
  light(): void {
    const { clock } = this.store.get()
    if (!this.map || !this.tilted) return
    if (!this.sun) void this.rise()
    if (!this.sun || !clock || this.map.getZoom() < BODIES_FROM_ZOOM) return
    const minute = Math.floor(clock.timeMs / LIGHT_MS)
    if (minute === this.litMinute) return
    this.litMinute = minute
    this.map.setLight(this.sunlight()!)
  }

  /** Of the city's time and place; before the city's clock is known, of the reader's. Undefined until it has risen. */
  sunlight(): LightSpecification | undefined {
    const { clock, info } = this.store.get()
    return this.sun?.sunlightAt(clock?.timeMs ?? Date.now(), info?.center ?? [0, 0], this.theme())
  }

  private async rise(): Promise<void> {
    if (this.isRising) return
    this.isRising = true
    try {
      this.sun = await import('./sunlight.ts')
      this.map?.setLight(this.sunlight()!)
    } catch {
      // without a line there is none: the next look for it asks again
      this.isRising = false
    }
  }

  private tilt(): void {
    if (!this.map) return
    const tilted = this.map.getPitch() >= TILTED_FROM_DEG
    if (tilted === this.tilted) return
    this.tilted = tilted
    for (const id of [BUILDING_PLANS, BUILDING_BODIES] as const)
      this.map.setLayoutProperty(id, 'visibility', visibilityOf(id, tilted))
    this.light()
  }
}
