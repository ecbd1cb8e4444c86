/** MapLibre with our basemap, and the layers' lettering in it; the moving things are hung over it by `overlay.ts` once the map stands. */
import { AttributionControl, Map as MapLibreMap } from 'maplibre-gl'
import type { LngLatBoundsLike, StyleSpecification } from 'maplibre-gl'
import type { CityInfo } from '../../twin/city.ts'
import type { LngLat } from '../../twin/geo/projection.ts'
import { say } from '../language/language.ts'
import { readsLatin } from '../language/script.ts'
import { fullAddressOf } from '../source/address.ts'
import { isLineFast } from '../source/lineSpeed.ts'
import type { CameraTarget } from '../state/cameraWish.ts'
import type { Live } from '../state/live.ts'
import type { Camera } from '../state/view.ts'
import type { Theme } from '../theme/theme.ts'
import { Bodies } from './bodies.ts'
import { fontFaces } from './fonts.ts'
import { startMapWorker } from './mapWorker.ts'
import type { Overlay } from './overlay.ts'
import { offerMap } from './shownMaps.ts'
import { OWN_TILES, serveTiles } from './ownTiles.ts'
import { makeStyle } from './style.ts'
import { moveTogether } from './moveTogether.ts'
import type { WallLook } from './wallLook.ts'
import type { Lens } from './wholePicture.ts'

/** Pixels a CSS pixel: more is not seen on a phone, and a wall has pixels enough. */
const MAX_PIXEL_RATIO = 2
/** A whole number: under any other MapLibre takes no tile for a stretched one, and leaves out what begins beyond the tiles' last zoom (house numbers). */
const MAX_ZOOM = 20
/** Plates of buses are drawn from here on, and names stand beside their streets. */
const FAR_BELOW_ZOOM = 14
/** Nearer than this the map has the names of the city's quarters: no face opens without them. */
const QUARTERS_FROM_ZOOM = 11
/** How far from a thing a click still means it. */
const PICK_RADIUS_PX = 14

export interface CityMapOptions {
  readonly container: HTMLElement
  readonly live: Live
  readonly theme: Theme
  /** Of a wall's map. */
  readonly wall?: WallLook | undefined
  /** Of a wall's map: where it lies in a picture over many screens; undefined where it is all of it. */
  readonly lens?: Lens | undefined
  readonly onClick: (at: LngLat) => boolean
  /** Another map covers it, or it is not shown at all: it rests until it is. */
  readonly isHidden: () => boolean
}

function boundsOf({ bounds }: CityInfo): LngLatBoundsLike {
  return [bounds[0], bounds[1], bounds[2], bounds[3]]
}

/** A city opens on the middle of its bounds; its origin may lie at the sea. */
function middleOf({ bounds: [west, south, east, north] }: CityInfo): [number, number] {
  return [(west + east) / 2, (south + north) / 2]
}

/** On a great screen the letters of a desk's map grow as those of its panels do (base.css). */
function deskTextScale(widthPx: number): number {
  return widthPx >= 2400 ? widthPx / 2200 : 1
}

export class CityMap {
  readonly map: MapLibreMap
  private readonly options: CityMapOptions
  private theme: Theme
  private overlay: Overlay | undefined
  private isRemoved = false
  private isPlaced = false
  /** Somebody has said where to look, or the city has been framed. */
  private isFramed: boolean
  /** As chosen by the reader; the map is lettered for it. */
  private language: string | undefined
  private readonly bodies: Bodies
  /** Where the whole picture looks, of which this map is a part. */
  private whole: Camera | undefined
  /** A move is being told step by step. */
  private isMoving = false
  private readonly ends: (() => void)[] = []

