/** The lines of a feeder: each the smallest cable that carries its peak, then thicker ones until the first day's voltages hold. */
import { CLASS_COUNT, REACTIVE_RATIOS } from '../../twin/power/load.ts'
import { makeTreeState, setFlatStart, sweep, type RadialTree } from '../../twin/power/powerFlow.ts'

interface Conductor {
  readonly rOhmPerKm: number
  readonly xOhmPerKm: number
  readonly ratedA: number
}

/**
 * Buried aluminium cables of 50 to 630 mm²: resistance at 20 °C by IEC 60228, at 65 °C by its temperature coefficient of
 * 0.00403; reactance and rating as makers list them for trefoil in ground (typical, assumed). Then parallel cables.
 */
const WARM = 1 + 0.00403 * 45
const SINGLE: readonly Conductor[] = [
  { rOhmPerKm: 0.641 * WARM, xOhmPerKm: 0.137, ratedA: 145 },
  { rOhmPerKm: 0.32 * WARM, xOhmPerKm: 0.123, ratedA: 215 },
  { rOhmPerKm: 0.206 * WARM, xOhmPerKm: 0.114, ratedA: 275 },
  { rOhmPerKm: 0.125 * WARM, xOhmPerKm: 0.106, ratedA: 360 },
  { rOhmPerKm: 0.0778 * WARM, xOhmPerKm: 0.098, ratedA: 465 },
  { rOhmPerKm: 0.0469 * WARM, xOhmPerKm: 0.092, ratedA: 600 },
]
const CONDUCTORS: readonly Conductor[] = [...SINGLE, ...[2, 3, 4, 6, 8].map((n) => parallel(SINGLE[5], n))]

/** Peak current over rating that a new line is chosen for. Assumed. */
const DESIGN_LOADING = 0.75
/** What the first day's worst hour must keep, with a little room above the 0.95 pu of the standard. */
export const DESIGN_MIN_PU = 0.955
const DESIGN_MAX_LOADING = 0.9
/** Voltage kept at the substation's busbar by its tap changer. Assumed. */
export const SOURCE_PU = 1.02
/** Base of the per-unit system, VA. */
export const BASE_VA = 1e6

export interface FeederLines {
  readonly rOhm: Float64Array
  readonly xOhm: Float64Array
  readonly ratedA: Float64Array
  /** Lowest voltage and highest loading over the worst hours, after choosing. */
  readonly minVoltagePu: number
  readonly maxLoading: number
}

/** `parent` and `lengthM` by bus, `whPerYear` by class and bus; `hours` are the worst ones. */
export function chooseLines(
  parent: Int32Array,
  lengthM: Float64Array,
  whPerYear: readonly Float64Array[],
  hours: readonly Float64Array[],
  nominalV: number,
): FeederLines {
  const count = parent.length
  const size = new Uint8Array(count)
  const peakA = peakCurrents(parent, whPerYear, hours, nominalV)
  for (let bus = 1; bus < count; bus++) {
    while (size[bus] < CONDUCTORS.length - 1 && peakA[bus] > DESIGN_LOADING * CONDUCTORS[size[bus]].ratedA)
      size[bus]++
  }
  for (;;) {
    const lines = linesOf(size, lengthM)
    const found = solveWorst(parent, lines, whPerYear, hours, nominalV)
    const isMore = thicken(size, parent, found)
    if (!isMore) return { ...lines, minVoltagePu: found.minVoltagePu, maxLoading: found.maxLoading }
  }
}

interface WorstHour {
  readonly minVoltagePu: number
  readonly minBus: number
  readonly maxLoading: number
  readonly overloaded: readonly number[]
}

/** One size more for what is overloaded and, on the way to the lowest voltage, for the thinnest; false when all is well or nothing thicker is left. */
function thicken(size: Uint8Array, parent: Int32Array, found: WorstHour): boolean {
  let isMore = false
  const grow = (bus: number) => {
    if (size[bus] >= CONDUCTORS.length - 1) return
    size[bus]++
    isMore = true
  }
  found.overloaded.forEach(grow)
  if (found.minVoltagePu < DESIGN_MIN_PU) {
    let thinnest = Infinity
    for (let bus = found.minBus; parent[bus] >= 0; bus = parent[bus]) thinnest = Math.min(thinnest, size[bus])
    for (let bus = found.minBus; parent[bus] >= 0; bus = parent[bus]) if (size[bus] === thinnest) grow(bus)
  }
  return isMore
}

