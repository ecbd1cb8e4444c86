/**
 * Service requests: they come by chance, by a cause the couplings see, or from a person, and live from open to closed.
 *
 *   requests in the table = opened − overwritten; a request moves only forward: open, acknowledged, assigned, fixed, closed
 *
 * A person's request that a desk has in hand moves by the desk's word only; it is the one that is not closed and never due.
 *
 * The table is full after some days; then a new request takes the place of the one longest closed, never of an open one of a person.
 */
import { secondOfDay, TICKS_PER_S, type Clock } from '../kernel/clock.ts'
import { loadColumn, loadTable, saveTable, type Domain, type SavedState } from '../kernel/domain.ts'
import { randomIndex, randomUnit } from '../kernel/random.ts'
import { makeTable, type Table } from '../kernel/table.ts'
import { makeVarying, seedNow } from '../kernel/variation.ts'
import { hourFactor, stageS, timeToFixS } from './life.ts'
import { drawPlace, makePlaces, type Streets } from './places.ts'
import type { Service, Services } from './services.ts'
import { requestCauses, requestStatuses, requestTable } from './tables.ts'

const REQUEST_ROWS = 4096
const FREE = requestStatuses.indexOf('none')
const OPEN = requestStatuses.indexOf('open')
const FIXED = requestStatuses.indexOf('fixed')
const CLOSED = requestStatuses.indexOf('closed')
const CHANCE = requestCauses.indexOf('chance')
const PERSON = requestCauses.indexOf('person')
const NEVER = 0x7fffffff
// The stock of a fresh city: requests still under way, the newest first, from a year at most, and room for the first new ones.
const STOCK_DAYS = 365
const STOCK_ROWS = 3840
// Serials of the stock lie above those of the run.
const STOCK_SERIAL = 0x80000000
const DAY_S = 86_400

export type StateCause = 'outage' | 'darkSignal' | 'queue'

/** What reports must know of a city. */
export interface ReportsCity extends Streets {
  readonly services: Services | undefined
}

/** A state of the city that makes people call. */
export interface Cause {
  readonly kind: StateCause
  /** Row of the thing in its own table. */
  readonly source: number
  readonly xM: number
  readonly yM: number
  /** Calls per hour while nobody has called yet. */
  readonly ratePerH: number
}

export interface Reports extends Domain {
  readonly requests: Table<typeof requestTable.columns>
  /**
   * Says that for the last `overS` seconds something gave cause for requests. While a request of it is open no second one is
   * made: offices merge duplicates. True when one was opened.
   */
  causeAt(cause: Cause, overS: number, clock: Clock): boolean
  /** Says that the cause has gone: its open requests become fixed. */
  causeEnded(cause: StateCause, source: number, clock: Clock): void
  /** Opens a person's request and gives its row. */
  fileRequest(service: number, xM: number, yM: number, clock: Clock): number
  /**
   * Takes a person's request opened at `openedTick` into a desk's hand, on to `status` where that is further, never back. True
   * when what it shows is the desk's word from now on; of another request, or said again, it does nothing.
   */
  setByDesk(row: number, openedTick: number, status: number, clock: Clock): boolean
  /** Requests opened since the city began, the stock of its beginning included. */
  openedCount(): number
  /** Rows opened since the last call, and the persons' requests closed since. */
  takeOpened(): number[]
  takeClosed(): number[]
}

