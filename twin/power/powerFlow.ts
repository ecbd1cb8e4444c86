/**
 * AC power flow of radial networks by the backward/forward sweep (Shirmohammadi et al. 1988): currents are summed
 * from the leaves to the source, voltages follow from the source to the leaves, until both agree.
 *
 * Rows are in depth-first preorder, so that a child follows its parent and a subtree is one run of rows. Phasors are
 * rectangular and everything is per unit; ideal transformers are referred away (`powerNetwork.ts`), none is left here.
 */

/** One row per bus; the line of a row is the one from its parent. A row without parent (−1) is a source of fixed voltage. */
export interface RadialTree {
  readonly parent: Int32Array
  readonly rPu: Float64Array
  readonly xPu: Float64Array
  /** Shunt admittance at the bus: capacitors, half of each line's charging. */
  readonly gPu: Float64Array
  readonly bPu: Float64Array
}

export interface TreeState {
  /** Power drawn at the bus, whatever its voltage. */
  readonly pPu: Float64Array
  readonly qPu: Float64Array
  readonly vRe: Float64Array
  readonly vIm: Float64Array
  /** Current drawn at the bus itself. */
  readonly iRe: Float64Array
  readonly iIm: Float64Array
  /** Current in the line from the parent; at a source, what it gives. */
  readonly jRe: Float64Array
  readonly jIm: Float64Array
}

export interface SweepOutcome {
  readonly isConverged: boolean
  readonly iterations: number
  /** Largest difference between the power a bus should draw and the power that flows into it. */
  readonly mismatchPu: number
}

/** Change of voltage and power mismatch below which a sweep is done. */
export const DEFAULT_TOLERANCE_PU = 1e-9

/** Beyond this many a feeder is past its limit of transmission, or so close that Newton's method should judge. */
export const MAX_SWEEPS = 200

/** Columns for `rows` buses, at rest: no load, no voltage. */
export function makeTreeState(rows: number): TreeState {
  const column = () => new Float64Array(rows)
  return {
    pPu: column(),
    qPu: column(),
    vRe: column(),
    vIm: column(),
    iRe: column(),
    iIm: column(),
    jRe: column(),
    jIm: column(),
  }
}

/** Gives every bus of the rows `first` to `end` (not included) the voltage of the source above it. */
export function setFlatStart(tree: RadialTree, state: TreeState, first: number, end: number): void {
  const { parent } = tree
  const { vRe, vIm } = state
  for (let bus = first; bus < end; bus++) {
    const above = parent[bus]
    if (above < 0) continue
    vRe[bus] = vRe[above]
    vIm[bus] = vIm[above]
  }
}

/**
 * Solves the rows `first` to `end` (not included), which must hold whole trees, from the voltages in `state` (a warm
 * start is simply the last solution) and the fixed voltages of the sources. Sets v, i and j; all per unit. Accepts only
 * when no voltage moved by more than `tolerancePu` and no bus lacks more than `tolerancePu` of power; otherwise, or when
 * voltages collapse, the outcome says so and the columns hold the last attempt.
 */
export function sweep(
  tree: RadialTree,
  state: TreeState,
  first: number,
  end: number,
  tolerancePu = DEFAULT_TOLERANCE_PU,
  maxSweeps = MAX_SWEEPS,
): SweepOutcome {
  const { parent, rPu, xPu, gPu, bPu } = tree
  const { pPu, qPu, vRe, vIm, iRe, iIm, jRe, jIm } = state
  const limit = tolerancePu * tolerancePu
  setCurrents(tree, state, first, end)
  let mismatch = 0
  for (let iteration = 1; iteration <= maxSweeps; iteration++) {
    gatherCurrents(tree, state, first, end)
    // Forward: voltages from the currents, and at once the currents those voltages draw.
    let step = 0
    mismatch = 0
    for (let bus = first; bus < end; bus++) {
      const above = parent[bus]
      let a = vRe[bus]
      let b = vIm[bus]
      if (above >= 0) {
        const jr = jRe[bus]
        const ji = jIm[bus]
        const newA = vRe[above] - rPu[bus] * jr + xPu[bus] * ji
        const newB = vIm[above] - rPu[bus] * ji - xPu[bus] * jr
        const da = newA - a
        const db = newB - b
        const moved = da * da + db * db
        if (moved > step || moved !== moved) step = moved
        a = newA
        b = newB
        vRe[bus] = a
        vIm[bus] = b
      }
      const square = a * a + b * b
      const ir = (pPu[bus] * a + qPu[bus] * b) / square + gPu[bus] * a - bPu[bus] * b
      const ii = (pPu[bus] * b - qPu[bus] * a) / square + gPu[bus] * b + bPu[bus] * a
      if (above >= 0) {
        // What flows in is the current of the sweep before: (V above − V) / z has not changed since.
        const dr = ir - iRe[bus]
        const di = ii - iIm[bus]
        const lacking = (dr * dr + di * di) * square
        if (lacking > mismatch || lacking !== lacking) mismatch = lacking
      }
      iRe[bus] = ir
      iIm[bus] = ii
    }
    const isConverged = step <= limit && mismatch <= limit
    if (isConverged || !(step < 1e6)) {
      gatherCurrents(tree, state, first, end)
      return { isConverged, iterations: iteration, mismatchPu: Math.sqrt(mismatch) }
    }
  }
  gatherCurrents(tree, state, first, end)
  return { isConverged: false, iterations: maxSweeps, mismatchPu: Math.sqrt(mismatch) }
}

/** The power lost in the lines of rows `first` to `end` (not included), I²R and I²X, per unit. */
export function lineLosses(
  tree: RadialTree,
  state: TreeState,
  first: number,
  end: number,
): { pPu: number; qPu: number } {
  const { parent, rPu, xPu } = tree
  const { jRe, jIm } = state
  let pPu = 0
  let qPu = 0
  for (let bus = first; bus < end; bus++) {
    if (parent[bus] < 0) continue
    const square = jRe[bus] * jRe[bus] + jIm[bus] * jIm[bus]
    pPu += square * rPu[bus]
    qPu += square * xPu[bus]
  }
  return { pPu, qPu }
}

/** The current each bus draws at its present voltage. */
function setCurrents(tree: RadialTree, state: TreeState, first: number, end: number): void {
  const { gPu, bPu } = tree
  const { pPu, qPu, vRe, vIm, iRe, iIm } = state
  for (let bus = first; bus < end; bus++) {
    const a = vRe[bus]
    const b = vIm[bus]
    const square = a * a + b * b
    iRe[bus] = (pPu[bus] * a + qPu[bus] * b) / square + gPu[bus] * a - bPu[bus] * b
    iIm[bus] = (pPu[bus] * b - qPu[bus] * a) / square + gPu[bus] * b + bPu[bus] * a
  }
}

/** Backward: the current of each line is what its bus draws and what its bus passes on. */
function gatherCurrents(tree: RadialTree, state: TreeState, first: number, end: number): void {
  const { parent } = tree
  const { iRe, iIm, jRe, jIm } = state
  for (let bus = first; bus < end; bus++) {
    jRe[bus] = iRe[bus]
    jIm[bus] = iIm[bus]
  }
  for (let bus = end - 1; bus >= first; bus--) {
    const above = parent[bus]
    if (above < 0) continue
    jRe[above] += jRe[bus]
    jIm[above] += jIm[bus]
  }
}
