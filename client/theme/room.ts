/** How large everything on a wall is for who stands where the address says, and what there is room for then. */
import { leastFontPx, pixelPitchMm, type Viewing } from './viewing.ts'

/** The smallest type of the scale, in units. */
const LEAST_UNITS = 12
/** The smallest type of the map, in its own pixels before it is scaled. */
const LEAST_MAP_PX = 10
/** A wall is so many units wide and high when nobody says from where it is seen; what is left over at a side is the map's. */
const USUAL_WIDE = 1640
const USUAL_HIGH = 922
const UPRIGHT_WIDE = 640
/** Less room than this, across and down, in units: the wall drops what is read least. */
const classes = [
  { room: 'full', wide: 1250, high: 620 },
  { room: 'narrow', wide: 800, high: 430 },
  { room: 'scant', wide: 480, high: 270 },
] as const

export interface Room {
  /** CSS pixels of one unit. */
  readonly unitPx: number
  readonly room: 'full' | 'narrow' | 'scant' | 'least'
}

/** The page in CSS pixels, and the screen it is on in the screen's own. */
export interface Place {
  readonly widthPx: number
  readonly heightPx: number
  readonly screen: { readonly widthPx: number; readonly heightPx: number; readonly pixelRatio: number }
}

export function roomOf(viewing: Viewing | undefined, { widthPx, heightPx, screen }: Place): Room {
  const isUpright = heightPx >= widthPx
  const usualPx = isUpright ? widthPx / UPRIGHT_WIDE : Math.min(widthPx / USUAL_WIDE, heightPx / USUAL_HIGH)
  if (viewing === undefined) return { unitPx: usualPx, room: 'full' }
  const pitchMm = pixelPitchMm(viewing.diagonalIn, screen.widthPx, screen.heightPx)
  const leastPx = leastFontPx(viewing.distanceM, pitchMm) / screen.pixelRatio
  const unitPx = Math.max(usualPx, leastPx / LEAST_UNITS)
  // an upright wall has its panels one below the other: it needs less across and more down
  const across = isUpright ? USUAL_WIDE / UPRIGHT_WIDE : 1
  const [wide, high] = [(widthPx / unitPx) * across, heightPx / unitPx / (isUpright ? across : 1)]
  const fitting = classes.find((one) => wide >= one.wide && high >= one.high)
  return { unitPx, room: fitting?.room ?? 'least' }
}

/** Letters of a wall's map are this much larger than on a desk: the smallest as large as the smallest of the panels. */
export function mapTextScale({ unitPx }: Room): number {
  return Math.max(1, (LEAST_UNITS * unitPx) / LEAST_MAP_PX)
}

/** The page as it is now. */
export function placeNow(): Place {
  return {
    widthPx: innerWidth,
    heightPx: innerHeight,
    // the screen's own pixels, whatever a CSS pixel is
    screen: {
      widthPx: screen.width * devicePixelRatio,
      heightPx: screen.height * devicePixelRatio,
      pixelRatio: devicePixelRatio,
    },
  }
}
