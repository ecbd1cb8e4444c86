/** What the twin itself says of its values' provenance: what operators set, what people filed, what could not be solved, what indicators come from. */
import type { Command, Edit } from './commands.ts'
import { AS_OF_NOW, derive, provenanceOf, sourceSet, type Provenance } from './kernel/provenance.ts'
import type { Table } from './kernel/table.ts'
import { indicatorInputs } from './objectives/indicatorInputs.ts'
import { indicators } from './objectives/indicators.ts'
import { indicatorTable } from './objectives/tables.ts'
import type { PowerGrid } from './power/grid.ts'
import {
  breakerTable,
  busTable,
  feederTable,
  powerSystemTable,
  substationTable,
  transformerTable,
} from './power/tables.ts'
import { columnIndex, describedColumns } from './provenance/columns.ts'
import type { Ledger } from './provenance/ledger.ts'
import { exceptionAt, ofColumn } from './provenance/lookup.ts'
import { requestCauses, requestTable } from './reports/tables.ts'
import { linkTable } from './traffic/tables.ts'

const PERSON = requestCauses.indexOf('person')
/** What whoever files a report says; the rest of its row is the desk's, which is simulated until a real one says it. */
const SAID_BY_PEOPLE = (['service', 'cause', 'xM', 'yM'] as const).map((name) =>
  columnIndex(requestTable, name),
)
const SAID_BY_DESK = (['status', 'updatedTick'] as const).map((name) => columnIndex(requestTable, name))

const FEEDER_FLOW = (['loadW', 'lossW', 'loadingRatio', 'minVoltagePu'] as const).map((name) =>
  columnIndex(feederTable, name),
)
const BUS_FLOW = (['voltagePu', 'loadingRatio'] as const).map((name) => columnIndex(busTable, name))
const TRANSFORMER_FLOW = (['loadW', 'loadingRatio'] as const).map((name) =>
  columnIndex(transformerTable, name),
)
const SUBSTATION_FLOW = (['loadW', 'loadingRatio'] as const).map((name) => columnIndex(substationTable, name))
const SYSTEM_FLOW = (['loadW', 'lossW', 'pvW', 'evW'] as const).map((name) =>
  columnIndex(powerSystemTable, name),
)
/** What is only as new as the last power flow; switches move at once. */
const SOLVED = [...FEEDER_FLOW, ...BUS_FLOW, ...TRANSFORMER_FLOW, ...SUBSTATION_FLOW, ...SYSTEM_FLOW]

const INDICATOR = columnIndex(indicatorTable, 'value')
const INPUTS = indicators.map(({ id }) => indicatorInputs[id])
/** By column, the indicators that are measured from it. */
const READERS = describedColumns.map((_, column) =>
  INPUTS.flatMap((inputs, row) => (inputs.includes(column) ? [row] : [])),
)

const CLOSED = columnIndex(linkTable, 'isClosed')
const OPERATOR = sourceSet(['operator'])

/** Whether a feed's word on a street is taken: an operator's stands over it, unless he opened the street before it was said. */
export function isFeedHeard(
  ledger: Ledger,
  { link, isClosed, saidTick }: Extract<Command, { kind: 'observeLinkClosed' }>,
  isClosedNow: boolean,
): boolean {
  const { kind, sources, observedTick } = ledger.at(CLOSED, link)
  const isOperators = kind === 'manual' && (sources & OPERATOR) !== 0
  return !isOperators || (isClosed && !isClosedNow && observedTick < saidTick)
}

/** A street is closed by a feed since then; one that it opens again is as the city has it. */
export function markClosure(ledger: Ledger, link: number, isClosed: boolean, saidTick: number): void {
  if (isClosed) ledger.observe(CLOSED, link, 'manual', 'good', 'feed', saidTick)
  else ledger.forget(CLOSED, link)
}

/** An operator's word stands until the next. */
export function markEdit(ledger: Ledger, edit: Edit, tick: number): void {
  const [column, row] =
    edit.kind === 'setLinkClosed'
      ? [CLOSED, edit.link]
      : edit.kind === 'setBreakerOpen'
        ? [columnIndex(breakerTable, 'isOpen'), edit.breaker]
        : [columnIndex(substationTable, 'isInService'), edit.substation]
  ledger.observe(column, row, 'manual', 'good', 'operator', tick)
}

