/** The nine tiles a viewer of the tile loads sees, of SIDE × SIDE. */
export const SIDE = 8
export const SEEN = 9

/** Ascending; `column` and `row` of the first, at most SIDE − 3. */
export function nineTiles(column: number, row: number): number[] {
  return [0, 1, 2].flatMap((down) => [0, 1, 2].map((right) => (row + down) * SIDE + column + right))
}
