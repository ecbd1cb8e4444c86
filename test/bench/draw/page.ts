/**
 * What runs in the browser for `bench -- draw`: our mover layer, and deck.gl's own layers with the same vehicles, drawn by deck.gl
 * on a canvas of 1,000 × 640. Few instances are drawn, since software graphics would hold the main thread up; what is uploaded and
 * computed there is whole.
 */
import { Deck, MapView, type Layer } from '@deck.gl/core'
import { ScatterplotLayer } from '@deck.gl/layers'
import type { City } from '../../../twin/city.ts'
import { lngLatFromLocal, type LngLat } from '../../../twin/geo/projection.ts'
import type { CityIndex } from '../../../client/state/cityLoader.ts'
import { cityOf, fetchFiles } from '../../../client/state/cityLoader.ts'
import { loneSpeedsMps } from '../../../client/state/drivingSpeed.ts'
import { Mirror } from '../../../client/state/mirror.ts'
import { PlanBook } from '../../../client/state/planBook.ts'
import { pointAlong } from '../../../client/layers/linkGeometry.ts'
import { packLinks } from '../../../client/layers/linkTexture.ts'
import { MoverLayer } from '../../../client/layers/moverLayer.ts'
import { makePlane } from '../../../client/layers/plane.ts'
import { layers } from '../../../client/layers/layers.ts'
import type { LayerContext } from '../../../client/layers/layer.ts'
import { themes } from '../../../client/theme/theme.ts'

const DRAWN = 200
const CHANGES_PER_S = 3000
const FRAMES_PER_S = 60
const TRIP_POINTS = 10
const TRIP_STEP_S = 6

declare global {
  interface Window {
    bench: typeof bench
    /** deck.gl's, which is no dependency of ours: the bench fetches its one file. */
    tripsLayer?: new (props: object) => Layer
  }
}

let city: City
let deck: Deck<MapView>
let random = 1

function dice(sides: number): number {
  random = (Math.imul(random, 1_664_525) + 1_013_904_223) >>> 0
  return Math.floor((random / 0x1_0000_0000) * sides)
}

function planOf(row: number, plans: PlanBook, atS: number): void {
  const link = dice(city.network.links.lengthM.length)
  const tick = Math.round(atS * 50)
  const lengthM = city.network.links.lengthM[link]
  const driveTicks = Math.round((lengthM / city.network.links.freeSpeedMps[link]) * 50)
  plans.put(row, link, 0, dice(3), tick - dice(200), tick + driveTicks + dice(1500), dice(40), atS - 1.5)
}

