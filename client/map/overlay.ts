/** The layers over the map: a deck.gl canvas that is redrawn as the city moves, and the layers' own sources in the basemap. */
import type { Layer } from '@deck.gl/core'
import { MapLibreOverlay } from '@deck.gl/maplibre'
import type { FeatureCollection } from 'geojson'
import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl'
import type { LngLat } from '../../twin/geo/projection.ts'
import { TICKS_PER_S } from '../../twin/kernel/clock.ts'
import type { DrawClock, GroundPart, LayerContext, LayerView, Selection } from '../layers/layer.ts'
import { markPixelRatio } from '../layers/drawMark.ts'
import { differenceLayers } from '../layers/difference/differenceLayers.ts'
import { makeLayerContext } from '../layers/layerContext.ts'
import { layers } from '../layers/layers.ts'
import { QualityLadder } from '../state/quality.ts'
import type { Live } from '../state/live.ts'
import type { Theme } from '../theme/theme.ts'
import { DrawPace } from './drawPace.ts'
import { followHand } from './followHand.ts'
import { ForemostLabels } from './foremostLabels.ts'
import { pointedLayers } from './pointedLayers.ts'
import { selectedLayers } from './selectedLayers.ts'
import { exposeForTests } from './testHook.ts'
import { Turns } from './turns.ts'

/** Zoom changes smaller than this do not change what layers draw. */
const ZOOM_STEP = 0.2

/** Points lie on lines: asked in this order, a click means the smaller thing. */
const pickOrder: readonly LayerView[] = [layers.reports, layers.transit, layers.power, layers.traffic]
const views: readonly LayerView[] = Object.values(layers)
const MOVING = 'moving'
/** What moves first, by itself, and last what takes longest to lay out. */
const inTurn: readonly (LayerView | typeof MOVING)[] = [
  MOVING,
  layers.traffic,
  layers.reports,
  layers.transit,
  layers.power,
]

export interface OverlayOptions {
  readonly live: Live
  readonly isWall: boolean
  /** It ends where the map does: it is not one of many screens. */
  readonly isEdged: boolean
  /** Nobody sees it: nothing moves on it until somebody does. */
  readonly isHidden: () => boolean
}

export class Overlay {
  readonly parts: readonly GroundPart[] = views.flatMap((view) => view.ground ?? [])
  private readonly map: MapLibreMap
  private readonly live: Live
  private readonly isWall: boolean
  private readonly isHidden: () => boolean
  private readonly textScale: number
  private theme: Theme
  private overlay: MapLibreOverlay
  private readonly labels: ForemostLabels
  private drawn: Layer[] = []
  /** What the layers draw; over it lies what is pointed at. */
  private ofLayers: Layer[] = []
  private ofSelected: Layer[] = []
  /** Fetched when a face first draws something of its own. */
  private sketching: typeof import('./sketchLayers.ts') | undefined
  private context: LayerContext | undefined
  private readonly shownFeatures = new Map<string, FeatureCollection>()
  private readonly ends: (() => void)[] = []
  private readonly clock: DrawClock
  private readonly isStill = matchMedia('(prefers-reduced-motion: reduce)').matches
  private frame = 0
  private readonly turns = new Turns(inTurn)
  private onFirst: (() => void) | undefined
  private isStale = true
  private isResting = false
  private readonly ladder = new QualityLadder()
  private pace = this.newPace()

  constructor(map: MapLibreMap, options: OverlayOptions, theme: Theme, textScale: number) {
    const { live, isWall, isEdged, isHidden } = options
    this.map = map
    this.live = live
    this.theme = theme
    this.isWall = isWall
    this.isHidden = isHidden
    this.textScale = textScale
    this.clock = this.isStill
      ? { tick: () => Math.floor(live.clock.tick() / TICKS_PER_S) * TICKS_PER_S }
      : live.clock
    this.overlay = this.hang()
    this.labels = new ForemostLabels(map, isEdged)
  }

