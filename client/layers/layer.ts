/** The contract a layer meets: how one domain looks on the map, in the legend, in the inspector and in the list beside the map. */
import type { Layer } from '@deck.gl/core'
import type { FeatureCollection } from 'geojson'
import type { GeoJSONSourceSpecification, LayerSpecification } from 'maplibre-gl'
import type { ComponentType, LazyExoticComponent } from 'react'
import type { City } from '../../twin/city.ts'
import type { LngLat } from '../../twin/geo/projection.ts'
import type { Mirror } from '../state/mirror.ts'
import type { PlanBook } from '../state/planBook.ts'
import type { Quality } from '../state/quality.ts'
import type { Pointing } from '../state/pointing.ts'
import type { PageState } from '../state/store.ts'
import type { Camera } from '../state/view.ts'
import type { Theme } from '../theme/theme.ts'
import type { ForemostLabel } from './foremost.ts'

export type LayerId = 'traffic' | 'power' | 'transit' | 'reports'

/** One thing that is selected: a row of one table of one layer. */
export interface Selection {
  readonly layer: LayerId
  /** The table's name, as 'traffic.links'. */
  readonly table: string
  readonly row: number
}

/** Ticks of the twin to draw at, with fractions, smooth between frames; shaders read it each frame. */
export interface DrawClock {
  tick(): number
}

export interface LayerContext {
  readonly city: City
  readonly mirror: Mirror
  /** The twin that this one is compared with; undefined when it is shown for itself. */
  readonly compared: Mirror | undefined
  readonly theme: Theme
  readonly clock: DrawClock
  readonly plans: PlanBook
  /** City time of the newest frame. */
  readonly time: PageState['clock']
  readonly selection: Selection | undefined
  readonly pointing: Pointing
  /** The stream that is shown, and how long ago the past is that is shown: they change what a value means. */
  readonly stream: string
  readonly agoS: number | undefined
  /** The picture is of an hour that has not come yet. */
  readonly isForecast: boolean
  readonly zoom: number
  /** What is looked at; undefined until the map stands. */
  readonly camera: Camera | undefined
  readonly isWall: boolean
  /** How much of each layer is drawn. */
  readonly quality: Quality
  /** Letters are this much larger on a wall. */
  readonly textScale: number
  /** At most this many movers are drawn; software rendering is slow. */
  readonly moverLimit: number
}

export interface ListEntry {
  readonly selection: Selection
  readonly title: string
  /** The value that puts it in the list, with unit. */
  readonly detail: string
  readonly at: LngLat
}

/** What MapLibre draws for a layer: things that seldom change, and all lettering. */
export interface GroundPart {
  /** By source id; the data come from `features`. */
  readonly sources: Readonly<Record<string, Omit<GeoJSONSourceSpecification, 'type' | 'data'>>>
  /** Bottom first. `onGround` go below buildings, `underLabels` below the basemap's lettering and `overLabels` above it. */
  styleLayers(
    theme: Theme,
    textScale: number,
  ): {
    readonly onGround?: LayerSpecification[]
    readonly underLabels: LayerSpecification[]
    readonly overLabels: LayerSpecification[]
  }
  /** By source id; a source is left as it is when its collection is the same object as before. Asked at most twice a second. */
  features(context: LayerContext): Readonly<Record<string, FeatureCollection>>
  /** Marks by name, at `pixelRatio` pixels a CSS pixel. */
  images?(theme: Theme, pixelRatio: number): Readonly<Record<string, ImageData>>
}

export interface LegendProps {
  readonly theme: Theme
  readonly isCompared: boolean
  readonly context: LayerContext | undefined
}

/** What a layer says of itself comes when it is asked for: what it draws waits for none of it. */
type Panel<Props> = LazyExoticComponent<ComponentType<Props>>

export interface LayerView {
  readonly id: LayerId
  /** deck.gl layers, bottom first. Called when the context changes (zoom class, selection, theme), never once a frame. */
  deckLayers(context: LayerContext): Layer[]
  /** Those of them that move by themselves: they are drawn first, before all else is laid out. */
  moving?(context: LayerContext): Layer[]
  readonly ground?: GroundPart
  /** What must be read whatever is drawn there, the most urgent first. */
  foremost?(context: LayerContext): ForemostLabel[]
  /** What lies within `radiusM` of a position, nearest first; on the CPU. */
  pick(context: LayerContext, at: LngLat, radiusM: number): Selection | undefined
  /** Where a selected thing is. */
  locate(context: LayerContext, selection: Selection): LngLat | undefined
  /** Tables whose things are courses that the layer itself lights up while they are selected. */
  readonly courses?: readonly string[]
  /** What matters most in this layer now, worst first, at most `limit`. */
  list(context: LayerContext, limit: number): ListEntry[]
  /** What colours and marks mean, and how much is in each class now; without a context, before the city is here, only what they mean. */
  readonly Legend: Panel<LegendProps>
  /** The whole of it in one drawing, beside the list of what stands out. */
  readonly Chart?: Panel<{ context: LayerContext }>
  /** The inspector's content for a selected thing. */
  readonly Inspector: Panel<{ context: LayerContext; selection: Selection }>
}
