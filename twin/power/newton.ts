/**
 * AC power flow of any network by Newton's method on rectangular voltages (Tinney and Hart 1967 in its rectangular
 * form), with dense elimination: for what the sweep cannot do (loops, generators that hold a voltage, the neighbourhood
 * of collapse) and as the oracle of its tests. Cost grows with the cube of the buses, so it refuses large networks.
 */
import { isBranchLive, type BusBranchNetwork } from './busBranch.ts'

/** Buses beyond which dense elimination takes too long and too much memory (2,000² numbers, some seconds). */
export const MAX_DENSE_BUSES = 1000

const MAX_STEPS = 50

export interface NewtonOutcome {
  readonly isConverged: boolean
  readonly iterations: number
  readonly mismatchPu: number
  /** Voltages by bus of the network; zero where no source reaches. */
  readonly vRe: Float64Array
  readonly vIm: Float64Array
}

/** Impedance below which the ends of a line are one point: its admittance would drown all others in rounding. */
const JOINT_PU = 1e-9

/** Mismatch that is taken when rounding, by lines of little impedance, keeps voltages that no longer move above the tolerance. */
const ROUNDED_MISMATCH_PU = 1e-7
const STANDSTILL_PU = 1e-12

/** What is given at each row of equations: one bus, or several joined by lines without impedance. */
interface Rows {
  readonly ofBus: Int32Array
  readonly pPu: number[]
  readonly qPu: number[]
  readonly isSource: boolean[]
  readonly heldPu: number[]
  /** Where the search starts, and what a source keeps. */
  readonly startRe: number[]
  readonly startIm: number[]
}

/**
 * Solves the energized buses of `network`, starting without load, to a power mismatch of `tolerancePu`. Throws when there are
 * more than MAX_DENSE_BUSES of them or when a transformer has no impedance.
 */
export function solveNewton(
  network: BusBranchNetwork,
  isEnergized: Uint8Array,
  tolerancePu: number,
): NewtonOutcome {
  const count = network.pPu.length
  const energized = isEnergized.reduce((sum, is) => sum + is, 0)
  if (energized > MAX_DENSE_BUSES) {
    throw new Error(
      `power flow: ${energized} buses with loops or held voltages, at most ${MAX_DENSE_BUSES} are solved`,
    )
  }
  const rows = makeRows(network, isEnergized)
  const n = rows.pPu.length
  const { g, b } = admittances(network, rows.ofBus, n)
  const e = Float64Array.from(rows.startRe)
  const f = Float64Array.from(rows.startIm)
  let iterations = 0
  let mismatchPu = Infinity
  let moved = Infinity
  const isDone = () =>
    mismatchPu <= tolerancePu || (moved <= STANDSTILL_PU && mismatchPu <= ROUNDED_MISMATCH_PU)
  const size = 2 * n
  const matrix = new Float64Array(size * size)
  const right = new Float64Array(size)
  for (; iterations <= MAX_STEPS; iterations++) {
    mismatchPu = linearise(rows, g, b, e, f, matrix, right)
    if (isDone() || !Number.isFinite(mismatchPu) || iterations === MAX_STEPS) break
    if (!solveDense(matrix, right, size)) break
    moved = 0
    for (let i = 0; i < n; i++) {
      e[i] += right[2 * i]
      f[i] += right[2 * i + 1]
      moved = Math.max(moved, Math.abs(right[2 * i]), Math.abs(right[2 * i + 1]))
    }
  }
  const vRe = new Float64Array(count)
  const vIm = new Float64Array(count)
  rows.ofBus.forEach((row, bus) => {
    if (row < 0) return
    vRe[bus] = e[row]
    vIm[bus] = f[row]
  })
  return { isConverged: isDone(), iterations, mismatchPu, vRe, vIm }
}

/** Whether branch `k` joins its ends into one point: a line, not a transformer, with next to no impedance. */
export function isJoint(network: BusBranchNetwork, k: number): boolean {
  const { rPu, xPu, tapRe, tapIm } = network.branches
  return tapRe[k] === 1 && tapIm[k] === 0 && Math.abs(rPu[k]) + Math.abs(xPu[k]) < JOINT_PU
}

