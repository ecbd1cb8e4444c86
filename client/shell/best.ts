/** Picks one row out of many: the worst queue, the latest bus, the newest report. */

/** The row with the highest score; undefined scores do not count. */
export function best(rows: number, scoreOf: (row: number) => number | undefined): number | undefined {
  let found: number | undefined
  let highest = -Infinity
  for (let row = 0; row < rows; row++) {
    const score = scoreOf(row)
    if (score === undefined || score <= highest) continue
    highest = score
    found = row
  }
  return found
}
