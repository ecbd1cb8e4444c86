/** Marks that the map shows, drawn by code: no sprite file. */

/** A square picture of `sizePx` device pixels, drawn by `draw`. */
export function drawMark(sizePx: number, draw: (pen: OffscreenCanvasRenderingContext2D) => void): ImageData {
  // read back at once: drawn by the GPU it would have to be waited for
  const pen = new OffscreenCanvas(sizePx, sizePx).getContext('2d', { willReadFrequently: true })
  if (pen === null) throw new Error('marks: this browser gives no 2D canvas')
  draw(pen)
  return pen.getImageData(0, 0, sizePx, sizePx)
}