/** Reports of a city at `clock`, with the stock of requests that a normal time leaves open. Without services it stays empty. */
export function createReports(
  city: ReportsCity,
  seed: number,
  clock: Clock,
  varying = makeVarying(),
): Reports {
  const services: readonly Service[] = city.services?.services ?? []
  const places = makePlaces(city)
  const requests = makeTable(requestTable, REQUEST_ROWS)
  const { columns } = requests
  const serials = new Uint32Array(REQUEST_ROWS)
  const sources = new Uint32Array(REQUEST_ROWS)
  const dueTicks = new Int32Array(REQUEST_ROWS).fill(NEVER)
  /** 0: requests ever opened; 1: the earliest of dueTicks. */
  const counters = new Int32Array([0, NEVER])
  const openByCause = new Map<number, number>()
  let opened: number[] = []
  let closed: number[] = []
  const perDay = services.map((service) => (service.perDayPer100k * places.residents) / 100_000)
  const totalPerDay = perDay.reduce((sum, rate) => sum + rate, 0)
  const ofCause = {
    outage: servicesOf(services, 'outage'),
    darkSignal: servicesOf(services, 'darkSignal'),
    queue: servicesOf(services, 'queue'),
  }

  function open(
    cause: number,
    source: number,
    service: number,
    at: Point,
    tick: number,
    serial: number = counters[0]++,
  ): number {
    const row = rowToUse(columns.status, columns.cause, columns.updatedTick)
    forgetCause(row)
    columns.service[row] = service
    columns.status[row] = OPEN
    columns.cause[row] = cause
    columns.xM[row] = at.xM
    columns.yM[row] = at.yM
    columns.openedTick[row] = tick
    columns.updatedTick[row] = tick
    serials[row] = serial
    sources[row] = source
    if (isOfState(cause)) openByCause.set(causeKey(cause, source), row)
    plan(row, tick)
    return row
  }

  /** Sets when the request leaves the status it has had since `tick`. */
  function plan(row: number, tick: number): void {
    const { medianHours } = services[columns.service[row]]
    const status = columns.status[row]
    dueTicks[row] =
      status === CLOSED
        ? NEVER
        : tick +
          Math.max(
            1,
            Math.round(stageS(seedNow(seed, varying), serials[row], medianHours, status) * TICKS_PER_S),
          )
    counters[1] = Math.min(counters[1], dueTicks[row])
  }

  function setStatus(row: number, status: number, tick: number): void {
    columns.status[row] = status
    columns.updatedTick[row] = tick
    if (status >= FIXED) forgetCause(row)
    if (status === CLOSED && columns.cause[row] === PERSON) closed.push(row)
    plan(row, tick)
  }

  function forgetCause(row: number): void {
    if (columns.status[row] === FREE || !isOfState(columns.cause[row])) return
    const key = causeKey(columns.cause[row], sources[row])
    if (openByCause.get(key) === row) openByCause.delete(key)
  }

  /** Moves on every request whose time has come. */
  function moveOn(tick: number): void {
    if (tick < counters[1]) return
    counters[1] = NEVER
    for (let row = 0; row < REQUEST_ROWS; row++) {
      while (dueTicks[row] <= tick) setStatus(row, columns.status[row] + 1, dueTicks[row])
      counters[1] = Math.min(counters[1], dueTicks[row])
    }
  }

  /** Opens `expected` requests by chance: its whole part, and one more with the chance of the rest. */
  function openByChance(expected: number, tick: number, draw: number): void {
    const seedOfNow = seedNow(seed, varying)
    const count = Math.floor(expected) + (randomUnit(seedOfNow, draw, 8) < expected % 1 ? 1 : 0)
    for (let i = 0; i < count; i++) {
      const serial = counters[0]
      const service = rowByWeight(perDay, totalPerDay * randomUnit(seedOfNow, serial, 9))
      const at = drawPlace(city, places, seedOfNow, serial)
      if (at !== undefined) opened.push(open(CHANCE, 0, service, at, tick))
    }
  }

  /** Little's law, by playing it: the requests of the past year that would still be under way. */
  function drawStock(): void {
    const nowS = secondOfDay(clock)
    let serial = STOCK_SERIAL
    let rows = 0
    for (let hour = 1; hour <= STOCK_DAYS * 24 && rows < STOCK_ROWS; hour++) {
      const hourOfDayS = (nowS - hour * 3600 + STOCK_DAYS * DAY_S) % DAY_S
      const expected = (totalPerDay / 24) * hourFactor(hourOfDayS)
      const count = Math.floor(expected) + (randomUnit(seed, hour, 10) < expected % 1 ? 1 : 0)
      for (let i = 0; i < count && rows < STOCK_ROWS; i++) {
        serial++
        const service = rowByWeight(perDay, totalPerDay * randomUnit(seed, serial, 9))
        const agoS = (hour - randomUnit(seed, serial, 11)) * 3600
        if (agoS > timeToFixS(seed, serial, services[service].medianHours)) continue
        const at = drawPlace(city, places, seed, serial)
        if (at === undefined) continue
        open(CHANCE, 0, service, at, clock.tick - Math.round(agoS * TICKS_PER_S), serial)
        rows++
      }
    }
    moveOn(clock.tick)
  }

  drawStock()

  return {
    tables: [requests],
    requests,
    step(now) {
      if (totalPerDay > 0) {
        openByChance((totalPerDay / DAY_S) * hourFactor(secondOfDay(now)), now.tick, now.tick)
      }
      moveOn(now.tick)
    },
    causeAt({ kind, source, xM, yM, ratePerH }, overS, now) {
      const cause = requestCauses.indexOf(kind)
      const seedOfNow = seedNow(seed, varying)
      const choices = ofCause[kind]
      if (choices.length === 0 || openByCause.has(causeKey(cause, source))) return false
      if (randomUnit(seedOfNow, now.tick, source, cause) >= (ratePerH * overS) / 3600) return false
      const service = choices[randomIndex(choices.length, seedOfNow, now.tick, source, 16 + cause)]
      opened.push(open(cause, source, service, { xM, yM }, now.tick))
      return true
    },
    causeEnded(cause, source, now) {
      const row = openByCause.get(causeKey(requestCauses.indexOf(cause), source))
      if (row !== undefined) setStatus(row, FIXED, now.tick)
    },
    fileRequest(service, xM, yM, now) {
      const row = open(PERSON, 0, service, { xM, yM }, now.tick)
      opened.push(row)
      return row
    },
    setByDesk(row, openedTick, status, now) {
      const isIt = columns.cause[row] === PERSON && columns.openedTick[row] === openedTick
      const before = columns.status[row]
      if (!isIt || before === CLOSED || before === FREE) return false
      const isNews = status > before || (status === before && dueTicks[row] !== NEVER)
      if (isNews) setStatus(row, status, now.tick)
      dueTicks[row] = NEVER
      return isNews
    },
    openedCount: () => counters[0],
    takeOpened() {
      const rows = opened
      opened = []
      return rows
    },
    takeClosed() {
      const rows = closed
      closed = []
      return rows
    },
    save() {
      const state: SavedState = {
        serials: serials.slice(),
        sources: sources.slice(),
        dueTicks: dueTicks.slice(),
        counters: counters.slice(),
      }
      saveTable(requests, state, 'requests')
      return state
    },
    load(state) {
      loadColumn(serials, state, 'serials')
      loadColumn(sources, state, 'sources')
      loadColumn(dueTicks, state, 'dueTicks')
      loadColumn(counters, state, 'counters')
      loadTable(requests, state, 'requests')
      openByCause.clear()
      for (let row = 0; row < REQUEST_ROWS; row++) {
        const isOpen = columns.status[row] >= OPEN && columns.status[row] < FIXED
        if (isOpen && isOfState(columns.cause[row])) {
          openByCause.set(causeKey(columns.cause[row], sources[row]), row)
        }
      }
      opened = []
      closed = []
    },
  }
}