function solveWorst(
  parent: Int32Array,
  lines: Pick<FeederLines, 'rOhm' | 'xOhm' | 'ratedA'>,
  whPerYear: readonly Float64Array[],
  hours: readonly Float64Array[],
  nominalV: number,
): WorstHour {
  const count = parent.length
  const baseOhm = (nominalV * nominalV) / BASE_VA
  const baseA = BASE_VA / (Math.sqrt(3) * nominalV)
  const tree: RadialTree = {
    parent,
    rPu: lines.rOhm.map((ohm) => ohm / baseOhm),
    xPu: lines.xOhm.map((ohm) => ohm / baseOhm),
    gPu: new Float64Array(count),
    bPu: new Float64Array(count),
  }
  const state = makeTreeState(count)
  let minVoltagePu = Infinity
  let minBus = 0
  let maxLoading = 0
  const overloaded = new Set<number>()
  for (const hour of hours) {
    setLoads(state.pPu, state.qPu, whPerYear, hour)
    state.vRe[0] = SOURCE_PU
    setFlatStart(tree, state, 0, count)
    const { isConverged } = sweep(tree, state, 0, count)
    for (let bus = 1; bus < count; bus++) {
      const v = isConverged ? Math.sqrt(state.vRe[bus] ** 2 + state.vIm[bus] ** 2) : 0
      if (v < minVoltagePu || (!isConverged && state.pPu[bus] > state.pPu[minBus])) {
        minVoltagePu = v
        minBus = bus
      }
      const loading = (Math.sqrt(state.jRe[bus] ** 2 + state.jIm[bus] ** 2) * baseA) / lines.ratedA[bus]
      if (isConverged && loading > maxLoading) maxLoading = loading
      if (isConverged && loading > DESIGN_MAX_LOADING) overloaded.add(bus)
    }
  }
  return { minVoltagePu, minBus, maxLoading, overloaded: [...overloaded] }
}

function setLoads(
  p: Float64Array,
  q: Float64Array,
  whPerYear: readonly Float64Array[],
  hour: Float64Array,
): void {
  p.fill(0)
  q.fill(0)
  for (let each = 0; each < CLASS_COUNT; each++) {
    const perWh = hour[each] / 8760 / BASE_VA
    for (let bus = 0; bus < p.length; bus++) {
      const watts = whPerYear[each][bus] * perWh
      p[bus] += watts
      q[bus] += watts * REACTIVE_RATIOS[each]
    }
  }
}

/** The largest current of each line over the hours, at nominal voltage, A. */
function peakCurrents(
  parent: Int32Array,
  whPerYear: readonly Float64Array[],
  hours: readonly Float64Array[],
  nominalV: number,
): Float64Array {
  const count = parent.length
  const peakA = new Float64Array(count)
  const p = new Float64Array(count)
  const q = new Float64Array(count)
  for (const hour of hours) {
    setLoads(p, q, whPerYear, hour)
    for (let bus = count - 1; bus > 0; bus--) {
      p[parent[bus]] += p[bus]
      q[parent[bus]] += q[bus]
    }
    for (let bus = 0; bus < count; bus++) {
      const amperes = (Math.sqrt(p[bus] * p[bus] + q[bus] * q[bus]) * BASE_VA) / (Math.sqrt(3) * nominalV)
      if (amperes > peakA[bus]) peakA[bus] = amperes
    }
  }
  return peakA
}

function linesOf(size: Uint8Array, lengthM: Float64Array): Pick<FeederLines, 'rOhm' | 'xOhm' | 'ratedA'> {
  const column = (pick: (conductor: Conductor, km: number) => number) =>
    Float64Array.from(size, (each, bus) => (bus === 0 ? 0 : pick(CONDUCTORS[each], lengthM[bus] / 1000)))
  return {
    rOhm: column((conductor, km) => conductor.rOhmPerKm * km),
    xOhm: column((conductor, km) => conductor.xOhmPerKm * km),
    ratedA: column((conductor) => conductor.ratedA),
  }
}

function parallel(one: Conductor, n: number): Conductor {
  return { rOhmPerKm: one.rOhmPerKm / n, xOhmPerKm: one.xOhmPerKm / n, ratedA: one.ratedA * n * 0.9 }
}
