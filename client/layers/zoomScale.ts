/** Sizes that follow the zoom, straight between given stops. */

/** Lines and grains are this much wider on a wall, and on a great screen whose letters are larger. */
export function lineScale({
  isWall,
  textScale,
}: {
  readonly isWall: boolean
  readonly textScale: number
}): number {
  return isWall ? 1.5 : Math.max(1, 0.85 * textScale)
}

/** The value at `zoom` of a polyline through `stops`: zoom, value, zoom, value … in rising order. */
export function atZoom(zoom: number, ...stops: number[]): number {
  if (zoom <= stops[0]) return stops[1]
  for (let i = 2; i < stops.length; i += 2) {
    if (zoom > stops[i]) continue
    const share = (zoom - stops[i - 2]) / (stops[i] - stops[i - 2])
    return stops[i - 1] + (stops[i + 1] - stops[i - 1]) * share
  }
  return stops[stops.length - 1]
}