interface Point {
  readonly xM: number
  readonly yM: number
}

function servicesOf(services: readonly Service[], cause: StateCause): number[] {
  return services.flatMap((service, row) => (service.cause === cause ? [row] : []))
}

function isOfState(cause: number): boolean {
  return cause !== CHANCE && cause !== PERSON
}

function causeKey(cause: number, source: number): number {
  return cause * 0x1_0000_0000 + source
}

/** The first row whose running sum of weights is above `at`. */
function rowByWeight(weights: readonly number[], at: number): number {
  let sum = 0
  for (let row = 0; row < weights.length - 1; row++) {
    sum += weights[row]
    if (at < sum) return row
  }
  return weights.length - 1
}

/** A free row, else the one longest closed, else the oldest that is not an open one of a person, else the oldest. */
function rowToUse(status: Uint8Array, cause: Uint8Array, updatedTick: Int32Array): number {
  let best = 0
  let bestRank = Infinity
  for (let row = 0; row < status.length; row++) {
    if (status[row] === FREE) return row
    const rank = status[row] === CLOSED ? 0 : cause[row] === PERSON ? 2 : 1
    const age = rank * 2 ** 33 + updatedTick[row]
    if (age < bestRank) {
      bestRank = age
      best = row
    }
  }
  return best
}
