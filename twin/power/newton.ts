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

/**
 * Solves the energized buses of `network`, starting flat, to a power mismatch of `tolerancePu`. Throws when there are
 * more than MAX_DENSE_BUSES of them or when a branch has no impedance.
 */
export function solveNewton(
  network: BusBranchNetwork,
  isEnergized: Uint8Array,
  tolerancePu: number,
): NewtonOutcome {
  const count = network.pPu.length
  const rowOf = new Int32Array(count).fill(-1)
  const busOf: number[] = []
  for (let bus = 0; bus < count; bus++) {
    if (isEnergized[bus] === 0) continue
    rowOf[bus] = busOf.length
    busOf.push(bus)
  }
  const n = busOf.length
  if (n > MAX_DENSE_BUSES) {
    throw new Error(
      `power flow: ${n} buses with loops or held voltages, at most ${MAX_DENSE_BUSES} are solved`,
    )
  }
  const { g, b } = admittances(network, rowOf, n)
  const vRe = new Float64Array(count)
  const vIm = new Float64Array(count)
  const e = new Float64Array(n)
  const f = new Float64Array(n)
  const flat = network.isSource.findIndex((is, bus) => is === 1 && isEnergized[bus] === 1)
  for (let i = 0; i < n; i++) {
    const from = network.isSource[busOf[i]] === 1 ? busOf[i] : flat
    e[i] = network.sourceRe[from]
    f[i] = network.sourceIm[from]
  }
  let iterations = 0
  let mismatchPu = Infinity
  const size = 2 * n
  const matrix = new Float64Array(size * size)
  const right = new Float64Array(size)
  for (; iterations <= MAX_STEPS; iterations++) {
    mismatchPu = linearise(network, busOf, g, b, e, f, matrix, right)
    if (mismatchPu <= tolerancePu || !Number.isFinite(mismatchPu) || iterations === MAX_STEPS) break
    if (!solveDense(matrix, right, size)) break
    for (let i = 0; i < n; i++) {
      e[i] += right[2 * i]
      f[i] += right[2 * i + 1]
    }
  }
  for (let i = 0; i < n; i++) {
    vRe[busOf[i]] = e[i]
    vIm[busOf[i]] = f[i]
  }
  return { isConverged: mismatchPu <= tolerancePu, iterations, mismatchPu, vRe, vIm }
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
    const r = branches.rPu[k]
    const x = branches.xPu[k]
    const z2 = r * r + x * x
    if (z2 === 0)
      throw new Error(`power flow: branch ${k + 1} has no impedance, which only a radial network may have`)
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
  network: BusBranchNetwork,
  busOf: readonly number[],
  g: Float64Array,
  b: Float64Array,
  e: Float64Array,
  f: Float64Array,
  matrix: Float64Array,
  right: Float64Array,
): number {
  const n = busOf.length
  const size = 2 * n
  let worst = 0
  matrix.fill(0)
  for (let i = 0; i < n; i++) {
    const bus = busOf[i]
    const rowP = 2 * i * size
    const rowQ = rowP + size
    if (network.isSource[bus] === 1) {
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
    const lackingP = -network.pPu[bus] - (e[i] * ir + f[i] * ii)
    let lackingQ: number
    const held = network.heldPu[bus]
    if (held > 0) {
      lackingQ = held * held - (e[i] * e[i] + f[i] * f[i])
      for (let j = 0; j < size; j++) matrix[rowQ + j] = 0
      matrix[rowQ + 2 * i] = 2 * e[i]
      matrix[rowQ + 2 * i + 1] = 2 * f[i]
    } else {
      lackingQ = -network.qPu[bus] - (f[i] * ir - e[i] * ii)
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
