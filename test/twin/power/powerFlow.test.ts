/** The power flow: sweeps against dense Newton, conservation, limits. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isBranchLive, type BusBranchNetwork } from '../../../twin/power/busBranch.ts'
import { solveNewton } from '../../../twin/power/newton.ts'
import { lineLosses, makeTreeState, setFlatStart, sweep } from '../../../twin/power/powerFlow.ts'
import { solvePowerFlow, type PowerFlow } from '../../../twin/power/powerNetwork.ts'

interface Drawn {
  parent: number
  r: number
  x: number
  charging: number
  tap: number
  shift: number
  isReversed: boolean
  p: number
  q: number
  shunt: number
}

/** A random tree: bus 0 is the source, each other bus hangs from one before it. */
function treeNetwork(rows: readonly Drawn[]): BusBranchNetwork {
  const n = rows.length + 1
  const parent = rows.map((row, i) => row.parent % (i + 1))
  const f = (pick: (row: Drawn) => number) => Float64Array.from([0, ...rows.map(pick)])
  const b = (pick: (row: Drawn) => number) => Float64Array.from(rows.map(pick))
  return {
    pPu: f((row) => row.p),
    qPu: f((row) => row.q),
    gPu: new Float64Array(n),
    bPu: f((row) => row.shunt),
    isSource: Uint8Array.from({ length: n }, (_, i) => (i === 0 ? 1 : 0)),
    sourceRe: new Float64Array(n).fill(1.02),
    sourceIm: new Float64Array(n).fill(0.01),
    heldPu: new Float64Array(n),
    isOut: new Uint8Array(n),
    branches: {
      from: Int32Array.from(rows, (row, i) => (row.isReversed ? i + 1 : parent[i])),
      to: Int32Array.from(rows, (row, i) => (row.isReversed ? parent[i] : i + 1)),
      rPu: b((row) => row.r),
      xPu: b((row) => row.x),
      bPu: b((row) => row.charging),
      tapRe: b((row) => row.tap),
      tapIm: b((row) => row.shift),
      isClosed: new Uint8Array(rows.length).fill(1),
    },
  }
}

const amount = (min: number, max: number) => fc.double({ min, max, noNaN: true })
const drawn: fc.Arbitrary<Drawn> = fc.record({
  parent: fc.nat(1000),
  r: amount(0.0001, 0.02),
  x: amount(0.0001, 0.02),
  charging: amount(0, 0.01),
  tap: fc.oneof(fc.constant(1), amount(0.95, 1.05)),
  shift: fc.oneof(fc.constant(0), amount(-0.1, 0.1)),
  isReversed: fc.boolean(),
  p: amount(-0.1, 0.2),
  q: amount(-0.1, 0.1),
  shunt: amount(0, 0.05),
})
const trees = fc.array(drawn, { minLength: 1, maxLength: 12 }).map(treeNetwork)

/** Power given by the source, from the currents of all that hangs at it. */
function sourcePower(network: BusBranchNetwork, flow: PowerFlow): { p: number; q: number } {
  let p = 0
  let q = 0
  for (let bus = 0; bus < network.pPu.length; bus++) {
    const v2 = flow.vRe[bus] ** 2 + flow.vIm[bus] ** 2
    p += network.pPu[bus] + network.gPu[bus] * v2
    q += network.qPu[bus] - network.bPu[bus] * v2
  }
  const { branches } = network
  for (let k = 0; k < branches.from.length; k++) {
    if (!isBranchLive(network, k)) continue
    const t2 = branches.tapRe[k] ** 2 + branches.tapIm[k] ** 2
    const from2 = (flow.vRe[branches.from[k]] ** 2 + flow.vIm[branches.from[k]] ** 2) / t2
    const to2 = flow.vRe[branches.to[k]] ** 2 + flow.vIm[branches.to[k]] ** 2
    q -= (branches.bPu[k] / 2) * (from2 + to2)
  }
  return { p: p + flow.lossPPu, q: q + flow.lossQPu }
}