/** Rows of requests are used again: what a person once said of one must not stick to the next. */
export function markRequests(
  ledger: Ledger,
  requests: Table<typeof requestTable.columns>,
  opened: readonly number[],
  tick: number,
): void {
  for (const row of opened) {
    const isByPerson = requests.columns.cause[row] === PERSON
    for (const column of SAID_BY_PEOPLE) {
      if (isByPerson) ledger.observe(column, row, 'manual', 'good', 'people', tick)
      else ledger.forget(column, row)
    }
    for (const column of SAID_BY_DESK) ledger.forget(column, row)
  }
}

/** A desk's word on how far a report is stands until its next. */
export function markHandled(ledger: Ledger, row: number, tick: number): void {
  for (const column of SAID_BY_DESK) ledger.observe(column, row, 'manual', 'good', 'operator', tick)
}

/**
 * A feeder that has supply but no voltage is one whose power flow found no solution: what it and all below it carry is bad, and
 * the sums that it is missing from are uncertain. `wasUnsolved`, one byte a feeder, is brought up to date.
 */
export function markUnsolved(
  ledger: Ledger,
  grid: PowerGrid,
  feeders: Table<typeof feederTable.columns>,
  wasUnsolved: Uint8Array,
  tick: number,
): void {
  const { isEnergized, minVoltagePu } = feeders.columns
  let isChanged = false
  for (let feeder = 0; feeder < wasUnsolved.length; feeder++) {
    const isUnsolved = isEnergized[feeder] === 1 && minVoltagePu[feeder] === 0
    if (isUnsolved === (wasUnsolved[feeder] === 1)) continue
    wasUnsolved[feeder] = isUnsolved ? 1 : 0
    isChanged = true
    markFeeder(ledger, grid, feeder, isUnsolved ? 'bad' : 'good', tick)
  }
  if (!isChanged) return
  const substations = new Uint8Array(grid.substations.name.length)
  wasUnsolved.forEach((is, feeder) => (substations[grid.feeders.substation[feeder]] |= is))
  substations.forEach((is, row) => mark(ledger, SUBSTATION_FLOW, row, is === 1 ? 'uncertain' : 'good', tick))
  mark(ledger, SYSTEM_FLOW, 0, substations.includes(1) ? 'uncertain' : 'good', tick)
}

/** The power flow may be solved less often than the twin steps; then its columns are as old as the last solution. */
export function markSolved(ledger: Ledger, solvedTick: number, tick: number): void {
  const observedTick = solvedTick < tick ? solvedTick : AS_OF_NOW
  if (ledger.columns.columns.observedTick[SOLVED[0]] === observedTick) return
  for (const column of SOLVED) ledger.setColumnTick(column, observedTick)
}

/** The indicators have just been measured: each comes from its columns, and from every exception in them. */
export function markIndicators(ledger: Ledger, tick: number): void {
  const own = provenanceOf(describedColumns[INDICATOR].table.declared['value'])
  const found: Provenance[] = INPUTS.map((inputs) =>
    derive([{ ...own, observedTick: tick }, ...inputs.map((column) => ofColumn(ledger.columns, column))]),
  )
  const { columns, rows } = ledger.exceptions
  for (let at = 0; at < rows; at++) {
    for (const row of READERS[columns.column[at]]) found[row] = derive([found[row], exceptionAt(columns, at)])
  }
  found.forEach((provenance, row) => ledger.set(INDICATOR, row, provenance))
}

function markFeeder(
  ledger: Ledger,
  grid: PowerGrid,
  feeder: number,
  quality: 'good' | 'bad',
  tick: number,
): void {
  mark(ledger, FEEDER_FLOW, feeder, quality, tick)
  const { firstBus, busCount } = grid.feeders
  const end = firstBus[feeder] + busCount[feeder]
  for (let bus = firstBus[feeder]; bus < end; bus++) mark(ledger, BUS_FLOW, bus, quality, tick)
  grid.transformers.bus.forEach((bus, row) => {
    if (bus >= firstBus[feeder] && bus < end) mark(ledger, TRANSFORMER_FLOW, row, quality, tick)
  })
}

function mark(
  ledger: Ledger,
  columns: readonly number[],
  row: number,
  quality: Provenance['quality'],
  tick: number,
): void {
  for (const column of columns) {
    if (quality === 'good') ledger.forget(column, row)
    else ledger.set(column, row, { ...ofColumn(ledger.columns, column), quality, observedTick: tick })
  }
}
