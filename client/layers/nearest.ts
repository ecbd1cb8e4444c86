/** The nearest of many points to a position, by squares: for thousands of questions at once, faster than a tree. */

/** Gives the row of the nearest point within `reachM`, or −1. */
export function makeNearest(
  xM: ArrayLike<number>,
  yM: ArrayLike<number>,
  reachM: number,
): (x: number, y: number) => number {
  const squares = new Map<number, number[]>()
  const key = (column: number, row: number) => column * 65_536 + row
  const squareOf = (m: number) => Math.floor(m / reachM) + 32_768
  for (let i = 0; i < xM.length; i++) {
    const at = key(squareOf(xM[i]), squareOf(yM[i]))
    const square = squares.get(at)
    if (square === undefined) squares.set(at, [i])
    else square.push(i)
  }
  // who asks goes along a street, or across the city in small steps: mostly in the same square as before
  let atKey: number | undefined
  let around: number[] = []
  const lookAround = (column: number, row: number) => {
    around = []
    for (let c = column - 1; c <= column + 1; c++)
      for (let r = row - 1; r <= row + 1; r++) around.push(...(squares.get(key(c, r)) ?? []))
  }
  return (x, y) => {
    const column = squareOf(x)
    const row = squareOf(y)
    if (key(column, row) !== atKey) lookAround(column, row)
    atKey = key(column, row)
    let best = -1
    let bestM2 = reachM * reachM
    for (let n = 0; n < around.length; n++) {
      const i = around[n]
      const m2 = (xM[i] - x) ** 2 + (yM[i] - y) ** 2
      if (m2 < bestM2) {
        bestM2 = m2
        best = i
      }
    }
    return best
  }
}