describe('power flow', () => {
  it('of a tree is the same by sweeps and by dense Newton, with taps, charging and shunts', () => {
    fc.assert(
      fc.property(trees, (network) => {
        const swept = solvePowerFlow(network, 1e-11)
        const newton = solveNewton(network, swept.isEnergized, 1e-11)
        if (!swept.isConverged || !newton.isConverged) return
        expect(swept.method).toBe('sweep')
        for (let bus = 0; bus < network.pPu.length; bus++) {
          expect(swept.vRe[bus]).toBeCloseTo(newton.vRe[bus], 8)
          expect(swept.vIm[bus]).toBeCloseTo(newton.vIm[bus], 8)
        }
      }),
      { numRuns: 150, seed: 3 },
    )
  })

  it('settles on nearly every such tree', () => {
    const all = fc.sample(trees, { numRuns: 100, seed: 5 })
    const settled = all.filter((network) => solvePowerFlow(network).method === 'sweep')
    expect(settled.length).toBeGreaterThan(95)
  })

  it('conserves: what the source gives is load and losses', () => {
    fc.assert(
      fc.property(trees, (network) => {
        const flow = solvePowerFlow(network, 1e-11)
        if (!flow.isConverged) return
        // The source's own bus draws nothing here, so all flows through the branches at bus 0.
        const { p, q } = sourcePower(network, flow)
        const given = givenAt(network, flow, 0)
        expect(given.p).toBeCloseTo(p, 8)
        expect(given.q).toBeCloseTo(q, 8)
      }),
      { numRuns: 100, seed: 7 },
    )
  })

  it('does not change when the base of the per-unit system does', () => {
    fc.assert(
      fc.property(trees, amount(0.1, 20), (network, factor) => {
        const scale = (column: Float64Array, by: number) => column.map((value) => value * by)
        const other: BusBranchNetwork = {
          ...network,
          pPu: scale(network.pPu, 1 / factor),
          qPu: scale(network.qPu, 1 / factor),
          bPu: scale(network.bPu, 1 / factor),
          branches: {
            ...network.branches,
            rPu: scale(network.branches.rPu, factor),
            xPu: scale(network.branches.xPu, factor),
            bPu: scale(network.branches.bPu, 1 / factor),
          },
        }
        const one = solvePowerFlow(network, 1e-11)
        const two = solvePowerFlow(other, 1e-11)
        if (!one.isConverged || !two.isConverged) return
        expect(two.lossPPu * factor).toBeCloseTo(one.lossPPu, 7)
        for (let bus = 0; bus < one.vRe.length; bus++) expect(two.vRe[bus]).toBeCloseTo(one.vRe[bus], 7)
      }),
      { numRuns: 60, seed: 11 },
    )
  })

  it('from a warm start finds the same voltages in fewer sweeps', () => {
    const rows = 400
    const tree = {
      parent: Int32Array.from({ length: rows }, (_, i) =>
        i === 0 ? -1 : Math.floor((i - 1) / 2) * 2 - (i > 2 ? 1 : 0),
      ),
      rPu: new Float64Array(rows).fill(0.001),
      xPu: new Float64Array(rows).fill(0.0008),
      gPu: new Float64Array(rows),
      bPu: new Float64Array(rows),
    }
    for (let i = 1; i < rows; i++) tree.parent[i] = i - 1 - ((i * 7) % Math.min(i, 3))
    const state = makeTreeState(rows)
    state.pPu.fill(0.001)
    state.qPu.fill(0.0003)
    state.vRe[0] = 1
    setFlatStart(tree, state, 0, rows)
    const cold = sweep(tree, state, 0, rows)
    const before = state.vRe.slice()
    state.pPu.fill(0.00101)
    sweep(tree, state, 0, rows)
    state.pPu.fill(0.001)
    const warm = sweep(tree, state, 0, rows)
    expect(cold.isConverged && warm.isConverged).toBe(true)
    expect(warm.iterations).toBeLessThan(cold.iterations)
    for (let i = 0; i < rows; i++) expect(state.vRe[i]).toBeCloseTo(before[i], 8)
    const given = state.vRe[0] * state.jRe[0] + state.vIm[0] * state.jIm[0]
    expect(given).toBeCloseTo(lineLosses(tree, state, 0, rows).pPu + 0.001 * rows, 9)
  })

  it('of two buses is the root of the quadratic', () => {
    const network = treeNetwork([
      { parent: 0, r: 0.05, x: 0, charging: 0, tap: 1, shift: 0, isReversed: false, p: 1, q: 0, shunt: 0 },
    ])
    network.sourceRe.fill(1)
    network.sourceIm.fill(0)
    expect(solvePowerFlow(network).vRe[1]).toBeCloseTo((1 + Math.sqrt(1 - 4 * 0.05)) / 2, 9)
  })

  it('beyond the limit of transmission says that there is no solution', () => {
    const network = treeNetwork([
      { parent: 0, r: 0.05, x: 0, charging: 0, tap: 1, shift: 0, isReversed: false, p: 6, q: 0, shunt: 0 },
    ])
    expect(solvePowerFlow(network).isConverged).toBe(false)
  })

  it('leaves an island without source at zero volts', () => {
    const network = treeNetwork(
      [0, 1, 1].map((parent) => ({
        parent, r: 0.01, x: 0.01, charging: 0, tap: 1, shift: 0, isReversed: false, p: 0.1, q: 0, shunt: 0,
      })), // prettier-ignore
    )
    network.branches.isClosed[1] = 0
    const flow = solvePowerFlow(network)
    expect([...flow.isEnergized]).toEqual([1, 1, 0, 1])
    expect(flow.vRe[2]).toBe(0)
  })

  it('of a loop is solved by Newton, and current shares by impedance', () => {
    const line = { charging: 0, tap: 1, shift: 0, isReversed: false, shunt: 0, r: 0.01, x: 0.02 }
    const network = treeNetwork([
      { ...line, parent: 0, p: 0, q: 0 },
      { ...line, parent: 0, p: 0, q: 0 },
      { ...line, parent: 1, p: 0.3, q: 0.1 },
    ])
    const { from, to, isClosed } = network.branches
    const looped: BusBranchNetwork = {
      ...network,
      branches: {
        from: Int32Array.from([...from, 2]),
        to: Int32Array.from([...to, 3]),
        rPu: new Float64Array(4).fill(0.01),
        xPu: new Float64Array(4).fill(0.02),
        bPu: new Float64Array(4),
        tapRe: new Float64Array(4).fill(1),
        tapIm: new Float64Array(4),
        isClosed: Uint8Array.from([...isClosed, 1]),
      },
    }
    const flow = solvePowerFlow(looped)
    expect(flow.isConverged && flow.method === 'newton').toBe(true)
    expect(flow.vRe[1]).toBeCloseTo(flow.vRe[2], 9)
  })

  it.for([0, 1e-12, 2e-9, 1e-8])('of a loop with a line of %f pu is solved', (small) => {
    const line = { charging: 0.01, tap: 1, shift: 0, isReversed: false, shunt: 0, r: 0.01, x: 0.02 }
    const tree = treeNetwork([
      { ...line, parent: 0, p: 0.1, q: 0 },
      { ...line, parent: 1, p: 0.3, q: 0.1 },
      { ...line, parent: 2, p: 0.2, q: 0.1 },
      { ...line, parent: 1, p: 0.2, q: 0.1 },
    ])
    const { branches } = tree
    const ring: BusBranchNetwork = {
      ...tree,
      branches: {
        from: Int32Array.from([...branches.from, 3]),
        to: Int32Array.from([...branches.to, 4]),
        rPu: Float64Array.from([small, 0.01, 0.01, 0.01, 0.03]),
        xPu: Float64Array.from([small, 0.02, 0.02, 0.02, 0.06]),
        bPu: Float64Array.from([...branches.bPu, 0]),
        tapRe: Float64Array.from([...branches.tapRe, 1]),
        tapIm: Float64Array.from([...branches.tapIm, 0]),
        isClosed: Uint8Array.from([...branches.isClosed, 1]),
      },
    }
    const flow = solvePowerFlow(ring)
    expect(flow.isConverged && flow.method === 'newton').toBe(true)
    expect(flow.mismatchPu).toBeLessThan(1e-7)
    expect(flow.vRe[1]).toBeCloseTo(flow.vRe[0], 6)
    const plain = solvePowerFlow({
      ...ring,
      branches: { ...ring.branches, rPu: ring.branches.rPu.with(0, 1e-6) },
    })
    expect(flow.lossPPu).toBeCloseTo(plain.lossPPu, 5)
    expect(flow.vRe[4]).toBeCloseTo(plain.vRe[4], 5)
  })

  it('with a held voltage loses as much behind a transformer that turns by 150°', () => {
    const line = { charging: 0.01, tap: 1, shift: 0, isReversed: false, shunt: 0, r: 0.01, x: 0.02 }
    const flows = [
      [1, 0],
      [-Math.sqrt(0.75), 0.5],
    ].map(([tap, shift]) => {
      const tree = treeNetwork([
        { ...line, tap, shift, parent: 0, p: 0.1, q: 0 },
        { ...line, parent: 1, p: 0.3, q: 0.1 },
        { ...line, parent: 1, p: 0.2, q: 0.1 },
      ])
      tree.heldPu[3] = 1.01
      return solvePowerFlow(tree)
    })
    expect(flows[1].isConverged && flows[1].method === 'newton').toBe(true)
    expect(flows[1].lossPPu).toBeCloseTo(flows[0].lossPPu, 9)
  })

  it('holds the voltage where a generator does', () => {
    const network = treeNetwork([
      {
        parent: 0,
        r: 0.01,
        x: 0.05,
        charging: 0,
        tap: 1,
        shift: 0,
        isReversed: false,
        p: 0.5,
        q: 0.2,
        shunt: 0,
      },
    ])
    network.heldPu[1] = 1.03
    const flow = solvePowerFlow(network)
    expect(flow.isConverged).toBe(true)
    expect(Math.sqrt(flow.vRe[1] ** 2 + flow.vIm[1] ** 2)).toBeCloseTo(1.03, 8)
  })
})

