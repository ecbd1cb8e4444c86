/** A picture of what the map shows, with numbered marks on it, as a data URL. Who has no map gets no picture. */
import type { Map as MapLibreMap } from 'maplibre-gl'
import type { LngLat } from '../../twin/geo/projection.ts'
import type { Live } from '../state/live.ts'
import { shownMapOf } from './shownMaps.ts'

/** Lines, or points as lines of one. */
export interface PictureMark {
  readonly lines: readonly (readonly LngLat[])[]
}

const MOST_PX = 1600
const QUALITY = 0.86
const LINE_PX = 5
const CASING_PX = 9
const NUMBER_PX = 13
// where software draws, a picture takes seconds
const PATIENCE_MS = 15_000

/** Marks are numbered from 1, in their order; those that lie outside are left out. Undefined where nothing is drawn in good time. */
export async function takePicture(live: Live, marks: readonly PictureMark[]): Promise<string | undefined> {
  const map = shownMapOf(live)
  if (map === undefined) return undefined
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), PATIENCE_MS)
    // a map's canvas holds what it has drawn only until the browser has shown it
    map.once('render', () => {
      clearTimeout(timer)
      resolve(compose(map, marks))
    })
    map.triggerRepaint()
  })
}

function compose(map: MapLibreMap, marks: readonly PictureMark[]): string | undefined {
  const container = map.getContainer()
  const { clientWidth, clientHeight } = container
  const scale = Math.min(map.getPixelRatio(), MOST_PX / clientWidth)
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(clientWidth * scale)
  canvas.height = Math.round(clientHeight * scale)
  const context = canvas.getContext('2d')
  if (context === null) return undefined
  context.scale(scale, scale)
  const whole = container.getBoundingClientRect()
  for (const layer of container.querySelectorAll('canvas')) {
    if (layer.style.visibility === 'hidden') continue
    const { left, top, width, height } = layer.getBoundingClientRect()
    context.drawImage(layer, left - whole.left, top - whole.top, width, height)
  }
  const style = getComputedStyle(container)
  const [ink, ground] = ['--text', '--ground'].map((name) => style.getPropertyValue(name))
  marks.forEach(({ lines }, i) => drawMark(context, map, lines, String(i + 1), ink, ground))
  return canvas.toDataURL('image/jpeg', QUALITY)
}

function drawMark(
  context: CanvasRenderingContext2D,
  map: MapLibreMap,
  lines: PictureMark['lines'],
  number: string,
  ink: string,
  ground: string,
): void {
  const projected = lines.map((line) => line.map(([lng, lat]) => map.project([lng, lat])))
  context.lineCap = 'round'
  context.lineJoin = 'round'
  for (const [color, width] of [
    [ground, CASING_PX],
    [ink, LINE_PX],
  ] as const) {
    context.strokeStyle = color
    context.lineWidth = width
    for (const line of projected) {
      context.beginPath()
      line.forEach(({ x, y }) => context.lineTo(x, y))
      context.stroke()
    }
  }
  const [first] = projected
  const at = first?.[Math.floor(first.length / 2)]
  if (at === undefined) return
  context.beginPath()
  context.arc(at.x, at.y, NUMBER_PX, 0, 2 * Math.PI)
  context.fillStyle = ink
  context.fill()
  context.lineWidth = 2
  context.strokeStyle = ground
  context.stroke()
  context.fillStyle = ground
  context.font = `600 ${NUMBER_PX}px ${getComputedStyle(map.getContainer()).fontFamily}`
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.fillText(number, at.x, at.y + 1)
}
