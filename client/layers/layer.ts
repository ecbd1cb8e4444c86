/** The contract a layer meets: how one domain looks on the map, in the legend, in the inspector and in the list beside the map. */
import type { Layer } from '@deck.gl/core'
import type { FunctionComponent } from 'react'
import type { City } from '../../twin/city.ts'
import type { LngLat } from '../../twin/geo/projection.ts'
import type { Mirror } from '../state/mirror.ts'
import type { Theme } from '../theme/theme.ts'

export type LayerId = 'traffic' | 'power' | 'transit' | 'reports'

/** One thing that is selected: a row of one table of one layer. */
export interface Selection {
  readonly layer: LayerId
  /** The table's name, as 'traffic.links'. */
  readonly table: string
  readonly row: number
}

/** Seconds of the simulation to draw at, smooth between frames; the mover shader reads it each frame. */
export interface DrawClock {
  tick(): number
}

export interface LayerContext {
  readonly city: City
  readonly mirror: Mirror
  readonly theme: Theme
  readonly clock: DrawClock
  readonly selection: Selection | undefined
  readonly zoom: number
  readonly isWall: boolean
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

export interface LayerView {
  readonly id: LayerId
  /** deck.gl layers, bottom first. Called when the context changes (zoom class, selection, theme), never once a frame. */
  deckLayers(context: LayerContext): Layer[]
  /** What lies within `radiusM` of a position, nearest first; on the CPU. */
  pick(context: LayerContext, at: LngLat, radiusM: number): Selection | undefined
  /** Where a selected thing is. */
  locate(context: LayerContext, selection: Selection): LngLat | undefined
  /** What matters most in this layer now, worst first, at most `limit`. */
  list(context: LayerContext, limit: number): ListEntry[]
  readonly Legend: FunctionComponent<{ theme: Theme }>
  /** The inspector's content for a selected thing. */
  readonly Inspector: FunctionComponent<{ context: LayerContext; selection: Selection }>
}
