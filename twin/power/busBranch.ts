/** A network of buses and branches as outside formats give it: in any order, per unit on one base. */

export interface BusBranchNetwork {
  /** Power drawn at each bus: load less generation. */
  readonly pPu: Float64Array
  readonly qPu: Float64Array
  readonly gPu: Float64Array
  readonly bPu: Float64Array
  /** 1: a source of fixed voltage. */
  readonly isSource: Uint8Array
  readonly sourceRe: Float64Array
  readonly sourceIm: Float64Array
  /** The voltage a generator holds at this bus with reactive power, or 0. */
  readonly heldPu: Float64Array
  /** 1: taken out; its branches carry nothing. */
  readonly isOut: Uint8Array
  /** A line or transformer as MATPOWER has it: the ideal tap at `from`, then series impedance with half the charging at either end. */
  readonly branches: {
    readonly from: Int32Array
    readonly to: Int32Array
    readonly rPu: Float64Array
    readonly xPu: Float64Array
    readonly bPu: Float64Array
    readonly tapRe: Float64Array
    readonly tapIm: Float64Array
    readonly isClosed: Uint8Array
  }
}

/** Whether branch `k` is closed between two buses in service. */
export function isBranchLive(network: BusBranchNetwork, k: number): boolean {
  const { from, to, isClosed } = network.branches
  return isClosed[k] === 1 && network.isOut[from[k]] === 0 && network.isOut[to[k]] === 0
}