function makeRows(network: BusBranchNetwork, isEnergized: Uint8Array): Rows {
  const { from, to } = network.branches
  const joined = Int32Array.from(isEnergized, (_, bus) => bus)
  const rootOf = (bus: number) => {
    while (joined[bus] !== bus) bus = joined[bus]
    return bus
  }
  for (let k = 0; k < from.length; k++) {
    if (isBranchLive(network, k) && isJoint(network, k)) joined[rootOf(to[k])] = rootOf(from[k])
  }
  const rows: Rows = {
    ofBus: new Int32Array(isEnergized.length).fill(-1),
    pPu: [],
    qPu: [],
    isSource: [],
    heldPu: [],
    startRe: [],
    startIm: [],
  }
  for (let bus = 0; bus < isEnergized.length; bus++) {
    if (isEnergized[bus] === 0) continue
    const root = rootOf(bus)
    if (rows.ofBus[root] < 0) {
      rows.ofBus[root] = rows.pPu.push(0) - 1
      rows.qPu.push(0)
      rows.isSource.push(false)
      rows.heldPu.push(0)
      rows.startRe.push(0)
      rows.startIm.push(0)
    }
    const row = rows.ofBus[root]
    rows.ofBus[bus] = row
    rows.pPu[row] += network.pPu[bus]
    rows.qPu[row] += network.qPu[bus]
    if (rows.heldPu[row] === 0) rows.heldPu[row] = network.heldPu[bus]
    if (network.isSource[bus] === 0) continue
    const isOther = rows.startRe[row] !== network.sourceRe[bus] || rows.startIm[row] !== network.sourceIm[bus]
    if (rows.isSource[row] && isOther)
      throw new Error('power flow: sources of different voltage are joined without impedance')
    rows.isSource[row] = true
    rows.startRe[row] = network.sourceRe[bus]
    rows.startIm[row] = network.sourceIm[bus]
  }
  spreadStart(network, rows)
  return rows
}

/** Starts every row at the voltage of a source near it, scaled and turned by the transformers between. */
function spreadStart(network: BusBranchNetwork, { ofBus, isSource, startRe, startIm }: Rows): void {
  const { from, to, tapRe, tapIm } = network.branches
  const isReached = isSource.slice()
  for (let isMoving = true; isMoving;) {
    isMoving = false
    for (let k = 0; k < from.length; k++) {
      const a = ofBus[from[k]]
      const b = ofBus[to[k]]
      if (a < 0 || b < 0 || isReached[a] === isReached[b] || !isBranchLive(network, k)) continue
      const t2 = tapRe[k] * tapRe[k] + tapIm[k] * tapIm[k]
      if (isReached[a]) {
        startRe[b] = (startRe[a] * tapRe[k] + startIm[a] * tapIm[k]) / t2
        startIm[b] = (startIm[a] * tapRe[k] - startRe[a] * tapIm[k]) / t2
      } else {
        startRe[a] = startRe[b] * tapRe[k] - startIm[b] * tapIm[k]
        startIm[a] = startRe[b] * tapIm[k] + startIm[b] * tapRe[k]
      }
      isReached[a] = isReached[b] = isMoving = true
    }
  }
}

/** The bus admittance matrix of the energized buses, row by row. */
function admittances(network: BusBranchNetwork, rowOf: Int32Array, n: number) {
  const g = new Float64Array(n * n)
  const b = new Float64Array(n * n)
  const add = (row: number, column: number, re: number, im: number) => {
    g[row * n + column] += re
    b[row * n + column] += im
  }
  for (let bus = 0; bus < rowOf.length; bus++) {
    if (rowOf[bus] >= 0) add(rowOf[bus], rowOf[bus], network.gPu[bus], network.bPu[bus])
  }
  const { branches } = network
  for (let k = 0; k < branches.from.length; k++) {
    const from = rowOf[branches.from[k]]
    const to = rowOf[branches.to[k]]
    if (!isBranchLive(network, k) || from < 0 || to < 0) continue
    if (isJoint(network, k)) {
      add(from, from, 0, branches.bPu[k])
      continue
    }
    const r = branches.rPu[k]
    const x = branches.xPu[k]
    const z2 = r * r + x * x
    if (z2 === 0)
      throw new Error(
        `power flow: transformer ${k + 1} has no impedance, which only a radial network may have`,
      )
    const yr = r / z2
    const yi = -x / z2
    const tr = branches.tapRe[k]
    const ti = branches.tapIm[k]
    const t2 = tr * tr + ti * ti
    const half = branches.bPu[k] / 2
    add(from, from, yr / t2, (yi + half) / t2)
    add(to, to, yr, yi + half)
    // −y / conj(t) from the tap's side, −y / t from the other
    add(from, to, -(yr * tr - yi * ti) / t2, -(yr * ti + yi * tr) / t2)
    add(to, from, -(yr * tr + yi * ti) / t2, -(yi * tr - yr * ti) / t2)
  }
  return { g, b }
}

