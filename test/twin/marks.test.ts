/** What a running twin says of where its values come from. */
import { describe, expect, it } from 'vitest'
import { AS_OF_NOW, sourcesIn } from '../../twin/kernel/provenance.ts'
import { markIndicators, markRequests, markUnsolved } from '../../twin/marks.ts'
import { indicators, type IndicatorId } from '../../twin/objectives/indicators.ts'
import { indicatorTable } from '../../twin/objectives/tables.ts'
import {
  breakerTable,
  busTable,
  feederTable,
  powerSystemTable,
  substationTable,
  transformerTable,
} from '../../twin/power/tables.ts'
import { columnIndex } from '../../twin/provenance/columns.ts'
import { makeLedger } from '../../twin/provenance/ledger.ts'
import { requestStatuses, requestTable } from '../../twin/reports/tables.ts'
import { linkTable } from '../../twin/traffic/tables.ts'
import { makeTable } from '../../twin/kernel/table.ts'
import { createTwin, type Twin, type TwinOptions } from '../../twin/twin.ts'
import { smallCity } from '../fixtures/smallCity.ts'

const city = smallCity()
const options: TwinOptions = { seed: 5, startMs: Date.UTC(2024, 2, 12, 20), utcOffsetS: -10800 }
const CLOSED = columnIndex(linkTable, 'isClosed')
const ofIndicator = ({ ledger }: Pick<Twin, 'ledger'>, id: IndicatorId) =>
  ledger.at(
    columnIndex(indicatorTable, 'value'),
    indicators.findIndex((each) => each.id === id),
  )

describe('an operator’s edit', () => {
  it('is manual in its own row, from the tick it took effect, and stays so in a fork', () => {
    const twin = createTwin(city, options)
    twin.advance(10)
    twin.command({ kind: 'setLinkClosed', link: 3, isClosed: true })
    twin.command({ kind: 'setBreakerOpen', breaker: 1, isOpen: true })
    twin.command({ kind: 'setSubstationInService', substation: 1, isInService: false })
    twin.advance(20)
    const fork = createTwin(city, options)
    fork.load(twin.save())
    for (const { ledger } of [twin, fork]) {
      for (const [column, row] of [
        [CLOSED, 3],
        [columnIndex(breakerTable, 'isOpen'), 1],
        [columnIndex(substationTable, 'isInService'), 1],
      ]) {
        const found = ledger.at(column, row)
        expect(found).toMatchObject({ kind: 'manual', quality: 'good', observedTick: 550 })
        expect(sourcesIn(found.sources)).toEqual(['operator'])
      }
      expect(ledger.at(CLOSED, 4).kind).toBe('simulated')
    }
    expect(fork.hash()).toBe(twin.hash())
    twin.step()
    fork.step()
    expect(fork.hash()).toBe(twin.hash())
  })
})

describe('a feed’s word on a street', () => {
  const LINK = 3
  const say = (twin: Twin, isClosed: boolean, saidTick: number) => {
    twin.command({ kind: 'observeLinkClosed', link: LINK, isClosed, saidTick })
    twin.step()
  }
  const act = (twin: Twin, isClosed: boolean) => {
    twin.command({ kind: 'setLinkClosed', link: LINK, isClosed })
    twin.step()
  }
  const isClosed = (twin: Twin) => twin.traffic.links.columns.isClosed[LINK] === 1
  const sourceOf = (twin: Twin) => sourcesIn(twin.ledger.at(CLOSED, LINK).sources)

  it('closes it since the feed said so, as the feed’s, and opens it as the city has it; a fork knows', () => {
    const twin = createTwin(city, options)
    twin.advance(10)
    say(twin, true, 400)
    const fork = createTwin(city, options)
    fork.load(twin.save())
    for (const each of [twin, fork]) {
      expect(isClosed(each)).toBe(true)
      expect(each.ledger.at(CLOSED, LINK)).toMatchObject({
        kind: 'manual',
        quality: 'good',
        observedTick: 400,
      })
      expect(sourceOf(each)).toEqual(['feed'])
      say(each, false, 400)
      expect(isClosed(each)).toBe(false)
      expect(each.ledger.at(CLOSED, LINK).kind).toBe('simulated')
    }
    expect(fork.hash()).toBe(twin.hash())
  })

  it('does not open what an operator closed, before it or after', () => {
    const before = createTwin(city, options)
    act(before, true)
    say(before, true, 50)
    expect(sourceOf(before)).toEqual(['operator'])
    say(before, false, 50)
    expect(isClosed(before)).toBe(true)
    const after = createTwin(city, options)
    say(after, true, 0)
    act(after, true)
    say(after, false, 0)
    expect(isClosed(after)).toBe(true)
    expect(sourceOf(after)).toEqual(['operator'])
  })

  it('does not close again what an operator opened over it, but a later one does', () => {
    const twin = createTwin(city, options)
    say(twin, true, 0)
    act(twin, false)
    const { observedTick } = twin.ledger.at(CLOSED, LINK)
    say(twin, true, 0)
    say(twin, true, observedTick)
    expect(isClosed(twin)).toBe(false)
    say(twin, true, observedTick + 1)
    expect(isClosed(twin)).toBe(true)
    expect(sourceOf(twin)).toEqual(['feed'])
  })
})