  constructor(options: CityMapOptions) {
    this.options = options
    this.theme = options.theme
    const { container, live } = options
    const isWall = options.wall !== undefined
    const { view, info } = live.store.get()
    startMapWorker()
    if (live.tile) serveTiles(live.tile)
    container.dataset.theme = options.theme.name
    const start = view.camera
    this.language = view.language
    this.bodies = new Bodies(live.store, () => this.theme, start?.pitch ?? 0)
    this.isPlaced = start !== undefined || info !== undefined
    this.isFramed = start !== undefined || !isWall
    this.map = new MapLibreMap({
      container,
      style: this.style(),
      center: start ? [start.lng, start.lat] : info ? middleOf(info) : [0, 0],
      zoom: start?.zoom ?? this.openingZoom(),
      bearing: start?.bearing ?? 0,
      pitch: start?.pitch ?? 0,
      maxZoom: MAX_ZOOM,
      minZoom: 8,
      // the tiles end where the extract ends: no look beyond; of many screens the whole picture is held there
      maxBounds: info && options.lens === undefined ? boundsOf(info) : undefined,
      maxPitch: 60,
      pixelRatio: isWall ? 1 : Math.min(devicePixelRatio, MAX_PIXEL_RATIO),
      maxCanvasSize: [8192, 8192],
      canvasContextAttributes: { antialias: true, powerPreference: 'high-performance' },
      fadeDuration: 180,
      interactive: !isWall,
      attributionControl: false,
      localIdeographFontFamily: false,
      locale: { 'Map.Title': say('map.title') },
      reduceMotion: matchMedia('(prefers-reduced-motion: reduce)').matches,
    })
    this.map.addControl(
      new AttributionControl({ compact: false, customAttribution: say('map.simulated') }),
      'bottom-right',
    )
    this.map.keyboard.enable()
    offerMap(live, this.map)
    const tellFar = () => {
      container.dataset.far = String(this.map.getZoom() < FAR_BELOW_ZOOM)
    }
    tellFar()
    this.map.on('zoom', tellFar)
    this.bodies.follow(this.map)
    if (options.lens) {
      this.aim(start ?? this.opening())
      this.map.on('resize', () => this.whole && this.aim(this.whole))
    }
    this.map.on('moveend', () => this.tellCamera())
    this.map.on('click', (event) => this.click([event.lngLat.lng, event.lngLat.lat]))
    this.map.once('load', () => void this.stand())
    if (isLineFast()) live.beginAhead()
    this.ends.push(
      live.camera.onWish((target) => this.go(target)),
      moveTogether(this.map, live.camera, options.isHidden),
      live.store.subscribe(() => {
        this.place()
        this.frame()
        this.letter()
        this.bodies.light()
      }),
    )
  }

  setTheme(theme: Theme): void {
    if (theme === this.theme) return
    this.theme = theme
    this.options.container.dataset.theme = theme.name
    this.map.setStyle(this.style(), { diff: true })
    this.overlay?.setTheme(theme)
  }

  remove(): void {
    this.isRemoved = true
    for (const end of this.ends) end()
    this.overlay?.remove()
    this.map.remove()
  }

  /** The basemap is drawn: only now is the rest fetched, so that it never delays the map. */
  private async stand(): Promise<void> {
    const { options } = this
    performance.mark('citytwin-map')
    this.tellCamera()
    options.live.begin()
    const { Overlay } = await import('./overlay.ts')
    if (this.isRemoved) return
    const { live, wall, isHidden } = options
    const hung = { live, isWall: wall !== undefined, isEdged: this.isEdged, isHidden }
    this.overlay = new Overlay(this.map, hung, this.theme, this.textScale())
    // a change of the style draws the whole map anew: not while the first vehicles wait to be drawn
    this.overlay.start(() => this.map.setStyle(this.style(), { diff: true }))
    const { guardEdges } = await import('./edgeWatch.ts')
    if (!this.isRemoved)
      this.overlay.onLabels(guardEdges(this.map, { textScale: this.textScale(), isEdged: this.isEdged }))
  }

  private style(): StyleSpecification {
    const { live } = this.options
    return makeStyle({
      theme: this.theme,
      tiles: live.tile ? OWN_TILES : `${fullAddressOf('/tiles/')}{z}/{x}/{y}.mvt`,
      attribution: live.store.get().info?.attribution ?? '',
      fontFaces,
      isLatin: readsLatin(this.language, navigator.languages),
      isTilted: this.bodies.isTilted,
      lat: live.store.get().info?.center[1] ?? 0,
      light: this.bodies.sunlight(),
      textScale: this.textScale(),
      parts: this.overlay?.parts,
    })
  }

  /** Letters the map anew when its reader has chosen another language. */
  private letter(): void {
    const { language } = this.options.live.store.get().view
    if (language === this.language) return
    this.language = language
    this.map.setStyle(this.style(), { diff: true })
  }

