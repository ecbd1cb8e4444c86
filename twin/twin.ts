/**
 * The city in motion: one object that steps all domains in order, lets them act on each other, takes commands, saves and forks.
 *
 * The same city, options and commands at the same ticks give the same bytes on every JavaScript engine. A fork is
 * `createTwin(same city, same options)` and `load(parent.save())`.
 */
import { ALARM_S, makeAlarms } from './alarms/alarms.ts'
import { residentsOf, type City } from './city.ts'
import { checkCommand, packCommands, unpackCommands, type Command } from './commands.ts'
import type { CouplingWatch } from './couplingWatch.ts'
import {
  arrivalsCharge,
  congestionDelaysBuses,
  darkSignalReports,
  darkSignals,
  outageReports,
  QUEUE_REPORT_S,
  queueReports,
} from './couplings.ts'
import { publishedTables } from './domains.ts'
import { logEvent, makeEventLog, type EventKind, type EventLog } from './events.ts'
import { secondOfDay, TICKS_PER_S, type Clock } from './kernel/clock.ts'
import { loadColumn, loadTable, saveTable, type SavedState } from './kernel/domain.ts'
import { hashBytes, hashText } from './kernel/hash.ts'
import { domainOfKnob, type Knobbed, type KnobId } from './knobs.ts'
import { loadVarying, makeVarying, saveVarying, type Variation } from './kernel/variation.ts'
import { makeTable, type ColumnSpecs, type Table, type TableSpec } from './kernel/table.ts'
import {
  isFeedHeard,
  markClosure,
  markEdit,
  markHandled,
  markIndicators,
  markRequests,
  markSolved,
  markUnsolved,
} from './marks.ts'
import { indicators } from './objectives/indicators.ts'
import { mainLinkCount, measureIndicators, type Measured } from './objectives/measure.ts'
import { indicatorTable } from './objectives/tables.ts'
import { createPower, type Power } from './power/power.ts'
import { feederTable, powerSystemTable, substationTable, transformerTable } from './power/tables.ts'
import { makeLedger, type Ledger } from './provenance/ledger.ts'
import { createReports, type Reports } from './reports/reports.ts'
import { requestStatuses } from './reports/tables.ts'
import { createTraffic, type Traffic } from './traffic/traffic.ts'
import { createTransit, type Transit } from './transit/transit.ts'
import { LOOK_S, makeWatch } from './watch.ts'

// Simulated seconds between two measurements of the indicators.
const MEASURE_S = 5

export interface TwinOptions {
  /** The city's own seed when left out. */
  readonly seed?: number
  /** Unix time of tick 0, whole milliseconds. */
  readonly startMs: number
  /** What the city's clocks add to UTC, seconds. */
  readonly utcOffsetS: number
  /** Multiplies all trips by car; 1 when left out. */
  readonly demandFactor?: number
  /** Simulated seconds between two power flows when nothing was switched; 1 when left out. */
  readonly solveEveryS?: number
}

export interface Twin {
  readonly city: City
  readonly clock: Clock
  /** In the order of `publishedTables`; the same objects for the life of the twin. */
  readonly tables: readonly Table[]
  readonly events: EventLog
  readonly traffic: Traffic
  readonly power: Power
  readonly transit: Transit
  readonly reports: Reports
  /** Where its values come from. */
  readonly ledger: Ledger
  /** Moves the city one second. */
  step(): void
  advance(seconds: number): void
  /** Takes effect at the next step. Throws RangeError when it names a row that is not there. */
  command(command: Command): void
  /** How a row of a knob stands. */
  knob(id: KnobId, row: number): number
  /** From the next step on this city has other dice and another demand than its parent; a fork of it has them too. */
  vary(variation: Variation): void
  /** Tells `watch`, and nobody else, of every act of a coupling from now on. */
  watchCouplings(watch: CouplingWatch | undefined): void
  save(): SavedState
  /** Takes over the state of a twin of the same city, seed and start. Throws when it does not fit. */
  load(state: SavedState): void
  /** A fingerprint of all state. */
  hash(): number
}

