/** Marks that the map shows, drawn by code: no sprite file. */

/** Units of a mark's drawing in one CSS pixel. */
const UNITS_PER_PX = 2

/**
 * A square picture of `size` units, drawn by `draw` in them, with `pixelRatio` pixels a CSS pixel: as many as it is shown with, or
 * a mark that stands large on a wall is a blur.
 */
export function drawMark(
  size: number,
  pixelRatio: number,
  draw: (pen: OffscreenCanvasRenderingContext2D) => void,
): ImageData {
  const scale = pixelRatio / UNITS_PER_PX
  const sizePx = Math.round(size * scale)
  // read back at once: drawn by the GPU it would have to be waited for
  const pen = new OffscreenCanvas(sizePx, sizePx).getContext('2d', { willReadFrequently: true })
  if (pen === null) throw new Error('marks: this browser gives no 2D canvas')
  pen.scale(scale, scale)
  draw(pen)
  return pen.getImageData(0, 0, sizePx, sizePx)
}

/** How large a mark stands at most, where letters are as large as on a desk. */
const LARGEST = 1.2

/** Pixels a CSS pixel of all marks, where letters are so much larger than on a desk, as marks are then. */
export function markPixelRatio(textScale: number): number {
  return Math.max(UNITS_PER_PX, LARGEST * textScale)
}
