/**
 * The power domain: loads by transformer, AC power flow of every feeder, switches and who is dark below them.
 * Conserves: what the substations give is what customers take (less their roofs' yield) and what lines and transformers
 * lose, to 1e-6 at every solve; `balance` says how nearly.
 */
import type { Clock } from '../kernel/clock.ts'
import { TICKS_PER_S } from '../kernel/clock.ts'
import { loadColumn, type Domain, type SavedState } from '../kernel/domain.ts'
import { loadKnobs, makeKnobs, NO_ROWS, saveKnobs, turnKnob, type Knobs } from '../kernel/knob.ts'
import { hypot } from '../kernel/math.ts'
import { makeTable, type Table } from '../kernel/table.ts'
import { makeVarying, seedNow } from '../kernel/variation.ts'
import { createBatteries, type Stored } from './battery.ts'
import { ASSUMED_EV_SHARE, createCharging } from './charging.ts'
import { emptyGrid, NO_TRANSFORMER, type PowerGrid } from './grid.ts'
import { powerKnobs } from './knobs.ts'
import { createLineFaults } from './lineFaults.ts'
import { lineLosses, makeTreeState, sweep, type RadialTree } from './powerFlow.ts'
import { createResponse, type Responded } from './response.ts'
import { createSupply } from './supply.ts'
import {
  breakerTable,
  busTable,
  feederTable,
  powerSystemTable,
  substationTable,
  transformerTable,
} from './tables.ts'
import { createTies, type Ties } from './ties.ts'
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
  /** Where cars end their trips; what is set by zone has a row for each. */
  readonly zones?: { readonly zones: { readonly xM: ArrayLike<number> } }
  /** `evShare`: share of cars that are electric. */
  readonly info: { readonly parameters: Readonly<Record<string, number>> }
}

export interface PowerBalance {
  /** Given by the substations, W. */
  readonly sourceW: number
  /** Through the transformers to the customers: what they draw less what their roofs give. */
  readonly netLoadW: number
  readonly lossW: number
  /** |source − load − losses| over what passes the feeders' heads, either way. */
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
  /** Energy of all batteries, and of demand response. */
  stored(): Stored
  responded(): Responded
  /** Lines that a storm has down now. */
  linesDown(): number
  readonly knobs: Knobs<typeof powerKnobs>
  /** Sets one row of a knob; it holds from the next step on. Whoever calls has checked row and value. */
  turn(knob: keyof typeof powerKnobs, row: number, value: number): void
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

  const knobs = makeKnobs(powerKnobs, {
    ...NO_ROWS,
    city: 1,
    zone: city.zones?.zones.xM.length ?? 0,
    transformer: transformer.rows,
    bus: bus.rows,
  })
  const ties = createTies(grid, knobs.tieTo)
  const supply = createSupply(grid, ties)
  const charging = createCharging(
    grid,
    () => seedNow(seed, varying),
    city.info.parameters['evShare'] ?? ASSUMED_EV_SHARE,
    knobs,
  )
  const batteries = createBatteries(transformer.rows, knobs)
  const response = createResponse(transformer.rows, knobs)
  const parts = { knobs, batteries, response }
  const { loads, update } = createTransformerLoads(grid, city.weather, seed, varying, parts)
  const faults = createLineFaults(grid, seed)
  const isUnderStorm = () => knobs.gustMps[0] > 0 || faults.isDown.includes(1)
  const tree = makeTree(ties)
  const state = makeTreeState(buses.feeder.length)
  const baseA = Float64Array.from(feeders.nominalV, (volts) => BASE_VA / (Math.sqrt(3) * volts))
  /** Tick of the last solve, −1 before the first; whether switches moved since; changes of supply. */
  const marks = Int32Array.of(-1, 1, 0)
  const totals = new Float64Array(5)
  /** Through the feeders' heads in the last solve, either way. */
  let passedW = 0
  state.vRe.fill(SOURCE_PU)
  const updateSupply = () => {
    supply.update(breaker.columns.isOpen, substation.columns.isInService, faults.isDown)
    setTree(tree, ties, grid)
  }
  updateSupply()

  const setBusLoads = () => {
    const { pPu, qPu } = state
    pPu.fill(0)
    qPu.fill(0)
    for (let row = 0; row < transformers.bus.length; row++) {
      if (supply.transformer[row] === 0) continue
      const at = ties.rowOf[transformers.bus[row]]
      pPu[at] += (loads.netW[row] + loads.lossW[row]) / BASE_VA
      qPu[at] += loads.netVar[row] / BASE_VA
    }
  }

