/** Labels over the map and over the layers' canvas: a small canvas each, which moves with its place and is drawn anew only when its words change. */
import type { Map as MapLibreMap } from 'maplibre-gl'
import type { ForemostLabel } from '../layers/foremost.ts'
import { placeLabels } from './placeLabels.ts'

/** Around the letters, of their size. */
const PADDING = 0.4
const LINE_HEIGHT = 1.25
/** A line is no longer than so many times the letters' size, nor than this share of the map. */
const LONGEST_LINE = { sizes: 20, share: 0.8 } as const
/** The ground lets through that there is a city below it. */
const GROUND_OPACITY = 0.82

interface Drawn {
  readonly canvas: HTMLCanvasElement
  readonly width: number
  readonly height: number
  readonly markPx: number
}

export class ForemostLabels {
  private readonly map: MapLibreMap
  /** A label stays on the map; of many screens it goes on on the next. */
  private readonly isEdged: boolean
  private readonly place = document.createElement('div')
  private readonly drawn = new Map<string, Drawn>()
  private labels: readonly ForemostLabel[] = []
  /** How long a line of those drawn may be, pixels. */
  private roomPx = 0
  /** The labels that are shown stand elsewhere now, or are others. */
  onMoved: (() => void) | undefined

  constructor(map: MapLibreMap, isEdged: boolean) {
    this.map = map
    this.isEdged = isEdged
    this.place.className = 'foremost-labels'
    // all of them are told in words beside the map
    this.place.setAttribute('aria-hidden', 'true')
    map.getContainer().querySelector('.maplibregl-control-container')?.append(this.place)
    map.on('move', this.lay)
    map.on('resize', this.lay)
  }

  /** Shows these and no others. */
  show(labels: readonly ForemostLabel[]): void {
    if (labels.length === 0 && this.labels.length === 0) return
    const isSame = labels.map(placeOf).join() === this.labels.map(placeOf).join()
    this.labels = labels
    const roomPx = this.isEdged ? this.freeWidth() * LONGEST_LINE.share : Infinity
    if (roomPx !== this.roomPx) this.clear()
    this.roomPx = roomPx
    const kept = new Set(labels.map(contentOf))
    for (const [content, { canvas }] of this.drawn) {
      if (kept.has(content)) continue
      canvas.remove()
      this.drawn.delete(content)
    }
    for (const label of labels) {
      const content = contentOf(label)
      if (this.drawn.has(content)) continue
      const drawn = draw(label, roomPx, this.map.getPixelRatio(), getComputedStyle(this.place).fontFamily)
      this.drawn.set(content, drawn)
      this.place.append(drawn.canvas)
    }
    this.lay()
    if (!isSame) this.onMoved?.()
  }

  remove(): void {
    this.map.off('move', this.lay)
    this.map.off('resize', this.lay)
    this.place.remove()
  }

  /** Pixels from the left, up to the buttons over the map where it has any. */
  private freeWidth(): number {
    const map = this.map.getContainer()
    const tools = map.closest('.map-place')?.querySelector('.map-tools')?.getBoundingClientRect()
    return tools ? tools.left - map.getBoundingClientRect().left : map.clientWidth
  }

  private clear(): void {
    for (const { canvas } of this.drawn.values()) canvas.remove()
    this.drawn.clear()
  }

  private readonly lay = () => {
    if (this.labels.length === 0) return
    const { clientHeight: height } = this.map.getContainer()
    const width = this.freeWidth()
    const shown = this.labels.map((label) => {
      const { x, y } = this.map.project([label.at[0], label.at[1]])
      return { ...this.drawn.get(contentOf(label))!, x, y }
    })
    const boxes = placeLabels(shown, this.isEdged ? { left: 0, top: 0, width, height } : undefined)
    boxes.forEach((box, i) => {
      const { style } = shown[i].canvas
      style.visibility = box ? 'visible' : 'hidden'
      if (box) style.transform = `translate(${Math.round(box.left)}px, ${Math.round(box.top)}px)`
    })
  }
}

function placeOf(label: ForemostLabel): string {
  return `${contentOf(label)} ${label.at.join()}`
}

/** What is drawn anew when it changes. */
function contentOf({ key, text, sizePx, ink, ground, mark }: ForemostLabel): string {
  return [key, text, sizePx.toFixed(1), ink, ground, mark?.widthPx.toFixed(1)].join('|')
}

function draw(label: ForemostLabel, roomPx: number, pixelRatio: number, family: string): Drawn {
  const canvas = document.createElement('canvas')
  const pen = canvas.getContext('2d')
  if (pen === null) throw new Error('labels: this browser gives no 2D canvas')
  const { text, sizePx, ink, ground, mark } = label
  const font = `600 ${sizePx}px ${family}`
  pen.font = font
  const markPx = mark?.widthPx ?? 0
  const padding = sizePx * PADDING
  const widthOf = (part: string) => pen.measureText(part).width
  const lines = linesOf(text, Math.min(roomPx, sizePx * LONGEST_LINE.sizes), widthOf)
  const lettersPx = {
    width: Math.max(...lines.map(widthOf)) + 2 * padding,
    height: sizePx * LINE_HEIGHT * lines.length + padding,
  }
  const width = Math.ceil(Math.max(lettersPx.width, markPx))
  const height = Math.ceil(markPx + lettersPx.height)
  canvas.width = Math.ceil(width * pixelRatio)
  canvas.height = Math.ceil(height * pixelRatio)
  canvas.style.width = `${width}px`
  canvas.style.height = `${height}px`
  pen.scale(pixelRatio, pixelRatio)
  pen.globalAlpha = GROUND_OPACITY
  pen.fillStyle = ground
  pen.beginPath()
  pen.roundRect((width - lettersPx.width) / 2, markPx, lettersPx.width, lettersPx.height, sizePx * 0.25)
  pen.fill()
  pen.globalAlpha = 1
  if (mark) {
    pen.save()
    pen.translate((width - markPx) / 2, 0)
    pen.scale(markPx / mark.units, markPx / mark.units)
    mark.draw(pen)
    pen.restore()
  }
  pen.font = font
  pen.textAlign = 'center'
  pen.textBaseline = 'middle'
  pen.fillStyle = ink
  lines.forEach((line, i) => {
    pen.fillText(line, width / 2, markPx + padding / 2 + sizePx * LINE_HEIGHT * (i + 0.5))
  })
  return { canvas, width, height, markPx }
}

/** Words in lines no wider than `roomPx`, as few as may be; a word that is wider stands alone. */
export function linesOf(text: string, roomPx: number, widthOf: (part: string) => number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const longer = lines.length === 0 ? word : `${lines[lines.length - 1]} ${word}`
    if (lines.length > 0 && widthOf(longer) <= roomPx) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}
