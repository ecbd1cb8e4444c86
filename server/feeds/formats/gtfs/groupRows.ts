/** Rows of a file by what they are of, in the order of their sequence: stop times of trips, points of shapes. */

export interface Grouped {
  /** Where each group's rows begin in `rows`; one more than there are groups. */
  readonly start: Uint32Array
  readonly rows: Uint32Array
}

/** Rows whose group is -1 are in none. In linear time where they come in order, as they do. */
export function groupRows(groupOf: readonly number[], orderOf: readonly number[], groups: number): Grouped {
  const start = new Uint32Array(groups + 1)
  for (const group of groupOf) if (group >= 0) start[group + 1]++
  for (let group = 0; group < groups; group++) start[group + 1] += start[group]
  const next = start.slice()
  const rows = new Uint32Array(start[groups])
  groupOf.forEach((group, row) => {
    if (group >= 0) rows[next[group]++] = row
  })
  for (let group = 0; group < groups; group++) {
    const own = rows.subarray(start[group], start[group + 1])
    if (own.some((row, i) => i > 0 && orderOf[row] < orderOf[own[i - 1]]))
      own.sort((a, b) => orderOf[a] - orderOf[b] || a - b)
  }
  return { start, rows }
}
