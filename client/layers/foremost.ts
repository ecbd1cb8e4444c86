/** Words that lie over all that is drawn: what has failed, and what is without supply. */
import type { LngLat } from '../../twin/geo/projection.ts'
import type { Color } from '../theme/theme.ts'

/** A picture of `units` by `units`, drawn in them. */
export interface ForemostMark {
  readonly widthPx: number
  readonly units: number
  draw(pen: CanvasRenderingContext2D): void
}

/** Sizes are CSS pixels. Of a list the first takes its place first, and each steps aside for those before it. */
export interface ForemostLabel {
  /** One label of a layer keeps it while it is shown. */
  readonly key: string
  readonly at: LngLat
  readonly text: string
  readonly sizePx: number
  readonly ink: Color
  /** Below the letters. */
  readonly ground: Color
  /** Stands at the place, in a square so wide, and the words below it. */
  readonly mark?: ForemostMark
}