describe('a report', () => {
  const WHERE = columnIndex(requestTable, 'xM')
  const STATUS = columnIndex(requestTable, 'status')

  it('of a person is theirs in what they said; what the desk makes of it is simulated', () => {
    const twin = createTwin(city, options)
    twin.command({ kind: 'fileRequest', service: 0, xM: 10, yM: 20 })
    twin.step()
    const row = twin.reports.requests.columns.cause.indexOf(4)
    expect(twin.ledger.at(WHERE, row)).toMatchObject({ kind: 'manual', observedTick: 50 })
    expect(sourcesIn(twin.ledger.at(WHERE, row).sources)).toEqual(['people'])
    expect(twin.ledger.at(STATUS, row).kind).toBe('simulated')
    const others = Array.from(twin.reports.requests.columns.status, (_, other) => other).filter(
      (other) => other !== row,
    )
    expect(others.every((other) => twin.ledger.at(WHERE, other).kind === 'simulated')).toBe(true)
  })

  it('that a real desk has in hand is as far as the desk says, and that is the operator’s word until the row is another’s', () => {
    const twin = createTwin(city, options)
    twin.command({ kind: 'fileRequest', service: 0, xM: 10, yM: 20 })
    twin.step()
    const { columns } = twin.reports.requests
    const row = columns.cause.indexOf(4)
    const word = { kind: 'setRequestStatus', request: row, openedTick: 50 } as const
    twin.command({ ...word, status: 'assigned' })
    twin.step()
    // neither said again nor what would go back is news
    twin.command({ ...word, status: 'assigned' })
    twin.command({ ...word, status: 'acknowledged' })
    twin.step()
    expect(requestStatuses[columns.status[row]]).toBe('assigned')
    for (const column of [STATUS, columnIndex(requestTable, 'updatedTick')]) {
      expect(twin.ledger.at(column, row)).toMatchObject({
        kind: 'manual',
        quality: 'good',
        observedTick: 100,
      })
      expect(sourcesIn(twin.ledger.at(column, row).sources)).toEqual(['operator'])
    }
    markRequests(twin.ledger, twin.reports.requests, [row], 150)
    expect(twin.ledger.at(STATUS, row).kind).toBe('simulated')
  })
})