/** A city at the start of its run, its roads empty (see `warm.ts` to begin in the middle of the hour's life). */
export function createTwin(city: City, options: TwinOptions): Twin {
  const { seed = city.info.seed, startMs, utcOffsetS, demandFactor = 1, solveEveryS = 1 } = options
  const clock: Clock = { tick: 0, startMs, utcOffsetS }
  const events = makeEventLog()
  const varying = makeVarying()
  const traffic = createTraffic(city, seed, { demandFactor, varying })
  const power = createPower(city, seed, varying)
  power.solveEveryS = solveEveryS
  power.step(clock)
  const transit = createTransit(
    city.timetable,
    city.network.links.lengthM,
    residentsOf(city),
    seed,
    traffic,
    varying,
  )
  if (city.timetable !== undefined) traffic.useBusPaths(city.timetable.patternLinks.link)
  const reports = createReports(city, seed, clock, varying)
  const indicatorRows = makeTable(indicatorTable, indicators.length)
  const ledger = makeLedger()
  const domains = { traffic, power, transit, reports }
  const knobbed = (id: KnobId): Knobbed => domains[domainOfKnob[id]]

  const ofDomains: readonly Table[] = Object.values(domains).flatMap((domain) => domain.tables)
  const tableOf = <S extends ColumnSpecs>(spec: TableSpec<S>): Table<S> =>
    ofDomains.find((table) => table.spec === (spec as TableSpec)) as unknown as Table<S>
  const transformers = tableOf(transformerTable)
  const measured: Measured = {
    network: city.network,
    freeSpeedMps: traffic.links.columns.speedMps.slice(),
    drivingSpeedFactor: () => traffic.drivingSpeedFactor(secondOfDay(clock)),
    links: traffic.links,
    signals: traffic.signals,
    feeders: tableOf(feederTable),
    system: tableOf(powerSystemTable),
    buses: transit.vehicles,
    requests: reports.requests,
  }
  const alarms = makeAlarms({
    network: city.network,
    grid: city.grid,
    timetable: city.timetable,
    services: city.services?.services.length ?? 0,
    links: traffic.links,
    signals: traffic.signals,
    substations: tableOf(substationTable),
    feeders: tableOf(feederTable),
    buses: transit.vehicles,
    requests: reports.requests,
  })
  const published = [
    ...ofDomains,
    indicatorRows,
    events.table,
    ...alarms.tables,
    ledger.columns,
    ledger.exceptions,
  ] as readonly Table[]
  const tables = publishedTables.map(
    (spec) => published.find((table) => table.spec === spec) ?? makeTable(spec, 0),
  )
  const watch = makeWatch(
    events,
    city.network,
    mainLinkCount(city.network),
    transit.vehicles.columns.trip.length,
  )
  const wasDark = {
    transformers: new Uint8Array(transformers.rows),
    signals: new Uint8Array(traffic.signals.rows),
  }
  const wasUnsolved = new Uint8Array(measured.feeders.rows)
  let pending: Command[] = []
  let couplingWatch: CouplingWatch | undefined
  const switched: [EventKind, number][] = []

  function measure(): void {
    measureIndicators(measured, clock.tick, indicatorRows.columns.value)
    markIndicators(ledger, clock.tick)
  }

  function setLinkClosed(link: number, isClosed: boolean): void {
    if ((traffic.links.columns.isClosed[link] !== 0) === isClosed) return
    traffic.setLinkClosed(link, isClosed)
    logEvent(events, isClosed ? 'linkClosed' : 'linkOpened', link, clock.tick)
  }

  function apply(command: Command): void {
    if (command.kind === 'fileRequest') {
      reports.fileRequest(command.service, command.xM, command.yM, clock)
      return
    }
    if (command.kind === 'setRequestStatus') {
      const { request, openedTick, status } = command
      if (reports.setByDesk(request, openedTick, requestStatuses.indexOf(status), clock))
        markHandled(ledger, request, clock.tick)
      return
    }
    if (command.kind === 'acknowledgeAlarm') {
      alarms.acknowledge(command.alarm, clock.tick)
      return
    }
    if (command.kind === 'shelveAlarm') {
      alarms.shelve(command.alarm, command.forS, clock.tick)
      return
    }
    if (command.kind === 'turn') {
      const { knob, row, value } = command
      knobbed(knob).turn(knob, row, value)
      return
    }
    if (command.kind === 'observeLinkClosed') {
      const { link, isClosed, saidTick } = command
      const isClosedNow = traffic.links.columns.isClosed[link] !== 0
      if (isClosedNow === isClosed || !isFeedHeard(ledger, command, isClosedNow)) return
      markClosure(ledger, link, isClosed, saidTick)
      setLinkClosed(link, isClosed)
      return
    }
    markEdit(ledger, command, clock.tick)
    if (command.kind === 'setLinkClosed') {
      setLinkClosed(command.link, command.isClosed)
    } else if (command.kind === 'setBreakerOpen') {
      const { breaker, isOpen } = command
      const isChange = power.setBreakerOpen(breaker, isOpen)
      if (isChange) switched.push([isOpen ? 'breakerOpened' : 'breakerClosed', breaker])
    } else {
      const { substation, isInService } = command
      const isChange = power.setSubstationInService(substation, isInService)
      if (isChange) switched.push([isInService ? 'substationBack' : 'substationOut', substation])
    }
  }

  /** Each switching is told with the change of customers without power that it and its fellows of the same second made. */
  function stepPower(): void {
    const { customersOut } = measured.system.columns
    const before = customersOut[0]
    power.step(clock)
    const change = Math.abs(customersOut[0] - before)
    for (const [kind, row] of switched) logEvent(events, kind, row, clock.tick, change)
    switched.length = 0
    markSolved(ledger, power.solvedTick(), clock.tick)
    if (city.grid !== undefined) markUnsolved(ledger, city.grid, measured.feeders, wasUnsolved, clock.tick)
  }

  function couple(second: number): void {
    congestionDelaysBuses(traffic, transit, clock, couplingWatch)
    if (city.grid !== undefined) {
      const changed = darkSignals(power, traffic, couplingWatch)
      const { mode } = traffic.signals.columns
      const isDark = (signal: number) => mode[signal] === 1
      watch.tellSignals(changed.filter(isDark), true, clock.tick)
      watch.tellSignals(
        changed.filter((signal) => !isDark(signal)),
        false,
        clock.tick,
      )
      outageReports(city.grid, transformers, wasDark.transformers, reports, clock, couplingWatch)
    }
    darkSignalReports(city.network, traffic, wasDark.signals, reports, clock, couplingWatch)
    if (second % QUEUE_REPORT_S === 0)
      queueReports(city.network, traffic, watch.isLongQueue, reports, clock, couplingWatch)
    if (second % LOOK_S === 0) watch.look(traffic.links.columns, transit.vehicles, clock.tick)
  }

  function step(): void {
    clock.tick += TICKS_PER_S
    const second = clock.tick / TICKS_PER_S
    const due = pending
    pending = []
    for (const command of due) apply(command)
    traffic.step(clock)
    arrivalsCharge(traffic, power, couplingWatch)
    stepPower()
    couple(second)
    transit.step(clock)
    reports.step(clock)
    const opened = reports.takeOpened()
    markRequests(ledger, reports.requests, opened, clock.tick)
    watch.tellRequests(reports.requests.columns, opened, reports.takeClosed(), clock.tick)
    ledger.decay(clock.tick)
    if (second % MEASURE_S === 0) measure()
    if (second % ALARM_S === 0) alarms.look(clock.tick)
  }

  function save(): SavedState {
    const state: SavedState = {
      'twin.clock': Float64Array.of(clock.tick, clock.startMs, clock.utcOffsetS, events.count),
      'twin.pending': packCommands(pending),
      'twin.darkTransformers': wasDark.transformers.slice(),
      'twin.darkSignals': wasDark.signals.slice(),
      'twin.unsolvedFeeders': wasUnsolved.slice(),
    }
    saveVarying(varying, state, 'twin.variation')
    saveTable(events.table, state, 'twin.events')
    saveTable(indicatorRows, state, 'twin.indicators')
    const parts = { ...domains, watch, alarms, ledger }
    for (const [name, part] of Object.entries(parts)) {
      for (const [column, values] of Object.entries(part.save())) state[`${name}.${column}`] = values
    }
    return state
  }

  function load(state: SavedState): void {
    const facts = new Float64Array(4)
    loadColumn(facts, state, 'twin.clock')
    if (facts[1] !== startMs || facts[2] !== utcOffsetS) {
      throw new Error(
        `saved state: began at ${facts[1]} ms and ${facts[2]} s, expected ${startMs} and ${utcOffsetS}`,
      )
    }
    clock.tick = facts[0]
    events.count = facts[3]
    pending = unpackCommands(state['twin.pending'])
    loadColumn(wasDark.transformers, state, 'twin.darkTransformers')
    loadColumn(wasDark.signals, state, 'twin.darkSignals')
    loadVarying(varying, state, 'twin.variation')
    loadTable(events.table, state, 'twin.events')
    loadTable(indicatorRows, state, 'twin.indicators')
    // a state saved before provenance was kept has none
    wasUnsolved.fill(0)
    if (state['twin.unsolvedFeeders'] !== undefined) loadColumn(wasUnsolved, state, 'twin.unsolvedFeeders')
    const parts = { ...domains, watch, alarms, ledger }
    for (const [name, part] of Object.entries(parts)) part.load(stateOf(state, name))
  }

  measure()
  return {
    city,
    clock,
    tables,
    events,
    ...domains,
    ledger,
    step,
    advance(seconds) {
      for (let s = 0; s < seconds; s++) step()
    },
    command(command) {
      checkCommand(command, city)
      pending.push(command)
    },
    knob: (id, row) => knobbed(id).knobs[id]![row],
    vary({ dice, demandFactor, demandShiftS }) {
      Object.assign(varying, { dice, demandFactor, demandShiftS, sinceTick: clock.tick })
    },
    watchCouplings(watch) {
      couplingWatch = watch
    },
    save,
    load,
    hash() {
      const state = save()
      let hash = 0x811c9dc5
      for (const name of Object.keys(state).sort()) hash = hashBytes(state[name], hashText(name, hash))
      return hash
    },
  }
}

/** The columns of one part, without its prefix. */
function stateOf(state: SavedState, part: string): SavedState {
  const columns: SavedState = {}
  for (const [name, column] of Object.entries(state)) {
    if (name.startsWith(`${part}.`)) columns[name.slice(part.length + 1)] = column
  }
  return columns
}