  /** Of many screens a name goes on beyond the edge. */
  private get isEdged(): boolean {
    return this.options.lens === undefined
  }

  /** Letters are as large as those who sit or stand before them need them. */
  private textScale(): number {
    const { live, wall } = this.options
    return wall?.textScale(live.store.get().view.viewing) ?? deskTextScale(innerWidth)
  }

  /** Wide enough for the whole city on a desk, and on a phone for the middle of it. */
  private openingZoom(): number {
    const { container, lens } = this.options
    const [clientWidth, clientHeight] = lens?.sizePx() ?? [container.clientWidth, container.clientHeight]
    return Math.max(
      QUARTERS_FROM_ZOOM,
      11.2 + Math.log2(Math.max(360, Math.min(clientWidth, clientHeight)) / 900),
    )
  }

  /** The city has said where it lies, after the map was made. */
  private place(): void {
    const { info } = this.options.live.store.get()
    if (this.isPlaced || info === undefined) return
    this.isPlaced = true
    if (this.options.lens) this.aim(this.opening())
    else {
      this.map.setMaxBounds(boundsOf(info))
      this.map.jumpTo({ center: middleOf(info), zoom: this.openingZoom() })
    }
    this.map.setStyle(this.style(), { diff: true })
  }

  /** Of a wall nobody moves the map by hand: it is laid as the city lies in a picture of its shape. */
  private frame(): void {
    const { city } = this.options.live.store.get()
    const { container, lens, wall } = this.options
    if (this.isFramed || city === undefined || wall === undefined) return
    this.isFramed = true
    const camera = wall.framed(city, lens?.sizePx() ?? [container.clientWidth, container.clientHeight])
    if (lens) this.aim(camera)
    else this.map.jumpTo({ center: [camera.lng, camera.lat], zoom: camera.zoom })
    this.tellCamera()
  }

  /** The whole city, from the middle of it. */
  private opening(): Camera {
    const { info } = this.options.live.store.get()
    const [lng, lat] = info ? middleOf(info) : [0, 0]
    return { lng, lat, zoom: this.openingZoom(), bearing: 0, pitch: 0 }
  }

  /** Shows this map's part of a picture that looks where `camera` says. */
  private aim(camera: Camera): void {
    const { container, lens, live, wall } = this.options
    if (lens === undefined || wall === undefined) return
    const { info } = live.store.get()
    this.whole = info ? wall.heldWithin(camera, lens.sizePx(), info.bounds) : camera
    const { lng, lat, zoom, bearing } = wall.shifted(this.whole, lens.offsetPx(container))
    this.map.jumpTo({ center: [lng, lat], zoom, bearing, pitch: 0 })
  }

  private go(target: CameraTarget): void {
    // it follows the one that is seen
    if (this.options.isHidden()) return
    this.isMoving = target.isMoving ?? false
    this.isFramed = true
    if (this.options.lens) {
      const { at, zoom, bearing } = target
      const now = this.whole ?? this.opening()
      this.aim({ ...now, lng: at[0], lat: at[1], zoom: zoom ?? now.zoom, bearing: bearing ?? now.bearing })
      return
    }
    this.map.easeTo({
      center: [target.at[0], target.at[1]],
      zoom: target.zoom ?? this.map.getZoom(),
      ...(target.pitch === undefined ? {} : { pitch: target.pitch }),
      ...(target.bearing === undefined ? {} : { bearing: target.bearing }),
      duration: target.durationMs ?? 1200,
    })
  }

  private tellCamera(): void {
    if (this.isMoving) return
    if (this.whole) {
      this.options.live.store.setView({ camera: this.whole })
      return
    }
    const { lng, lat } = this.map.getCenter()
    this.options.live.store.setView({
      camera: {
        lng,
        lat,
        zoom: this.map.getZoom(),
        bearing: this.map.getBearing(),
        pitch: this.map.getPitch(),
      },
    })
  }

  private click(at: LngLat): void {
    if (this.options.onClick(at)) return
    const metresPerPixel = (40_075_016 * Math.cos((at[1] * Math.PI) / 180)) / (512 * 2 ** this.map.getZoom())
    const selection = this.overlay?.pick(at, PICK_RADIUS_PX * metresPerPixel)
    this.options.live.store.setView({ selection })
  }
}