  /** Begins to draw. `onFirst` is called when the first of it has been sent: only then need the style hold `parts`. */
  start(onFirst: () => void): void {
    this.onFirst = onFirst
    const stale = () => {
      this.isStale = true
    }
    const onZoom = () => {
      if (Math.abs(this.map.getZoom() - (this.context?.zoom ?? 0)) >= ZOOM_STEP) stale()
    }
    let seen = this.live.store.get()
    const end = this.live.store.subscribe(() => {
      const state = this.live.store.get()
      if (
        state.pulse !== seen.pulse ||
        state.city !== seen.city ||
        state.view !== seen.view ||
        state.stream !== seen.stream
      )
        stale()
      seen = state
    })
    const onStyle = () => {
      this.shownFeatures.clear()
      this.addImages()
      stale()
    }
    // the event does not rise, but goes down past the container; deck's canvas comes some time after its overlay
    const onLost = ({ target }: Event) => {
      if (target !== this.overlay.getCanvas()) return
      this.map.removeControl(this.overlay)
      this.overlay = this.hang()
      this.pace = this.newPace()
      this.turns.restart()
      this.isStale = true
    }
    this.map.getContainer().addEventListener('webglcontextlost', onLost, { capture: true })
    document.addEventListener('visibilitychange', this.goOn)
    this.map.on('zoom', onZoom)
    this.map.on('style.load', onStyle)
    this.ends.push(
      end,
      followHand(this.map, this.live.pointing),
      this.live.pointing.subscribe(() => this.light()),
      this.live.lens.subscribe(stale),
      this.live.sketch.subscribe(() => void this.sketch()),
      () => document.removeEventListener('visibilitychange', this.goOn),
      () => this.map.getContainer().removeEventListener('webglcontextlost', onLost, { capture: true }),
      exposeForTests(this.map, this.live, this.clock, () => this.drawn),
    )
    void this.sketch()
    this.frame = requestAnimationFrame(this.step)
  }

  /** `moved` is told whenever labels stand elsewhere, other than by a move of the map. */
  onLabels(moved: () => void): void {
    this.labels.onMoved = moved
    moved()
  }

  setTheme(theme: Theme): void {
    this.theme = theme
    this.isStale = true
    this.shownFeatures.clear()
    this.addImages()
  }

  /** The topmost thing within `radiusM`, of the layers that are shown. */
  pick(at: LngLat, radiusM: number): Selection | undefined {
    const { context } = this
    if (context === undefined) return undefined
    for (const view of pickOrder) {
      const found = this.isOn(view) ? view.pick(context, at, radiusM) : undefined
      if (found !== undefined) return found
    }
    return undefined
  }

  remove(): void {
    cancelAnimationFrame(this.frame)
    for (const end of this.ends) end()
    this.labels.remove()
    // the map's own resize observer may still call into deck in this turn
    setTimeout(() => this.overlay.finalize())
  }

  private isOn(view: LayerView): boolean {
    return this.live.store.get().view.layersOn.includes(view.id)
  }

  /** Measures frames, and draws less while they are late; a quality that the view asks for stays. */
  private newPace(): DrawPace {
    return new DrawPace((nowMs, tookMs) => {
      if (this.live.store.get().view.quality !== undefined || !this.ladder.frame(nowMs, tookMs)) return
      this.live.store.set({ quality: this.ladder.quality })
      this.isStale = true
    })
  }

  /** Hangs a deck canvas over the map. */
  private hang(): MapLibreOverlay {
    const overlay = new MapLibreOverlay({
      interleaved: false,
      layers: [],
      useDevicePixels: this.map.getPixelRatio(),
      onAfterRender: ({ gl }) => this.pace.sent(gl),
    })
    this.map.addControl(overlay)
    return overlay
  }

