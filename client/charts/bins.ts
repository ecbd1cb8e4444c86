/** Values counted by class: each known value falls into one class, the outermost take what lies beyond. */

export interface Bin {
  readonly from: number
  readonly to: number
  /** Sum of the weights of its values. */
  readonly count: number
  /** Rows of its values. */
  readonly rows: readonly number[]
}

/** `edges` rise; a value on an edge belongs to the class above it. Rows without a finite value, or of no weight, are in none. */
export function binned(
  values: ArrayLike<number>,
  edges: readonly number[],
  weight: (row: number) => number = () => 1,
): Bin[] {
  const rows: number[][] = edges.slice(1).map(() => [])
  const counts = rows.map(() => 0)
  const last = rows.length - 1
  for (let row = 0; row < values.length; row++) {
    const value = values[row]
    const count = weight(row)
    if (!Number.isFinite(value) || count === 0) continue
    let bin = 0
    while (bin < last && value >= edges[bin + 1]) bin++
    rows[bin].push(row)
    counts[bin] += count
  }
  return rows.map((of, bin) => ({ from: edges[bin], to: edges[bin + 1], count: counts[bin], rows: of }))
}

/** The class that holds most of some rows; undefined when none does. */
export function litBin(bins: readonly Bin[], rows: readonly number[]): number | undefined {
  const wanted = new Set(rows)
  let best: number | undefined
  let most = 0
  bins.forEach((bin, i) => {
    const held = bin.rows.reduce((count, row) => count + (wanted.has(row) ? 1 : 0), 0)
    if (held <= most) return
    most = held
    best = i
  })
  return best
}
