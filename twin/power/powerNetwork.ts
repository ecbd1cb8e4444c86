/**
 * The power flow of a network of buses and branches in any order: a forest is ordered and swept, anything else goes to
 * Newton's method. Everything is per unit on one base.
 */
import { isBranchLive, type BusBranchNetwork } from './busBranch.ts'
import { isJoint, solveNewton } from './newton.ts'
import {
  DEFAULT_TOLERANCE_PU,
  lineLosses,
  makeTreeState,
  setFlatStart,
  sweep,
  type RadialTree,
} from './powerFlow.ts'

export interface PowerFlow {
  readonly isConverged: boolean
  readonly method: 'sweep' | 'newton'
  readonly iterations: number
  readonly mismatchPu: number
  /** By bus; zero where no source reaches. */
  readonly vRe: Float64Array
  readonly vIm: Float64Array
  readonly isEnergized: Uint8Array
  /** Lost in the series impedances. */
  readonly lossPPu: number
  readonly lossQPu: number
}

/**
 * Solves the network: by sweeps where every energized part is a tree below one source, else, and when the sweeps do not
 * settle, by Newton's method. Buses that no source reaches stay at zero. Throws when there is no source or the network
 * is neither radial nor small enough; a solution that was not found is said in `isConverged`, never left out.
 */
export function solvePowerFlow(network: BusBranchNetwork, tolerancePu = DEFAULT_TOLERANCE_PU): PowerFlow {
  if (!network.isSource.some((is, bus) => is === 1 && network.isOut[bus] === 0)) {
    throw new Error('power flow: no bus in service is a source')
  }
  const order = orderForest(network)
  const isHeld = network.heldPu.some((held, bus) => held > 0 && order.isEnergized[bus] === 1)
  if (order.isForest && !isHeld) {
    const swept = sweepForest(network, order, tolerancePu)
    if (swept.isConverged) return swept
    const isWorthNewton = order.busOf.length <= 400
    const { rPu, xPu } = network.branches
    const isSolvable = isWorthNewton && rPu.every((r, k) => r !== 0 || xPu[k] !== 0 || isJoint(network, k))
    if (!isSolvable) return swept
  }
  const solved = solveNewton(network, order.isEnergized, tolerancePu)
  const { lossPPu, lossQPu } = seriesLosses(network, solved.vRe, solved.vIm, order.isEnergized)
  return { ...solved, method: 'newton', isEnergized: order.isEnergized, lossPPu, lossQPu }
}

interface ForestOrder {
  readonly isForest: boolean
  /** Bus of each row, depth-first preorder. */
  readonly busOf: number[]
  readonly parentRow: number[]
  /** Branch from the parent, −1 at a source. */
  readonly branchOf: number[]
  readonly isEnergized: Uint8Array
}

/** Walks down from every source; a bus reached twice, or a source reached from another, means a loop. */
function orderForest(network: BusBranchNetwork): ForestOrder {
  const { from, to } = network.branches
  const count = network.pPu.length
  const firstOf = new Int32Array(count + 1)
  for (let k = 0; k < from.length; k++) {
    if (!isBranchLive(network, k)) continue
    firstOf[from[k] + 1]++
    firstOf[to[k] + 1]++
  }
  for (let bus = 0; bus < count; bus++) firstOf[bus + 1] += firstOf[bus]
  const next = firstOf.slice()
  const branchAt = new Int32Array(firstOf[count])
  for (let k = from.length - 1; k >= 0; k--) {
    if (!isBranchLive(network, k)) continue
    branchAt[next[from[k]]++] = k
    branchAt[next[to[k]]++] = k
  }
  const isEnergized = new Uint8Array(count)
  const busOf: number[] = []
  const parentRow: number[] = []
  const branchOf: number[] = []
  let isForest = true
  for (let source = 0; source < count; source++) {
    if (network.isSource[source] === 0 || network.isOut[source] === 1) continue
    if (isEnergized[source] === 1) {
      isForest = false
      continue
    }
    const stack = [{ bus: source, parent: -1, branch: -1 }]
    while (stack.length > 0) {
      const { bus, parent, branch } = stack.pop()!
      if (isEnergized[bus] === 1) {
        isForest = false
        continue
      }
      if (parent >= 0 && network.isSource[bus] === 1) isForest = false
      isEnergized[bus] = 1
      const row = busOf.length
      busOf.push(bus)
      parentRow.push(parent)
      branchOf.push(branch)
      for (let at = firstOf[bus]; at < firstOf[bus + 1]; at++) {
        const k = branchAt[at]
        if (k === branch) continue
        stack.push({ bus: from[k] === bus ? to[k] : from[k], parent: row, branch: k })
      }
    }
  }
  return { isForest, busOf, parentRow, branchOf, isEnergized }
}

