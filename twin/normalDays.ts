/** Runs a city's normal days from empty roads, and keeps what `warm.bin.gz` and `yesterday.bin.gz` hold. */
import type { City } from './city.ts'
import { secondOfDay, TICKS_PER_S, type Clock } from './kernel/clock.ts'
import type { Table } from './kernel/table.ts'
import { indicators, type Indicator } from './objectives/indicators.ts'
import { mainLinkCount } from './objectives/measure.ts'
import { indicatorTable } from './objectives/tables.ts'
import { createTraffic } from './traffic/traffic.ts'
import { createTwin, type Twin } from './twin.ts'
import { warmStateOf } from './warm.ts'
import { WARM_EVERY_S, WARM_STATES, type WarmDay, type WarmState } from './warmFile.ts'
import { YESTERDAY_EVERY_S, YESTERDAY_STEPS, type DaySeries, type Yesterday } from './yesterday.ts'

const DAY_S = 86_400
// The emptiest hour: a run begins there, and the day that follows closes the circle.
const EMPTIEST_S = 3 * 3600
// The run begins so much earlier, for the few of the night to be under way.
const SETTLE_S = 3600
// Values are sampled so often for their five-minute means.
const SAMPLE_S = 60
const LOG_EVERY_S = 3 * 3600
// Local midnights of a Wednesday, a Saturday and a Sunday in the middle of autumn, days since 1970 (1, 4 and 5 May 2024).
const WEDNESDAY = 19_844
const SATURDAY = 19_847
const SUNDAY = 19_848

/** Columns of yesterday and the smallest difference kept of each, in the column's own unit. */
const kept = [
  ['traffic.links', 'speedMps', 0.5],
  ['traffic.links', 'flowVph', 40],
  ['power.feeders', 'loadW', 20_000],
  ['power.feeders', 'minVoltagePu', 0.001],
  ['power.feeders', 'loadingRatio', 0.01],
  ['power.substations', 'loadW', 100_000],
  ['power.system', 'loadW', 100_000],
  ['power.system', 'lossW', 10_000],
] as const

/** The smallest difference kept of an indicator, by its unit. */
const INDICATOR_QUANTUM: Readonly<Record<Indicator['unit'], number>> = {
  W: 100_000,
  ratio: 0.0005,
  pu: 0.001,
  vehicles: 1,
  links: 1,
  signals: 1,
  customers: 1,
  buses: 1,
  s: 1,
  requests: 1,
}

/**
 * A weekday, a Saturday and a Sunday of `city`, whose clocks add `utcOffsetS` to UTC. The weekday gives the states and
 * yesterday; at weekends only the cars are run, and counted. Takes minutes.
 */
export function runNormalDays(
  city: City,
  utcOffsetS: number,
  log: (line: string) => void,
): { warm: WarmDay; yesterday: Yesterday } {
  const states: WarmState[] = []
  const recorder = makeRecorder(city)
  const twin = createTwin(city, { ...beginning(WEDNESDAY, utcOffsetS), solveEveryS: SAMPLE_S })
  runDay(
    twin.clock,
    (seconds) => twin.advance(seconds),
    (atS) => {
      if (atS % WARM_EVERY_S === 0) states[atS / WARM_EVERY_S] = warmStateOf(twin)
      if (atS % LOG_EVERY_S === 0) log(`weekday, ${atS / 3600} h: ${JSON.stringify(twin.traffic.counts())}`)
      recorder.sample(twin, atS)
    },
  )
  if (states.length !== WARM_STATES) throw new Error(`normal day: ${states.length} states`)
  const [saturday, sunday] = [SATURDAY, SUNDAY].map((day) => {
    const cars = carsThrough(city, day, utcOffsetS)
    log(`${day === SATURDAY ? 'Saturday' : 'Sunday'}: at most ${Math.max(...cars)} cars at once`)
    return Float32Array.from(states, ({ traffic }, state) => cars[state] / Math.max(1, traffic.link.length))
  })
  return { warm: { states, saturday, sunday }, yesterday: recorder.finish() }
}

/** Where the run of a day begins. */
function beginning(day: number, utcOffsetS: number): { startMs: number; utcOffsetS: number } {
  return { startMs: (day * DAY_S + EMPTIEST_S - SETTLE_S - utcOffsetS) * 1000, utcOffsetS }
}

/** Runs from the emptiest hour round to it again; `look` is called once a minute with the second of the day. */
function runDay(clock: Clock, advance: (seconds: number) => void, look: (atS: number) => void): void {
  advance(SETTLE_S)
  for (let s = 0; s < DAY_S; s += SAMPLE_S) {
    look(secondOfDay(clock))
    advance(SAMPLE_S)
  }
}

/** Cars on the road at each warm state of a day: traffic alone, without buses and outages. */
function carsThrough(city: City, day: number, utcOffsetS: number): number[] {
  const clock: Clock = { tick: 0, ...beginning(day, utcOffsetS) }
  const traffic = createTraffic(city, city.info.seed)
  const cars: number[] = []
  const advance = (seconds: number): void => {
    clock.tick += seconds * TICKS_PER_S
    traffic.step(clock)
  }
  runDay(clock, advance, (atS) => {
    if (atS % WARM_EVERY_S === 0) cars[atS / WARM_EVERY_S] = traffic.counts().inside
  })
  return cars
}

/** Adds samples up to five-minute means. */
function makeRecorder(city: City): { sample(twin: Twin, atS: number): void; finish(): Yesterday } {
  const mainLinks = mainLinkCount(city.network)
  const sums: { series: DaySeries; counts: Uint16Array }[] = []

  function add(table: string, column: string, quantum: number, rows: Uint32Array): void {
    const values = new Float32Array(rows.length * YESTERDAY_STEPS)
    sums.push({
      series: { table, column, quantum, rows, values },
      counts: new Uint16Array(YESTERDAY_STEPS),
    })
  }

  function begin(tables: readonly Table[]): void {
    for (const [name, column, quantum] of kept) {
      const table = tables.find(({ spec }) => spec.name === name)
      if (table === undefined || table.rows === 0) continue
      const length = name === 'traffic.links' ? mainLinks : table.rows
      add(
        name,
        column,
        quantum,
        Uint32Array.from({ length }, (_, row) => row),
      )
    }
    indicators.forEach(({ unit }, row) =>
      add(indicatorTable.name, 'value', INDICATOR_QUANTUM[unit], Uint32Array.of(row)),
    )
  }

  return {
    sample(twin, atS) {
      if (sums.length === 0) begin(twin.tables)
      const step = Math.floor(atS / YESTERDAY_EVERY_S)
      for (const { series, counts } of sums) {
        const source = twin.tables.find(({ spec }) => spec.name === series.table)!.columns[series.column]
        counts[step]++
        for (let row = 0; row < series.rows.length; row++) {
          series.values[row * YESTERDAY_STEPS + step] += source[series.rows[row]]
        }
      }
    },
    finish() {
      for (const { series, counts } of sums) {
        for (let i = 0; i < series.values.length; i++) {
          series.values[i] /= Math.max(1, counts[i % YESTERDAY_STEPS])
        }
      }
      return { series: sums.map(({ series }) => series) }
    },
  }
}