/** Fills the Jacobian and the right side at the voltages e + jf; returns the largest mismatch. */
function linearise(
  rows: Rows,
  g: Float64Array,
  b: Float64Array,
  e: Float64Array,
  f: Float64Array,
  matrix: Float64Array,
  right: Float64Array,
): number {
  const n = rows.pPu.length
  const size = 2 * n
  let worst = 0
  matrix.fill(0)
  for (let i = 0; i < n; i++) {
    const rowP = 2 * i * size
    const rowQ = rowP + size
    if (rows.isSource[i]) {
      matrix[rowP + 2 * i] = 1
      matrix[rowQ + 2 * i + 1] = 1
      right[2 * i] = 0
      right[2 * i + 1] = 0
      continue
    }
    let ir = 0
    let ii = 0
    for (let j = 0; j < n; j++) {
      const gij = g[i * n + j]
      const bij = b[i * n + j]
      if (gij === 0 && bij === 0) continue
      ir += gij * e[j] - bij * f[j]
      ii += gij * f[j] + bij * e[j]
      matrix[rowP + 2 * j] = e[i] * gij + f[i] * bij
      matrix[rowP + 2 * j + 1] = f[i] * gij - e[i] * bij
      matrix[rowQ + 2 * j] = f[i] * gij - e[i] * bij
      matrix[rowQ + 2 * j + 1] = -f[i] * bij - e[i] * gij
    }
    matrix[rowP + 2 * i] += ir
    matrix[rowP + 2 * i + 1] += ii
    const lackingP = -rows.pPu[i] - (e[i] * ir + f[i] * ii)
    let lackingQ: number
    const held = rows.heldPu[i]
    if (held > 0) {
      lackingQ = held * held - (e[i] * e[i] + f[i] * f[i])
      for (let j = 0; j < size; j++) matrix[rowQ + j] = 0
      matrix[rowQ + 2 * i] = 2 * e[i]
      matrix[rowQ + 2 * i + 1] = 2 * f[i]
    } else {
      lackingQ = -rows.qPu[i] - (f[i] * ir - e[i] * ii)
      matrix[rowQ + 2 * i] -= ii
      matrix[rowQ + 2 * i + 1] += ir
    }
    right[2 * i] = lackingP
    right[2 * i + 1] = lackingQ
    const here = Math.max(Math.abs(lackingP), Math.abs(lackingQ))
    if (here > worst || here !== here) worst = here
  }
  return worst
}

/** Gaussian elimination with partial pivoting, in place; the solution lies in `right`. False when singular. */
function solveDense(matrix: Float64Array, right: Float64Array, size: number): boolean {
  for (let column = 0; column < size; column++) {
    let pivot = column
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(matrix[row * size + column]) > Math.abs(matrix[pivot * size + column])) pivot = row
    }
    if (!(Math.abs(matrix[pivot * size + column]) > 1e-14)) return false
    if (pivot !== column) {
      for (let j = column; j < size; j++) {
        const kept = matrix[pivot * size + j]
        matrix[pivot * size + j] = matrix[column * size + j]
        matrix[column * size + j] = kept
      }
      const kept = right[pivot]
      right[pivot] = right[column]
      right[column] = kept
    }
    const base = column * size
    const inverse = 1 / matrix[base + column]
    for (let row = column + 1; row < size; row++) {
      const factor = matrix[row * size + column] * inverse
      if (factor === 0) continue
      const at = row * size
      for (let j = column + 1; j < size; j++) matrix[at + j] -= factor * matrix[base + j]
      right[row] -= factor * right[column]
    }
  }
  for (let row = size - 1; row >= 0; row--) {
    let sum = right[row]
    for (let j = row + 1; j < size; j++) sum -= matrix[row * size + j] * right[j]
    right[row] = sum / matrix[row * size + row]
  }
  return true
}
