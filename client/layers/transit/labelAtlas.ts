/** A picture with one cell a bus line, its number in it: the bus labels' texture. */
import type { Theme } from '../../theme/theme.ts'

export const COLUMNS = 8
const CELL_WIDTH_PX = 96
const CELL_HEIGHT_PX = 48

export interface LabelAtlas {
  readonly image: ImageData
  readonly rows: number
}

/** One cell for each name, in reading order. Lettering must have been loaded by the page. */
export function makeLabelAtlas(names: readonly string[], theme: Theme): LabelAtlas {
  const rows = Math.max(1, Math.ceil(names.length / COLUMNS))
  const canvas = new OffscreenCanvas(COLUMNS * CELL_WIDTH_PX, rows * CELL_HEIGHT_PX)
  const pen = canvas.getContext('2d')
  if (pen === null) throw new Error('bus labels: this browser gives no 2D canvas')
  pen.textAlign = 'center'
  pen.textBaseline = 'middle'
  names.forEach((name, i) => {
    const x = (i % COLUMNS) * CELL_WIDTH_PX
    const y = Math.floor(i / COLUMNS) * CELL_HEIGHT_PX
    pen.font = `600 30px 'Atkinson Hyperlegible Next Variable', sans-serif`
    const text = name.slice(0, 6)
    const width = Math.min(CELL_WIDTH_PX - 4, pen.measureText(text).width + 20)
    pen.fillStyle = theme.ground
    pen.strokeStyle = theme.bus
    pen.lineWidth = 3
    pen.beginPath()
    pen.roundRect(x + (CELL_WIDTH_PX - width) / 2, y + 5, width, CELL_HEIGHT_PX - 10, 8)
    pen.fill()
    pen.stroke()
    pen.fillStyle = theme.bus
    pen.fillText(text, x + CELL_WIDTH_PX / 2, y + CELL_HEIGHT_PX / 2 + 1, width - 8)
  })
  return { image: pen.getImageData(0, 0, canvas.width, canvas.height), rows }
}