  const solveFeeder = (row: number) => {
    const first = ties.first[row]
    const end = ties.end[row]
    const columns = feeder.columns
    const isLive =
      first < end && ties.busAt[first] === feeders.firstBus[row] && supply.bus[ties.busAt[first]] === 1
    columns.isEnergized[row] = supply.bus[feeders.firstBus[row]]
    columns.customersOut[row] = supply.customersOut[row]
    if (first < end) {
      state.vRe[first] = SOURCE_PU
      state.vIm[first] = 0
    }
    const isSolved = isLive && sweep(tree, state, first, end, TOLERANCE_PU).isConverged
    const { voltagePu, loadingRatio } = bus.columns
    if (!isSolved) {
      // Nothing of the failed attempt is shown, and the next one starts from flat.
      state.vRe.fill(SOURCE_PU, first, end)
      for (const column of [state.vIm, state.iRe, state.iIm, state.jRe, state.jIm]) column.fill(0, first, end)
      columns.loadW[row] = 0
      columns.lossW[row] = 0
      columns.loadingRatio[row] = 0
      columns.minVoltagePu[row] = 0
      for (let at = first; at < end; at++) {
        voltagePu[ties.busAt[at]] = 0
        loadingRatio[ties.busAt[at]] = 0
      }
      if (isLive) totals[4]++
      return
    }
    const { vRe, vIm, jRe, jIm } = state
    let lowest = Infinity
    let highest = 0
    for (let at = first; at < end; at++) {
      const here = ties.busAt[at]
      if (supply.bus[here] === 0) {
        voltagePu[here] = 0
        loadingRatio[here] = 0
        continue
      }
      const v = Math.sqrt(vRe[at] * vRe[at] + vIm[at] * vIm[at])
      voltagePu[here] = v
      if (v < lowest) lowest = v
      const line = ties.lineOf[at]
      // the line of a bus that was taken over leads away from it, or is cut
      if (line !== here) loadingRatio[here] = 0
      if (at === first || line < 0) continue
      const amperes = Math.sqrt(jRe[at] * jRe[at] + jIm[at] * jIm[at]) * baseA[row]
      const loading = amperes / buses.ratedA[line]
      loadingRatio[line] = loading
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
    passedW += Math.abs(givenW)
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
      const ratedVa = transformers.ratedVa[row] + knobs.ratingAddedVa[row]
      loadingRatio[row] = isServed ? hypot(loads.netW[row], loads.netVar[row]) / ratedVa : 0
      if (!isServed) continue
      totals[1] += loads.netW[row]
      totals[2] += loads.lossW[row]
      feeder.columns.lossW[ties.fedBy[at]] += loads.lossW[row]
      // a battery that gives is so much less to supply
      suppliedW += loads.buildingW[row] + charging.powerW[row] + loads.batteryW[row]
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
      const first = ties.first[row]
      if (first === ties.end[row]) continue
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
      updateSupply()
      marks[1] = 0
    }
    bus.columns.isEnergized.set(supply.bus)
    const hours = marks[0] < 0 ? 0 : (clock.tick - marks[0]) / (TICKS_PER_S * 3600)
    charging.advance(hours, supply.transformer)
    marks[0] = clock.tick
    update(clock, charging.powerW, hours, supply.transformer)
    setBusLoads()
    totals.fill(0)
    passedW = 0
    for (let row = 0; row < feeder.rows; row++) solveFeeder(row)
    setTransformers()
    setSubstations()
    totals[3] = Math.abs(totals[0] - totals[1] - totals[2]) / Math.max(passedW, 1)
  }

  const switched = () => {
    marks[1] = 1
    marks[2]++
    updateSupply()
    return true
  }

  const own = { marks: marks, totals: totals, vRe: state.vRe, vIm: state.vIm } as const

  const domain: Power = {
    tables,
    substations: substation,
    breakers: breaker,
    solveEveryS: 1,
    step(clock) {
      if (isUnderStorm() && faults.step(clock, knobs.gustMps[0], seedNow(seed, varying))) switched()
      if (ties.isStale()) switched()
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
    stored: batteries.stored,
    responded: response.responded,
    linesDown: () => faults.isDown.reduce((sum, each) => sum + each, 0),
    knobs,
    turn(id, row, value) {
      if (id === 'batteryWh') batteries.resize(row, knobs.batteryWh[row], value)
      turnKnob(knobs, id, row, value)
    },
    save() {
      const saved: SavedState = {}
      for (const [name, column] of Object.entries(own)) saved[name] = column.slice()
      for (const { spec, columns } of tables) {
        for (const [name, column] of Object.entries(columns)) saved[`${spec.name}.${name}`] = column.slice()
      }
      saveKnobs(powerKnobs, knobs, saved)
      for (const part of [charging, batteries, response, faults]) part.save(saved)
      return saved
    },
    load(saved) {
      for (const [name, column] of Object.entries(own)) loadColumn(column, saved, name)
      for (const { spec, columns } of tables) {
        for (const [name, column] of Object.entries(columns))
          loadColumn(column, saved, `${spec.name}.${name}`)
      }
      loadKnobs(powerKnobs, knobs, saved)
      for (const part of [charging, batteries, response, faults]) part.load(saved)
      updateSupply()
    },
  }
  return domain
}

function makeTree({ parent }: Ties): RadialTree {
  const column = () => new Float64Array(parent.length)
  return { parent, rPu: column(), xPu: column(), gPu: column(), bPu: column() }
}

/** The lines of the tree, per unit, as the runs are now. */
function setTree({ rPu, xPu }: RadialTree, ties: Ties, { feeders }: PowerGrid): void {
  for (let row = 0; row < rPu.length; row++) {
    const volts = feeders.nominalV[ties.fedBy[ties.busAt[row]]]
    const perOhm = BASE_VA / (volts * volts)
    rPu[row] = ties.rOhm[row] * perOhm
    xPu[row] = ties.xOhm[row] * perOhm
  }
}

function checkRow(what: string, row: number, rows: number): void {
  if (!Number.isInteger(row) || row < 0 || row >= rows) {
    throw new Error(`power: there is no ${what} ${row}, there are ${rows}`)
  }
}
