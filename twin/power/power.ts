/**
 * The power domain: loads by transformer, AC power flow of every feeder, switches and who is dark below them.
 * Conserves: what the substations give is what customers take (less their roofs' yield) and what lines and transformers
 * lose, to 1e-6 at every solve; `balance` says how nearly.
 */
import type { Clock } from '../kernel/clock.ts'
import { TICKS_PER_S } from '../kernel/clock.ts'
import { loadColumn, type Domain, type SavedState } from '../kernel/domain.ts'
import { hypot } from '../kernel/math.ts'
import { makeTable, type Table } from '../kernel/table.ts'
import { makeVarying, seedNow } from '../kernel/variation.ts'
import { ASSUMED_EV_SHARE, createCharging } from './charging.ts'
import { emptyGrid, NO_TRANSFORMER, type PowerGrid } from './grid.ts'
import { lineLosses, makeTreeState, sweep, type RadialTree } from './powerFlow.ts'
import { createSupply } from './supply.ts'
import {
  breakerTable,
  busTable,
  feederTable,
  powerSystemTable,
  substationTable,
  transformerTable,
} from './tables.ts'
import { createTransformerLoads } from './transformerLoads.ts'
import type { Weather } from './weather.ts'

/** Voltage kept at the substations' busbars by their tap changers, per unit. Assumed; the made grid is designed for it. */
const SOURCE_PU = 1.02
/** Base of the per-unit system, VA; a mismatch of TOLERANCE_PU is 10 mW. */
const BASE_VA = 1e6
const TOLERANCE_PU = 1e-8

/** What the domain needs of a city. */
export interface PowerWorld {
  readonly grid: PowerGrid | undefined
  readonly weather: Weather | undefined
  /** `evShare`: share of cars that are electric. */
  readonly info: { readonly parameters: Readonly<Record<string, number>> }
}

export interface PowerBalance {
  /** Given by the substations, W. */
  readonly sourceW: number
  /** Through the transformers to the customers: what they draw less what their roofs give. */
  readonly netLoadW: number
  readonly lossW: number
  /** |source − load − losses| over source. */
  readonly mismatchRatio: number
  /** Feeders without a solution: their loads are beyond what the lines can carry. Their voltages read 0. */
  readonly unsolvedFeeders: number
}

export interface Power extends Domain {
  readonly substations: Table<typeof substationTable.columns>
  readonly breakers: Table<typeof breakerTable.columns>
  /** Simulated seconds between two solves when nothing was switched; 1 at first. */
  solveEveryS: number
  /** Opens or closes a breaker from the next step on; tells whether that is a change. Throws on a row that is none. */
  setBreakerOpen(row: number, isOpen: boolean): boolean
  /** Takes a substation out of or into service; tells whether that is a change. Throws on a row that is none. */
  setSubstationInService(row: number, isInService: boolean): boolean
  /** Cars end their trips in a zone; some are electric and charge there. */
  arriveAtZone(zone: number, vehicles: number): void
  isTransformerEnergized(row: number): boolean
  /** A signal that no transformer is named for counts as supplied. */
  isSignalSupplied(signal: number): boolean
  /** Customers of a transformer that have no voltage: all or none. */
  customersOutAt(transformer: number): number
  /** Counts every change of who has voltage, so that others look only when it moved. */
  supplyVersion(): number
  /** Of the last solve. */
  balance(): PowerBalance
  /** Tick of the last solve; −1 before the first. */
  solvedTick(): number
  /** Cars charging or waiting for voltage. */
  chargingSessions(): number
}