describe('an indicator', () => {
  it('comes from the sources of its columns, as of when it was measured', () => {
    const twin = createTwin(city, options)
    twin.advance(13)
    expect(ofIndicator(twin, 'vehicles')).toMatchObject({
      kind: 'simulated',
      quality: 'good',
      observedTick: 500,
    })
    expect(sourcesIn(ofIndicator(twin, 'vehicles').sources)).toEqual(['model', 'network', 'zones'])
    expect(sourcesIn(ofIndicator(twin, 'meanDelayS').sources)).toEqual(['model', 'network', 'transit'])
    expect(sourcesIn(ofIndicator(twin, 'drivingSpeedRatio').sources)).toEqual(['model'])
  })

  it('is no better and no newer than any one value that it is measured from', () => {
    const ledger = makeLedger()
    ledger.observe(columnIndex(linkTable, 'speedMps'), 7, 'measured', 'uncertain', 'buildings', 20)
    markIndicators(ledger, 500)
    const found = ofIndicator({ ledger }, 'slowLinks')
    expect(found).toMatchObject({ kind: 'simulated', quality: 'uncertain', observedTick: 20 })
    expect(sourcesIn(found.sources)).toContain('buildings')
    expect(ofIndicator({ ledger }, 'queuedVehicles').quality).toBe('good')
  })
})

describe('a feeder whose power flow found no solution', () => {
  it('is bad with all below it, and what sums over it is uncertain, until it is solved again', () => {
    const { grid } = city
    const ledger = makeLedger()
    const feeders = makeTable(feederTable, grid!.feeders.name.length)
    feeders.columns.isEnergized.fill(1)
    feeders.columns.minVoltagePu.fill(0.99)
    feeders.columns.minVoltagePu[1] = 0
    const was = new Uint8Array(feeders.rows)
    markUnsolved(ledger, grid!, feeders, was, 50)
    markIndicators(ledger, 50)
    const quality = (column: number, row: number) => ledger.at(column, row).quality
    const load = columnIndex(feederTable, 'loadW')
    expect([quality(load, 0), quality(load, 1)]).toEqual(['good', 'bad'])
    const bus = grid!.feeders.firstBus[1]
    expect(quality(columnIndex(busTable, 'voltagePu'), bus)).toBe('bad')
    expect(quality(columnIndex(busTable, 'voltagePu'), grid!.feeders.firstBus[0])).toBe('good')
    const below = grid!.transformers.bus.findIndex((at) => grid!.buses.feeder[at] === 1)
    expect(quality(columnIndex(transformerTable, 'loadW'), below)).toBe('bad')
    expect(quality(columnIndex(substationTable, 'loadW'), grid!.feeders.substation[1])).toBe('uncertain')
    expect(quality(columnIndex(powerSystemTable, 'loadW'), 0)).toBe('uncertain')
    expect(quality(columnIndex(powerSystemTable, 'temperatureC'), 0)).toBe('good')
    expect([
      ofIndicator({ ledger }, 'loadW').quality,
      ofIndicator({ ledger }, 'maxFeederLoading').quality,
    ]).toEqual(['uncertain', 'bad'])
    feeders.columns.minVoltagePu[1] = 0.98
    markUnsolved(ledger, grid!, feeders, was, 100)
    markIndicators(ledger, 100)
    expect(ofIndicator({ ledger }, 'maxFeederLoading').quality).toBe('good')
    expect(ledger.exceptions.rows, 'the indicators’ own').toBe(indicators.length)
  })

  it('is told from one without supply, whose zeros are true', () => {
    const twin = createTwin(city, options)
    twin.command({ kind: 'setSubstationInService', substation: 0, isInService: false })
    twin.advance(10)
    const dark = Array.from(city.grid!.feeders.substation).indexOf(0)
    expect(twin.ledger.at(columnIndex(feederTable, 'loadW'), dark).quality).toBe('good')
  })
})

it('a power flow that is solved once a minute gives its columns that age, and switches none', () => {
  const twin = createTwin(city, { ...options, solveEveryS: 60 })
  const load = columnIndex(powerSystemTable, 'loadW')
  expect(twin.ledger.at(load, 0).observedTick).toBe(AS_OF_NOW)
  twin.advance(60)
  expect(twin.ledger.at(load, 0).observedTick).toBe(AS_OF_NOW)
  twin.advance(10)
  expect(twin.ledger.at(load, 0).observedTick).toBe(3000)
  expect(twin.ledger.at(columnIndex(powerSystemTable, 'customersOut'), 0).observedTick).toBe(AS_OF_NOW)
  expect(ofIndicator(twin, 'loadW').observedTick).toBe(3000)
})
