/** Where the map of this screen lies in the picture of the whole wall: laid out like the screens, with what their frames hide left out. */
import type { Lens } from '../../../map/wholePicture.ts'
import type { Span } from '../../../state/span.ts'
import { pixelPitchMm, type Viewing } from '../../../theme/viewing.ts'

/** Of a screen's width, what the panels of the right column take: more where it is read from further away. */
export const PANEL_SHARE = { full: 0.34, narrow: 0.42, scant: 0.6, least: 0.6 } as const
export type RoomSize = keyof typeof PANEL_SHARE
/** Millimetres between pixels of a usual desk screen, where nobody has said how large the screens are. */
const USUAL_PITCH_MM = 0.27

/** CSS pixels of the picture between one screen and the next. */
export function bezelPx({ bezel }: Span, viewing: Viewing | undefined, screen: ScreenPx): number {
  if (bezel.unit === 'px') return bezel.size
  const pitchMm =
    viewing === undefined
      ? USUAL_PITCH_MM
      : pixelPitchMm(viewing.diagonalIn, screen.width * screen.ratio, screen.height * screen.ratio)
  return bezel.size / pitchMm / screen.ratio
}

/** A screen in CSS pixels, and how many of its own are one of them. */
export interface ScreenPx {
  readonly width: number
  readonly height: number
  readonly ratio: number
}

/** Left, top, width and height on one screen. */
export interface Place {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** The picture of all screens without the panels: how large it is, and where the middle of a place on this screen lies from its middle. */
export function spanGeometry(
  span: Span,
  tile: { readonly width: number; readonly height: number },
  gapPx: number,
  panelShare: number,
) {
  const width = span.cols * tile.width + (span.cols - 1) * gapPx - panelShare * tile.width
  const height = span.rows * tile.height + (span.rows - 1) * gapPx
  return {
    sizePx: [width, height] as const,
    offsetPx: ({ left, top, width: w, height: h }: Place) =>
      [
        span.col * (tile.width + gapPx) + left + w / 2 - width / 2,
        span.row * (tile.height + gapPx) + top + h / 2 - height / 2,
      ] as const,
  }
}

export function spanLens(span: Span, viewing: Viewing | undefined, room: RoomSize): Lens {
  const geometry = () => {
    const gapPx = bezelPx(span, viewing, {
      width: screen.width,
      height: screen.height,
      ratio: devicePixelRatio,
    })
    return spanGeometry(span, { width: innerWidth, height: innerHeight }, gapPx, PANEL_SHARE[room])
  }
  return {
    sizePx: () => geometry().sizePx,
    offsetPx(map) {
      const place = map.getBoundingClientRect()
      // the whole page is moved by a few pixels now and then: the map on it is not
      const page = map.closest('.wall')?.getBoundingClientRect() ?? { left: 0, top: 0 }
      return geometry().offsetPx({
        left: place.left - page.left,
        top: place.top - page.top,
        width: place.width,
        height: place.height,
      })
    },
  }
}
