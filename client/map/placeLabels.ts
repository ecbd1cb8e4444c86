/** Where labels stand that must all be read: at their places, or beside them where another stands already or the map ends. */

/** Pixels of the map, right and down. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

export interface Placeable {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** Height of a mark that must stand at the place itself, in the middle of the upper edge: it is not moved. */
  readonly markPx: number
}

/** Between labels, pixels. */
const GAP_PX = 3

/**
 * One box for each of `labels`, in their order; undefined where others leave no room for it. `within` is the map, which a label
 * whose place lies on it does not leave; without, the map is one of many screens, and a label goes on on the next.
 */
export function placeLabels(labels: readonly Placeable[], within?: Box): (Box | undefined)[] {
  const taken: Box[] = []
  return labels.map((label) => {
    const found = candidates(label)
      .map((box) => (within && label.markPx === 0 && isIn(label, within) ? moved(box, within) : box))
      .find((box) => label.markPx > 0 || taken.every((other) => !touches(box, other)))
    if (found) taken.push(found)
    return found
  })
}

/** Best first. */
function candidates({ x, y, width, height, markPx }: Placeable): Box[] {
  if (markPx > 0) return [{ left: x - width / 2, top: y - markPx / 2, width, height }]
  const [dx, dy] = [width * 0.75, height * 1.2]
  return [
    [0, 0],
    [0, -dy],
    [0, dy],
    [-dx, 0],
    [dx, 0],
    [0, -2 * dy],
    [0, 2 * dy],
  ].map(([right, down]) => ({ left: x + right - width / 2, top: y + down - height / 2, width, height }))
}

function isIn({ x, y }: Placeable, { left, top, width, height }: Box): boolean {
  return x >= left && x <= left + width && y >= top && y <= top + height
}

/** Back into `within`, as little as is needed. */
function moved(box: Box, within: Box): Box {
  const into = (from: number, length: number, start: number, whole: number) =>
    Math.max(start, Math.min(from, start + whole - length))
  return {
    ...box,
    left: into(box.left, box.width, within.left, within.width),
    top: into(box.top, box.height, within.top, within.height),
  }
}

function touches(a: Box, b: Box): boolean {
  return (
    a.left < b.left + b.width + GAP_PX &&
    b.left < a.left + a.width + GAP_PX &&
    a.top < b.top + b.height + GAP_PX &&
    b.top < a.top + a.height + GAP_PX
  )
}