const bench = {
  async begin(index: CityIndex): Promise<void> {
    city = cityOf(index, await fetchFiles(index, () => undefined))
    const at = lngLatFromLocal(city.projection, [0, 0])
    deck = new Deck({
      parent: document.body as HTMLDivElement,
      width: 1000,
      height: 640,
      useDevicePixels: 1,
      views: new MapView({ id: 'map' }),
      initialViewState: { longitude: at[0], latitude: at[1], zoom: 12 },
      layers: [],
    })
    await new Promise<void>((resolve) => deck.setProps({ onLoad: resolve }))
  },

  /** Puts `rows` vehicles into the mover layer, and draws it once. */
  movers(rows: number): void {
    const plans = new PlanBook(city.network, loneSpeedsMps(city))
    plans.reserve(rows)
    for (let row = 0; row < rows; row++) planOf(row, plans, 100)
    const plane = makePlane(city.projection)
    const clock = { tick: () => state.atS * 50 }
    const state = { plans, atS: 100, rows }
    bench.state = state
    deck.setProps({
      layers: [
        new MoverLayer({
          id: `movers-${rows}`,
          plane,
          links: packLinks(city.network, plane),
          plans,
          clock,
          carColor: [1, 1, 1],
          busColor: [1, 1, 1],
          waitingColor: [1, 0, 1],
          groundColor: [0, 0, 0],
          minLengthPx: 2,
          minWidthPx: 1,
          tail: 0.5,
          isNear: 0,
          limit: DRAWN,
        }),
      ],
    })
    deck.redraw('begin')
  },
  state: undefined as { plans: PlanBook; atS: number; rows: number } | undefined,

  /** A second's new plans, as a frame of the server brings them. */
  newPlans(): void {
    const { state } = bench
    if (state === undefined) throw new Error('bench: no movers yet')
    for (let i = 0; i < CHANGES_PER_S; i++) planOf(dice(state.rows), state.plans, state.atS)
  },

  /** The frames of a second: each uploads its share of what is new, and draws. */
  moverFrames(): void {
    const { state } = bench
    if (state === undefined) throw new Error('bench: no movers yet')
    for (let frame = 0; frame < FRAMES_PER_S; frame++) {
      state.atS += 1 / FRAMES_PER_S
      deck.redraw('bench')
    }
  },

  /** Makes what the two usual ways are given: places, and whole paths with times; an array for each update. */
  prepare(rows: number, updates: number): void {
    const { links } = city.network
    const placeOn = (link: number, share: number) =>
      lngLatFromLocal(city.projection, pointAlong(city.network, link, share * links.lengthM[link]))
    bench.places = Array.from({ length: updates }, () =>
      Array.from({ length: rows }, () => placeOn(dice(links.lengthM.length), dice(1000) / 1000)),
    )
    bench.paths = Array.from({ length: updates }, () =>
      Array.from({ length: rows }, () => {
        const link = dice(links.lengthM.length)
        return Array.from({ length: TRIP_POINTS }, (_, i) => placeOn(link, i / TRIP_POINTS))
      }),
    )
  },
  places: [] as LngLat[][],
  paths: [] as LngLat[][][],

  /** Places as a new array of objects, attributes made by accessors. */
  async accessors(): Promise<void> {
    for (const data of bench.places) {
      deck.setProps({
        layers: [
          new ScatterplotLayer<LngLat>({
            id: 'accessors',
            data,
            getPosition: ([lng, lat]) => [lng, lat],
            getRadius: 3,
            getFillColor: [255, 255, 255],
          }),
        ],
      })
      await nextFrame()
    }
  },

  /** deck.gl's trips, replaced as when one of them changes. */
  async trips(): Promise<void> {
    const Trips = window.tripsLayer
    if (Trips === undefined) throw new Error('bench: no trips layer')
    for (const [update, data] of bench.paths.entries()) {
      deck.setProps({
        layers: [
          new Trips({
            id: 'trips',
            data,
            getPath: (path: LngLat[]) => path,
            getTimestamps: (path: LngLat[]) => path.map((_, i) => i * TRIP_STEP_S),
            getColor: [255, 255, 255],
            currentTime: update,
            trailLength: 3,
          }),
        ],
      })
      await nextFrame()
    }
  },

  clear(): void {
    bench.state = undefined
    bench.places = []
    bench.paths = []
    // from here on layers are brought up to date and nothing is drawn: in software that would take seconds a frame
    deck.setProps({ layers: [], _customRender: () => undefined })
    deck.redraw('clear')
  },

  async fetchFrames(count: number): Promise<void> {
    bench.frames = await Promise.all(
      Array.from({ length: count }, async (_, i) => {
        const response = await fetch(`/frame/${i}`)
        return new Uint8Array(await response.arrayBuffer())
      }),
    )
  },
  frames: [] as Uint8Array[],

  /** Takes in frames as the page does: into the mirror, the plan book, and what the layers of traffic and power upload. */
  async batches(first: number, end: number): Promise<void> {
    const { mirror, context, plans } = bench.taken
    for (const frame of bench.frames.slice(first, end)) {
      if (!mirror.apply(frame, performance.now())) throw new Error('bench: a frame is missing')
      plans.update(mirror, mirror.tick - 75)
      deck.setProps({ layers: drawnBy(context) })
      await nextFrame()
    }
  },

  /** As many frames of the screen as `batches` waits for, and nothing new in them. */
  async idle(count: number): Promise<void> {
    for (let i = 0; i < count; i++) {
      deck.redraw('bench')
      await nextFrame()
    }
  },

  /** Takes in the keyframe. */
  takeFirst(): void {
    const mirror = new Mirror()
    const plans = new PlanBook(city.network, loneSpeedsMps(city))
    mirror.apply(bench.frames[0], performance.now())
    plans.takeAll(mirror, mirror.tick)
    const context = {
      city,
      mirror,
      compared: undefined,
      theme: themes.night,
      clock: { tick: () => mirror.tick - 75 },
      plans,
      time: undefined,
      selection: undefined,
      stream: 'live',
      agoS: undefined,
      zoom: 12,
      isWall: false,
      moverLimit: DRAWN,
    } as LayerContext
    bench.taken = { mirror, plans, context }
    deck.setProps({ layers: drawnBy(context) })
    deck.redraw('bench')
  },
  taken: undefined as unknown as { mirror: Mirror; plans: PlanBook; context: LayerContext },
}

/** Until what was given to deck.gl is drawn. */
function nextFrame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())))
}

function drawnBy(context: LayerContext): Layer[] {
  return [...layers.power.deckLayers(context), ...layers.traffic.deckLayers(context)]
}

window.bench = bench
