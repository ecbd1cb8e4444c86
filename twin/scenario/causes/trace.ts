/**
 * What a run leaves behind for the search for causes: what every street, signal, feeder and bus was like at each look, and all
 * that the couplings did, from their own account. Two traces of one seed and demand, with the edits and without, are the same
 * until an edit acts; from then on what they differ by is its doing.
 */
import { TICKS_PER_S } from '../../kernel/clock.ts'
import type { TypedArray } from '../../kernel/columns.ts'
import { requestCauses } from '../../reports/tables.ts'
import { capacityVph } from '../../traffic/capacity.ts'
import { JAM_SPACING_M } from '../../traffic/roads.ts'
import { NO_TRIP } from '../../transit/tables.ts'
import type { Twin } from '../../twin.ts'
import type { Act } from './acts.ts'

/** At most about so many looks a run: the shorter it is, the finer. */
const MOST_LOOKS = 60
const FINEST_S = 30
/** Queues are kept in tenths of a vehicle, speeds in centimetres a second. */
export const PER_VEHICLE = 10
export const PER_MPS = 100

/** All by look and row: `values[look × rows + row]`. The first look is at the beginning, before any edit. */
export interface Trace {
  /** Unix time at which it begins, seconds. */
  readonly beginS: number
  readonly stepS: number
  readonly looks: number
  readonly links: {
    readonly vehicles: Uint16Array
    readonly queued: Uint16Array
    readonly speed: Uint16Array
  }
  /** What each link let go in an hour at first, and every change of it: to `vph` at the look `look`. */
  readonly firstCapacityVph: Float32Array
  readonly capacityChanges: {
    readonly look: Uint16Array
    readonly link: Uint32Array
    readonly vph: Float32Array
  }
  readonly signalDark: Uint8Array
  readonly transformerDark: Uint8Array
  readonly feeders: {
    readonly loadW: Float32Array
    readonly loadingRatio: Float32Array
    readonly minVoltagePu: Float32Array
    readonly customersOut: Float32Array
  }
  /** Of the whole city, by look. */
  readonly city: {
    readonly loadW: Float32Array
    readonly pvW: Float32Array
    readonly evW: Float32Array
    readonly temperatureC: Float32Array
    /** Since the run began: trips by car that set out, and that ended. */
    readonly setOut: Float32Array
    readonly ended: Float32Array
    /** Vehicles that wait for room on their first street. */
    readonly waiting: Float32Array
  }
  /** Requests opened since the run began, by look and cause. */
  readonly requests: Uint16Array
  /** Buses on the road: those of look i are rows `start[i]` to `start[i + 1]`. */
  readonly buses: { readonly start: Uint32Array; readonly trip: Uint32Array; readonly delayS: Float32Array }
  readonly acts: readonly Act[]
}

export interface TraceKeeper {
  /** To be called after every second of the run. */
  look(): void
  /** Of the run so far. */
  trace(): Trace
}

