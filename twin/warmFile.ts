/**
 * `warm.bin.gz`: a day's normal life, half hour by half hour, to begin a city with. Where each vehicle was and where it was
 * bound, how late each bus was, how slow and how busy each link.
 */
import { readColumnsFile, writeColumnsFile } from './kernel/columnsFile.ts'
import type { WarmTraffic } from './traffic/warm.ts'

/** Seconds between two stored states, and their number in a day. */
export const WARM_EVERY_S = 1800
export const WARM_STATES = 48

export interface WarmState {
  readonly traffic: WarmTraffic
  /** Trips of the timetable on the road, and how late each was, seconds. */
  readonly trip: Uint32Array
  readonly delayS: Int16Array
}

export interface WarmDay {
  /** State s is that of second s × WARM_EVERY_S of the day; of a weekday. */
  readonly states: readonly WarmState[]
  /** By state: vehicles on a Saturday, and on a Sunday, over those of the weekday. */
  readonly saturday: Float32Array
  readonly sunday: Float32Array
}

const whole = { quantum: 1 } as const
const warmSchema = {
  states: { vehicles: 'u32', buses: 'u32', saturday: 'f32', sunday: 'f32' },
  /** All states one after another; links and trips as differences. */
  vehicles: { link: whole, lane: 'u8', destination: 'u16', leftS: 'u8' },
  buses: { trip: whole, delayS: 'i16' },
  /** Link by link, each with its states as differences modulo 256 from the state before: they change little. */
  links: { slowness: 'u8', flow: 'u8' },
} as const

/** The bytes of a day. Throws when it has not WARM_STATES states. */
export function writeWarm(day: WarmDay): Uint8Array {
  const { states } = day
  if (states.length !== WARM_STATES) {
    throw new Error(`warm day: has ${states.length} states, expected ${WARM_STATES}`)
  }
  const all = <T>(pick: (state: WarmState) => ArrayLike<T>): T[] => {
    const values: T[] = []
    for (const state of states) {
      const column = pick(state)
      for (let i = 0; i < column.length; i++) values.push(column[i])
    }
    return values
  }
  return writeColumnsFile(warmSchema, {
    states: {
      vehicles: Uint32Array.from(states, ({ traffic }) => traffic.link.length),
      buses: Uint32Array.from(states, ({ trip }) => trip.length),
      saturday: day.saturday.slice(),
      sunday: day.sunday.slice(),
    },
    vehicles: {
      link: Float32Array.from(all(({ traffic }) => traffic.link)),
      lane: Uint8Array.from(all(({ traffic }) => traffic.lane)),
      destination: Uint16Array.from(all(({ traffic }) => traffic.destination)),
      leftS: Uint8Array.from(all(({ traffic }) => traffic.leftS)),
    },
    buses: {
      trip: Float32Array.from(all(({ trip }) => trip)),
      delayS: Int16Array.from(all(({ delayS }) => delayS)),
    },
    links: {
      slowness: differences(states.map(({ traffic }) => traffic.slowness)),
      flow: differences(states.map(({ traffic }) => traffic.flow)),
    },
  })
}

/** The day of the bytes of `writeWarm`. Throws when they are cut short or of another kind. */
export function readWarm(file: Uint8Array): WarmDay {
  const { tables } = readColumnsFile(warmSchema, file)
  if (tables.states.vehicles.length !== WARM_STATES) {
    throw new Error(`warm day: has ${tables.states.vehicles.length} states, expected ${WARM_STATES}`)
  }
  const slowness = sums(tables.links.slowness)
  const flow = sums(tables.links.flow)
  let vehicle = 0
  let bus = 0
  const states = Array.from({ length: WARM_STATES }, (_, s) => {
    const from = vehicle
    const fromBus = bus
    vehicle += tables.states.vehicles[s]
    bus += tables.states.buses[s]
    return {
      traffic: {
        link: Uint32Array.from(tables.vehicles.link.subarray(from, vehicle)),
        lane: tables.vehicles.lane.subarray(from, vehicle),
        destination: tables.vehicles.destination.subarray(from, vehicle),
        leftS: tables.vehicles.leftS.subarray(from, vehicle),
        slowness: slowness[s],
        flow: flow[s],
      },
      trip: Uint32Array.from(tables.buses.trip.subarray(fromBus, bus)),
      delayS: tables.buses.delayS.subarray(fromBus, bus),
    }
  })
  return { states, saturday: tables.states.saturday, sunday: tables.states.sunday }
}

function differences(states: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const links = states[0].length
  const column = new Uint8Array(links * states.length)
  for (let link = 0; link < links; link++) {
    let last = 0
    for (let s = 0; s < states.length; s++) {
      column[link * states.length + s] = states[s][link] - last
      last = states[s][link]
    }
  }
  return column
}

function sums(column: Uint8Array): Uint8Array[] {
  const links = Math.floor(column.length / WARM_STATES)
  const states = Array.from({ length: WARM_STATES }, () => new Uint8Array(links))
  for (let link = 0; link < links; link++) {
    let value = 0
    for (let s = 0; s < WARM_STATES; s++) {
      value += column[link * WARM_STATES + s]
      states[s][link] = value
    }
  }
  return states
}