/** What flows out of `bus` into its branches, plus what is drawn there. */
function givenAt(network: BusBranchNetwork, flow: PowerFlow, bus: number): { p: number; q: number } {
  const { branches } = network
  const v2 = flow.vRe[bus] ** 2 + flow.vIm[bus] ** 2
  let p = network.pPu[bus] + network.gPu[bus] * v2
  let q = network.qPu[bus] - network.bPu[bus] * v2
  for (let k = 0; k < branches.from.length; k++) {
    const isFrom = branches.from[k] === bus
    if (!isFrom && branches.to[k] !== bus) continue
    const other = isFrom ? branches.to[k] : branches.from[k]
    const [tr, ti] = [branches.tapRe[k], branches.tapIm[k]]
    const t2 = tr * tr + ti * ti
    // Voltages on the inner side of the ideal tap.
    const inner = (b: number): [number, number] =>
      b === branches.from[k]
        ? [(flow.vRe[b] * tr + flow.vIm[b] * ti) / t2, (flow.vIm[b] * tr - flow.vRe[b] * ti) / t2]
        : [flow.vRe[b], flow.vIm[b]]
    const [ar, ai] = inner(bus)
    const [br, bi] = inner(other)
    const z2 = branches.rPu[k] ** 2 + branches.xPu[k] ** 2
    const [dr, di] = [ar - br, ai - bi]
    const half = branches.bPu[k] / 2
    const ir = (dr * branches.rPu[k] + di * branches.xPu[k]) / z2 - half * ai
    const ii = (di * branches.rPu[k] - dr * branches.xPu[k]) / z2 + half * ar
    p += ar * ir + ai * ii
    q += ai * ir - ar * ii
  }
  return { p, q }
}