  private readonly step = (nowMs: number) => {
    this.frame = requestAnimationFrame(this.step)
    // all of it is laid out before it rests, so that it is there when it is shown
    if (this.isHidden() && this.turns.isAll) {
      this.live.clock.advance(nowMs)
      this.isResting = true
      return
    }
    if (this.isResting) this.goOn()
    if (!this.pace.isFree(nowMs)) return
    this.live.clock.advance(nowMs)
    if (this.isStale || (this.mayFollow && !this.turns.isAll)) this.refresh()
    this.drawn[0]?.setNeedsRedraw()
  }

  /** While nothing is seen no frame is looked for: how long that was says nothing of the GPU. */
  private readonly goOn = () => {
    this.isResting = false
    this.isStale = true
    this.pace = this.newPace()
    this.ladder.pause()
  }

  private refresh(): void {
    const context = makeLayerContext(this.live, {
      theme: this.theme,
      zoom: this.map.getZoom(),
      isWall: this.isWall,
      textScale: this.textScale,
      clock: this.clock,
    })
    if (context === undefined) return
    this.beginNext()
    this.isStale = false
    this.context = context
    const drawn = views.filter((view) => this.turns.has(view))
    const shown = this.live.lens.get()
    this.ofLayers = shown
      ? differenceLayers(context, shown)
      : this.turns.isBeyondFirst
        ? drawn.filter((view) => this.isOn(view)).flatMap((view) => view.deckLayers(context))
        : views.filter((view) => this.isOn(view)).flatMap((view) => view.moving?.(context) ?? [])
    const selected = context.selection && layers[context.selection.layer]
    this.ofSelected = selectedLayers(selected && this.isOn(selected) ? selected : undefined, context)
    this.light()
    for (const view of drawn) this.letter(view, context)
    this.labels.show(
      drawn.filter((view) => this.isOn(view)).flatMap((view) => view.foremost?.(context) ?? []),
    )
  }

  /** What is drawn of a city that runs has been seen: there may be more of it. */
  private get mayFollow(): boolean {
    return this.live.mirror.tick >= 0 && (this.drawn.length === 0 || this.pace.hasDrawn)
  }

  /** Draws one more of the layers, when it is its turn. */
  private beginNext(): void {
    if (!this.turns.next(this.mayFollow)) return
    // the frame that compiles its shaders is no measure of others
    this.pace = this.newPace()
    if (!this.turns.isBeyondFirst || this.onFirst === undefined) return
    this.onFirst()
    this.onFirst = undefined
    this.addImages()
  }

  private async sketch(): Promise<void> {
    if (this.sketching === undefined && this.live.sketch.get().length > 0)
      this.sketching = await import('./sketchLayers.ts')
    this.light()
  }

  private light(): void {
    if (this.isResting) return
    this.drawn = [
      ...this.ofLayers,
      ...this.ofSelected,
      ...(this.sketching?.sketchLayers(this.live.sketch.get(), this.theme, this.textScale) ?? []),
      ...pointedLayers(this.live.pointing.get(), this.theme),
    ]
    this.overlay.setProps({ layers: this.drawn })
  }

  /** Brings the layer's sources up to date; a hidden layer's are empty. */
  private letter(view: LayerView, context: LayerContext): void {
    if (view.ground === undefined) return
    const features = this.isOn(view) ? view.ground.features(context) : {}
    for (const id of Object.keys(view.ground.sources)) {
      const collection = features[id] ?? nothing
      if (this.shownFeatures.get(id) === collection) continue
      const source = this.map.getSource<GeoJSONSource>(id)
      if (source === undefined) continue
      source.setData(collection)
      this.shownFeatures.set(id, collection)
    }
  }

  private addImages(): void {
    const pixelRatio = markPixelRatio(this.textScale)
    for (const part of this.parts) {
      for (const [name, image] of Object.entries(part.images?.(this.theme, pixelRatio) ?? {})) {
        if (this.map.hasImage(name)) this.map.updateImage(name, image)
        else this.map.addImage(name, image, { pixelRatio })
      }
    }
  }
}

const nothing: FeatureCollection = { type: 'FeatureCollection', features: [] }