/**
 * Refers every bus to the source above it, V = s W, so that the ideal transformers vanish: the sweep finds W.
 * With the tap t at the parent's end s = s(parent) / t, at the child's end s = s(parent) t; impedances divide by |s|² of
 * the side they are on, admittances multiply by it, powers stay.
 */
function sweepForest(network: BusBranchNetwork, order: ForestOrder, tolerancePu: number): PowerFlow {
  const { busOf, parentRow, branchOf, isEnergized } = order
  const { branches } = network
  const rows = busOf.length
  const tree: RadialTree = {
    parent: Int32Array.from(parentRow),
    rPu: new Float64Array(rows),
    xPu: new Float64Array(rows),
    gPu: new Float64Array(rows),
    bPu: new Float64Array(rows),
  }
  const state = makeTreeState(rows)
  const sRe = new Float64Array(rows).fill(1)
  const sIm = new Float64Array(rows)
  for (let row = 0; row < rows; row++) {
    const bus = busOf[row]
    state.pPu[row] = network.pPu[bus]
    state.qPu[row] = network.qPu[bus]
    const above = parentRow[row]
    if (above < 0) {
      state.vRe[row] = network.sourceRe[bus]
      state.vIm[row] = network.sourceIm[bus]
    } else {
      const k = branchOf[row]
      const tr = branches.tapRe[k]
      const ti = branches.tapIm[k]
      const t2 = tr * tr + ti * ti
      const isTapAbove = branches.from[k] === busOf[above]
      if (isTapAbove) {
        sRe[row] = (sRe[above] * tr + sIm[above] * ti) / t2
        sIm[row] = (sIm[above] * tr - sRe[above] * ti) / t2
      } else {
        sRe[row] = sRe[above] * tr - sIm[above] * ti
        sIm[row] = sIm[above] * tr + sRe[above] * ti
      }
      const side = isTapAbove ? row : above
      const side2 = sRe[side] * sRe[side] + sIm[side] * sIm[side]
      tree.rPu[row] = branches.rPu[k] / side2
      tree.xPu[row] = branches.xPu[k] / side2
      const half = (branches.bPu[k] / 2) * side2
      tree.bPu[row] += half
      tree.bPu[above] += half
    }
    const s2 = sRe[row] * sRe[row] + sIm[row] * sIm[row]
    tree.gPu[row] += network.gPu[bus] * s2
    tree.bPu[row] += network.bPu[bus] * s2
  }
  setFlatStart(tree, state, 0, rows)
  const outcome = sweep(tree, state, 0, rows, tolerancePu)
  const vRe = new Float64Array(isEnergized.length)
  const vIm = new Float64Array(isEnergized.length)
  for (let row = 0; row < rows; row++) {
    vRe[busOf[row]] = sRe[row] * state.vRe[row] - sIm[row] * state.vIm[row]
    vIm[busOf[row]] = sRe[row] * state.vIm[row] + sIm[row] * state.vRe[row]
  }
  const losses = lineLosses(tree, state, 0, rows)
  return { ...outcome, method: 'sweep', vRe, vIm, isEnergized, lossPPu: losses.pPu, lossQPu: losses.qPu }
}

function seriesLosses(
  network: BusBranchNetwork,
  vRe: Float64Array,
  vIm: Float64Array,
  isEnergized: Uint8Array,
): { lossPPu: number; lossQPu: number } {
  const { from, to, rPu, xPu, tapRe, tapIm } = network.branches
  let lossPPu = 0
  let lossQPu = 0
  for (let k = 0; k < from.length; k++) {
    const a = from[k]
    const b = to[k]
    if (!isBranchLive(network, k) || isEnergized[a] === 0 || isJoint(network, k)) continue
    const t2 = tapRe[k] * tapRe[k] + tapIm[k] * tapIm[k]
    const re = (vRe[a] * tapRe[k] + vIm[a] * tapIm[k]) / t2 - vRe[b]
    const im = (vIm[a] * tapRe[k] - vRe[a] * tapIm[k]) / t2 - vIm[b]
    const square = (re * re + im * im) / (rPu[k] * rPu[k] + xPu[k] * xPu[k])
    lossPPu += square * rPu[k]
    lossQPu += square * xPu[k]
  }
  return { lossPPu, lossQPu }
}