/** Keeps what happens to `twin` from now on, for a run of `horizonS`; `acts` is the couplings' account of it. */
export function keepTrace(twin: Twin, horizonS: number, acts: () => readonly Act[]): TraceKeeper {
  const { clock, traffic, transit, reports, city } = twin
  const { columns: links } = traffic.links
  const { lanes } = city.network.links
  const stepS = FINEST_S * Math.max(1, Math.ceil(horizonS / MOST_LOOKS / FINEST_S))
  const beginTick = clock.tick
  const feeders = tableNamed(twin, 'power.feeders')
  const transformers = tableNamed(twin, 'power.transformers')
  const system = tableNamed(twin, 'power.system')
  const countsBefore = traffic.counts()
  const secondsNow = () => (clock.tick - beginTick) / TICKS_PER_S

  const capacityNow = new Float32Array(traffic.links.rows)
  const capacityOf = (link: number) => capacityVph(traffic.world, link)
  for (let link = 0; link < capacityNow.length; link++) capacityNow[link] = capacityOf(link)
  const firstCapacityVph = capacityNow.slice()
  const changes = { look: [] as number[], link: [] as number[], vph: [] as number[] }
  const kept = {
    vehicles: [] as Uint16Array[],
    queued: [] as Uint16Array[],
    speed: [] as Uint16Array[],
    signalDark: [] as Uint8Array[],
    transformerDark: [] as Uint8Array[],
    feederLoadW: [] as Float32Array[],
    loadingRatio: [] as Float32Array[],
    minVoltagePu: [] as Float32Array[],
    customersOut: [] as Float32Array[],
    requests: [] as Uint16Array[],
  }
  const ofCity: Record<keyof Trace['city'], number[]> = {
    loadW: [],
    pvW: [],
    evW: [],
    temperatureC: [],
    setOut: [],
    ended: [],
    waiting: [],
  }
  const buses = { start: [0], trip: [] as number[], delayS: [] as number[] }
  let looks = 0

  function requestsNow(): Uint16Array {
    const { status, cause, openedTick } = reports.requests.columns
    const count = new Uint16Array(requestCauses.length)
    for (let row = 0; row < status.length; row++)
      if (status[row] !== 0 && openedTick[row] > beginTick) count[cause[row]]++
    return count
  }

  function lookNow(): void {
    const { vehicles, queueM, speedMps } = links
    for (let link = 0; link < capacityNow.length; link++) {
      const vph = capacityOf(link)
      if (Math.fround(vph) === capacityNow[link]) continue
      capacityNow[link] = vph
      changes.look.push(looks)
      changes.link.push(link)
      changes.vph.push(vph)
    }
    kept.vehicles.push(vehicles.slice())
    kept.queued.push(
      Uint16Array.from(queueM, (m, link) => Math.round(((m * lanes[link]) / JAM_SPACING_M) * PER_VEHICLE)),
    )
    kept.speed.push(Uint16Array.from(speedMps, (mps) => Math.round(mps * PER_MPS)))
    kept.signalDark.push(traffic.signals.columns.mode.slice())
    kept.transformerDark.push(Uint8Array.from(transformers['isEnergized'], (on) => (on === 0 ? 1 : 0)))
    kept.feederLoadW.push(Float32Array.from(feeders['loadW']))
    kept.loadingRatio.push(Float32Array.from(feeders['loadingRatio']))
    kept.minVoltagePu.push(Float32Array.from(feeders['minVoltagePu']))
    kept.customersOut.push(Float32Array.from(feeders['customersOut']))
    kept.requests.push(requestsNow())
    const counts = traffic.counts()
    ofCity.loadW.push(system['loadW'][0] ?? 0)
    ofCity.pvW.push(system['pvW'][0] ?? 0)
    ofCity.evW.push(system['evW'][0] ?? 0)
    ofCity.temperatureC.push(system['temperatureC'][0] ?? 0)
    ofCity.setOut.push(counts.inserted + counts.waiting - countsBefore.inserted - countsBefore.waiting)
    ofCity.ended.push(counts.finished - countsBefore.finished)
    ofCity.waiting.push(counts.waiting)
    const { trip, delayS } = transit.vehicles.columns
    for (let row = 0; row < transit.vehicles.rows; row++) {
      if (trip[row] === NO_TRIP) continue
      buses.trip.push(trip[row])
      buses.delayS.push(delayS[row])
    }
    buses.start.push(buses.trip.length)
    looks++
  }

  lookNow()
  return {
    look() {
      if (secondsNow() % stepS === 0) lookNow()
    },
    trace: () => ({
      beginS: (clock.startMs + (beginTick / TICKS_PER_S) * 1000) / 1000,
      stepS,
      looks,
      links: {
        vehicles: joined(Uint16Array, kept.vehicles),
        queued: joined(Uint16Array, kept.queued),
        speed: joined(Uint16Array, kept.speed),
      },
      firstCapacityVph,
      capacityChanges: {
        look: Uint16Array.from(changes.look),
        link: Uint32Array.from(changes.link),
        vph: Float32Array.from(changes.vph),
      },
      signalDark: joined(Uint8Array, kept.signalDark),
      transformerDark: joined(Uint8Array, kept.transformerDark),
      feeders: {
        loadW: joined(Float32Array, kept.feederLoadW),
        loadingRatio: joined(Float32Array, kept.loadingRatio),
        minVoltagePu: joined(Float32Array, kept.minVoltagePu),
        customersOut: joined(Float32Array, kept.customersOut),
      },
      city: Object.fromEntries(
        Object.entries(ofCity).map(([name, values]) => [name, Float32Array.from(values)]),
      ) as Record<keyof Trace['city'], Float32Array>,
      requests: joined(Uint16Array, kept.requests),
      buses: {
        start: Uint32Array.from(buses.start),
        trip: Uint32Array.from(buses.trip),
        delayS: Float32Array.from(buses.delayS),
      },
      acts: acts(),
    }),
  }
}

function joined<A extends TypedArray>(make: new (length: number) => A, blocks: readonly A[]): A {
  const all = new make(blocks.reduce((sum, block) => sum + block.length, 0))
  let at = 0
  for (const block of blocks) {
    all.set(block as never, at)
    at += block.length
  }
  return all
}

function tableNamed(twin: Twin, name: string): Readonly<Record<string, TypedArray>> {
  return twin.tables.find(({ spec }) => spec.name === name)!.columns
}
