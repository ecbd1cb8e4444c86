/**
 * Brings members near a city of which only detectors are seen. Each member's future is moved by as much as it and the readings
 * go together among the members: the analysis of an ensemble Kalman filter whose state holds the coming hour too (Evensen 2003,
 * "The Ensemble Kalman Filter: theoretical formulation and practical implementation"). What drives the city, its hidden demand,
 * is never asked for; members that differ in it say what it does.
 */

// Variance added to each reading, as a share of what members vary by: detectors err, and few members correlate by chance. Assumed.
const RIDGE = 0.1
// A reading further from a member than this many standard deviations counts as this far.
const FURTHEST = 4

/**
 * The members' futures in the light of `observed`. `seen` is by member what it has of the readings in `observed`, `futures` by
 * member what is to be known, in any units. Throws RangeError with fewer than three members.
 */
export function assimilate(
  observed: ArrayLike<number>,
  seen: readonly ArrayLike<number>[],
  futures: readonly ArrayLike<number>[],
): Float64Array[] {
  const members = seen.length
  if (members < 3) throw new RangeError(`assimilate: ${members} members, expected at least three`)
  const readings = observed.length
  const { mean, deviation } = momentsOf(seen, readings)
  const score = (values: ArrayLike<number>) =>
    Float64Array.from({ length: readings }, (_, r) =>
      deviation[r] > 0 ? (values[r] - mean[r]) / deviation[r] : 0,
    )
  const scores = seen.map(score)
  const covariance = Array.from({ length: readings }, (_, r) =>
    Float64Array.from({ length: readings }, (_, q) => meanProduct(scores, r, q) + (r === q ? RIDGE : 0)),
  )
  const factor = choleskyOf(covariance)
  const aim = score(observed)
  const gainInputs = scores.map((own) => {
    const off = aim.map((value, r) => Math.max(-FURTHEST, Math.min(FURTHEST, value - own[r])))
    return solve(factor, off)
  })
  const values = futures[0].length
  const { mean: futureMean } = momentsOf(futures, values)
  const moved = futures.map((future) => Float64Array.from(future))
  const together = new Float64Array(readings)
  for (let v = 0; v < values; v++) {
    together.fill(0)
    for (let k = 0; k < members; k++) {
      const off = (futures[k][v] - futureMean[v]) / (members - 1)
      for (let r = 0; r < readings; r++) together[r] += off * scores[k][r]
    }
    for (let k = 0; k < members; k++)
      for (let r = 0; r < readings; r++) moved[k][v] += together[r] * gainInputs[k][r]
  }
  return moved
}

function momentsOf(rows: readonly ArrayLike<number>[], columns: number) {
  const mean = new Float64Array(columns)
  const deviation = new Float64Array(columns)
  for (let c = 0; c < columns; c++) {
    for (const row of rows) mean[c] += row[c] / rows.length
    let squares = 0
    for (const row of rows) squares += (row[c] - mean[c]) ** 2
    deviation[c] = Math.sqrt(squares / (rows.length - 1))
  }
  return { mean, deviation }
}

function meanProduct(scores: readonly Float64Array[], r: number, q: number): number {
  let sum = 0
  for (const score of scores) sum += score[r] * score[q]
  return sum / (scores.length - 1)
}

/** The lower triangle L of a symmetric, positive definite matrix L·Lᵀ. */
function choleskyOf(matrix: readonly Float64Array[]): Float64Array[] {
  const lower = matrix.map((row) => new Float64Array(row.length))
  for (let i = 0; i < matrix.length; i++)
    for (let j = 0; j <= i; j++) {
      let rest = matrix[i][j]
      for (let k = 0; k < j; k++) rest -= lower[i][k] * lower[j][k]
      lower[i][j] = i === j ? Math.sqrt(rest) : rest / lower[j][j]
    }
  return lower
}

/** x of L·Lᵀ·x = b. */
function solve(lower: readonly Float64Array[], b: Float64Array): Float64Array {
  const x = b.slice()
  for (let i = 0; i < x.length; i++) {
    for (let k = 0; k < i; k++) x[i] -= lower[i][k] * x[k]
    x[i] /= lower[i][i]
  }
  for (let i = x.length - 1; i >= 0; i--) {
    for (let k = i + 1; k < x.length; k++) x[i] -= lower[k][i] * x[k]
    x[i] /= lower[i][i]
  }
  return x
}
