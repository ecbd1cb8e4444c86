/** Tells the host what this page looks at, so that it is sent that district and not the whole city. */
import type { View as Asked } from '../../twin/protocol/messages.ts'
import { LIVE } from '../../twin/protocol/names.ts'
import type { Live } from './live.ts'
import type { Camera, View } from './view.ts'

/** A camera that has stood so long is looked through. */
const SETTLED_MS = 300
/** Shown beyond each side of the screen, as a share of it: a small move needs nothing new. */
const MARGIN = 0.15
/** Circumference of the Earth at the equator, metres, and pixels of the whole world at zoom 0, as MapLibre counts. */
const EARTH_M = 40_075_017
const WORLD_PX = 512
const METRES_PER_DEGREE = EARTH_M / 360
/** A tilted map shows this much farther. */
const TILTED = 2
/** What a slow line can bear without the map standing still, bytes a second; assumed. */
const BUDGET_BPS: Readonly<Record<string, number>> = { 'slow-2g': 2000, '2g': 3000, '3g': 12_000 }
const SAVING_BPS = 4000

interface Connection {
  readonly saveData?: boolean
  readonly effectiveType?: string
}

/** Follows the camera and the layers; gives back what ends it. */
export function keepLooking({ store, source }: Pick<Live, 'store' | 'source'>): () => void {
  let seen: View | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const look = () => {
    const { camera, layersOn } = store.get().view
    if (camera === undefined) return
    const { connection } = navigator as Navigator & { connection?: Connection }
    const budgetBps = connection?.saveData ? SAVING_BPS : BUDGET_BPS[connection?.effectiveType ?? '']
    source.look?.(LIVE, {
      area: areaOf(camera, innerWidth, innerHeight),
      layers: [...layersOn],
      ...(budgetBps !== undefined && { budgetBps }),
    })
  }
  const notice = () => {
    const { view } = store.get()
    if (view.camera === seen?.camera && view.layersOn === seen?.layersOn) return
    seen = view
    clearTimeout(timer)
    timer = setTimeout(look, SETTLED_MS)
  }
  // before the line opens, so that the first picture is already the district's
  seen = store.get().view
  look()
  const stop = store.subscribe(notice)
  addEventListener('resize', look)
  return () => {
    clearTimeout(timer)
    removeEventListener('resize', look)
    stop()
  }
}

/** West, south, east, north of what a screen of so many pixels shows, with a margin; a turned map's corners are within. */
export function areaOf(
  { lng, lat, zoom, bearing, pitch }: Camera,
  widthPx: number,
  heightPx: number,
): Asked['area'] {
  const shrink = Math.cos((lat * Math.PI) / 180)
  const mPerPx = (EARTH_M * shrink) / (WORLD_PX * 2 ** zoom)
  const turn = (Math.abs(bearing) * Math.PI) / 180
  const [cos, sin] = [Math.abs(Math.cos(turn)), Math.abs(Math.sin(turn))]
  const reach = (mPerPx / 2) * (1 + 2 * MARGIN) * (pitch > 0 ? TILTED : 1)
  const eastM = reach * (widthPx * cos + heightPx * sin)
  const northM = reach * (widthPx * sin + heightPx * cos)
  const lngs = eastM / (METRES_PER_DEGREE * shrink)
  const lats = northM / METRES_PER_DEGREE
  return [within(lng - lngs, 180), within(lat - lats, 90), within(lng + lngs, 180), within(lat + lats, 90)]
}

function within(value: number, most: number): number {
  return Math.min(most, Math.max(-most, value))
}