/** The power domain of a city, deterministic for `seed`; a city without grid has empty tables and supplies everything. */
export function createPower(city: PowerWorld, seed: number, varying = makeVarying()): Power {
  const grid = city.grid ?? emptyGrid()
  const { feeders, buses, transformers } = grid
  const substation = makeTable(substationTable, grid.substations.xM.length)
  const feeder = makeTable(feederTable, feeders.firstBus.length)
  const bus = makeTable(busTable, buses.feeder.length)
  const transformer = makeTable(transformerTable, transformers.bus.length)
  const breaker = makeTable(breakerTable, grid.breakers.bus.length)
  const system = makeTable(powerSystemTable, 1)
  const tables: readonly Table[] = [substation, feeder, bus, transformer, breaker, system]
  substation.columns.isInService.fill(1)

  const supply = createSupply(grid)
  const charging = createCharging(
    grid,
    () => seedNow(seed, varying),
    city.info.parameters['evShare'] ?? ASSUMED_EV_SHARE,
  )
  const { loads, update } = createTransformerLoads(grid, city.weather, seed, varying)
  const tree = treeOf(grid)
  const state = makeTreeState(buses.feeder.length)
  const baseA = Float64Array.from(feeders.nominalV, (volts) => BASE_VA / (Math.sqrt(3) * volts))
  /** Tick of the last solve, −1 before the first; whether switches moved since; changes of supply. */
  const marks = Int32Array.of(-1, 1, 0)
  const totals = new Float64Array(5)
  state.vRe.fill(SOURCE_PU)
  supply.update(breaker.columns.isOpen, substation.columns.isInService)

  const setBusLoads = () => {
    const { pPu, qPu } = state
    pPu.fill(0)
    qPu.fill(0)
    for (let row = 0; row < transformers.bus.length; row++) {
      if (supply.transformer[row] === 0) continue
      const at = transformers.bus[row]
      pPu[at] += (loads.netW[row] + loads.lossW[row]) / BASE_VA
      qPu[at] += loads.netVar[row] / BASE_VA
    }
  }

  const solveFeeder = (row: number) => {
    const first = feeders.firstBus[row]
    const end = first + feeders.busCount[row]
    const columns = feeder.columns
    columns.isEnergized[row] = supply.bus[first]
    columns.customersOut[row] = supply.customersOut[row]
    state.vRe[first] = SOURCE_PU
    state.vIm[first] = 0
    const isSolved = supply.bus[first] === 1 && sweep(tree, state, first, end, TOLERANCE_PU).isConverged
    if (!isSolved) {
      // Nothing of the failed attempt is shown, and the next one starts from flat.
      state.vRe.fill(SOURCE_PU, first, end)
      for (const column of [state.vIm, state.iRe, state.iIm, state.jRe, state.jIm]) column.fill(0, first, end)
      columns.loadW[row] = 0
      columns.lossW[row] = 0
      columns.loadingRatio[row] = 0
      columns.minVoltagePu[row] = 0
      bus.columns.voltagePu.fill(0, first, end)
      bus.columns.loadingRatio.fill(0, first, end)
      if (supply.bus[first] === 1) totals[4]++
      return
    }
    const { voltagePu, loadingRatio } = bus.columns
    const { vRe, vIm, jRe, jIm } = state
    let lowest = Infinity
    let highest = 0
    for (let at = first; at < end; at++) {
      if (supply.bus[at] === 0) {
        voltagePu[at] = 0
        loadingRatio[at] = 0
        continue
      }
      const v = Math.sqrt(vRe[at] * vRe[at] + vIm[at] * vIm[at])
      voltagePu[at] = v
      if (v < lowest) lowest = v
      if (at === first) continue
      const amperes = Math.sqrt(jRe[at] * jRe[at] + jIm[at] * jIm[at]) * baseA[row]
      const loading = amperes / buses.ratedA[at]
      loadingRatio[at] = loading
      if (loading > highest) highest = loading
    }
    const givenW = (vRe[first] * jRe[first] + vIm[first] * jIm[first]) * BASE_VA
    const lossW = lineLosses(tree, state, first, end).pPu * BASE_VA
    columns.loadW[row] = givenW
    columns.lossW[row] = lossW
    columns.loadingRatio[row] = highest
    columns.minVoltagePu[row] = lowest
    totals[0] += givenW
    totals[2] += lossW
  }

  const setTransformers = () => {
    const { loadW, loadingRatio, isEnergized } = transformer.columns
    let suppliedW = 0
    let roofW = 0
    let chargingW = 0
    for (let row = 0; row < transformers.bus.length; row++) {
      const at = transformers.bus[row]
      isEnergized[row] = supply.transformer[row]
      // A feeder without solution has no voltage to show either.
      const isServed = supply.transformer[row] === 1 && bus.columns.voltagePu[at] > 0
      loadW[row] = isServed ? loads.netW[row] : 0
      loadingRatio[row] = isServed ? hypot(loads.netW[row], loads.netVar[row]) / transformers.ratedVa[row] : 0
      if (!isServed) continue
      totals[1] += loads.netW[row]
      totals[2] += loads.lossW[row]
      feeder.columns.lossW[buses.feeder[at]] += loads.lossW[row]
      suppliedW += loads.buildingW[row] + charging.powerW[row]
      roofW += loads.pvW[row]
      chargingW += charging.powerW[row]
    }
    const columns = system.columns
    columns.loadW[0] = suppliedW
    columns.pvW[0] = roofW
    columns.evW[0] = chargingW
    columns.lossW[0] = totals[2]
    columns.temperatureC[0] = loads.temperatureC
    columns.customersOut[0] = supply.customersOut.reduce((sum, out) => sum + out, 0)
  }

  const setSubstations = () => {
    const p = new Float64Array(substation.rows)
    const q = new Float64Array(substation.rows)
    const { vRe, vIm, jRe, jIm } = state
    for (let row = 0; row < feeder.rows; row++) {
      const first = feeders.firstBus[row]
      p[feeders.substation[row]] += (vRe[first] * jRe[first] + vIm[first] * jIm[first]) * BASE_VA
      q[feeders.substation[row]] += (vIm[first] * jRe[first] - vRe[first] * jIm[first]) * BASE_VA
    }
    for (let row = 0; row < substation.rows; row++) {
      substation.columns.loadW[row] = p[row]
      substation.columns.loadingRatio[row] = hypot(p[row], q[row]) / grid.substations.ratedVa[row]
    }
  }

  const solve = (clock: Clock) => {
    if (marks[1] === 1) {
      supply.update(breaker.columns.isOpen, substation.columns.isInService)
      marks[1] = 0
    }
    bus.columns.isEnergized.set(supply.bus)
    const hours = marks[0] < 0 ? 0 : (clock.tick - marks[0]) / (TICKS_PER_S * 3600)
    charging.advance(hours, supply.transformer)
    marks[0] = clock.tick
    update(clock, charging.powerW)
    setBusLoads()
    totals.fill(0)
    for (let row = 0; row < feeder.rows; row++) solveFeeder(row)
    setTransformers()
    setSubstations()
    totals[3] = Math.abs(totals[0] - totals[1] - totals[2]) / Math.max(Math.abs(totals[0]), 1)
  }

  const switched = () => {
    marks[1] = 1
    marks[2]++
    supply.update(breaker.columns.isOpen, substation.columns.isInService)
    return true
  }

  const own = { marks: marks, totals: totals, vRe: state.vRe, vIm: state.vIm } as const

  const domain: Power = {
    tables,
    substations: substation,
    breakers: breaker,
    solveEveryS: 1,
    step(clock) {
      const dueTick = marks[0] + domain.solveEveryS * TICKS_PER_S
      if (marks[0] < 0 || marks[1] === 1 || clock.tick >= dueTick) solve(clock)
    },
    setBreakerOpen(row, isOpen) {
      checkRow('breaker', row, breaker.rows)
      if ((breaker.columns.isOpen[row] === 1) === isOpen) return false
      breaker.columns.isOpen[row] = isOpen ? 1 : 0
      return switched()
    },
    setSubstationInService(row, isInService) {
      checkRow('substation', row, substation.rows)
      if ((substation.columns.isInService[row] === 1) === isInService) return false
      substation.columns.isInService[row] = isInService ? 1 : 0
      return switched()
    },
    arriveAtZone: charging.arrive,
    isTransformerEnergized: (row) => supply.transformer[row] === 1,
    isSignalSupplied(signal) {
      const row = grid.signals.transformer[signal] ?? NO_TRANSFORMER
      return row === NO_TRANSFORMER || supply.transformer[row] === 1
    },
    customersOutAt: (row) => (supply.transformer[row] === 1 ? 0 : transformers.customers[row]),
    supplyVersion: () => marks[2],
    balance: () => ({
      sourceW: totals[0],
      netLoadW: totals[1],
      lossW: totals[2],
      mismatchRatio: totals[3],
      unsolvedFeeders: totals[4],
    }),
    solvedTick: () => marks[0],
    chargingSessions: charging.sessions,
    save() {
      const saved: SavedState = {}
      for (const [name, column] of Object.entries(own)) saved[name] = column.slice()
      for (const { spec, columns } of tables) {
        for (const [name, column] of Object.entries(columns)) saved[`${spec.name}.${name}`] = column.slice()
      }
      charging.save(saved)
      return saved
    },
    load(saved) {
      for (const [name, column] of Object.entries(own)) loadColumn(column, saved, name)
      for (const { spec, columns } of tables) {
        for (const [name, column] of Object.entries(columns))
          loadColumn(column, saved, `${spec.name}.${name}`)
      }
      charging.load(saved)
      supply.update(breaker.columns.isOpen, substation.columns.isInService)
    },
  }
  return domain
}

function treeOf({ buses, feeders }: PowerGrid): RadialTree {
  const count = buses.feeder.length
  const voltsAt = (bus: number) => feeders.nominalV[buses.feeder[bus]]
  const perOhm = (bus: number) => BASE_VA / (voltsAt(bus) * voltsAt(bus))
  return {
    parent: buses.parentBus,
    rPu: Float64Array.from(buses.rOhm, (ohm, bus) => ohm * perOhm(bus)),
    xPu: Float64Array.from(buses.xOhm, (ohm, bus) => ohm * perOhm(bus)),
    gPu: new Float64Array(count),
    bPu: new Float64Array(count),
  }
}

function checkRow(what: string, row: number, rows: number): void {
  if (!Number.isInteger(row) || row < 0 || row >= rows) {
    throw new Error(`power: there is no ${what} ${row}, there are ${rows}`)
  }
}
