/**
 * Electric cars at chargers: who arrives may plug in where a charger of the zone is free, and draws its power until its
 * energy is in; some use a hub of fast chargers where the zone has one. A transformer without voltage makes its cars wait.
 * Energy drawn is energy asked, none is lost.
 */
import { loadColumn, type SavedState } from '../kernel/domain.ts'
import type { Knobs } from '../kernel/knob.ts'
import { randomUnit } from '../kernel/random.ts'
import type { PowerGrid } from './grid.ts'
import type { powerKnobs } from './knobs.ts'

/** Share of arriving cars that are electric, unless the city's parameters say otherwise. Assumed. */
export const ASSUMED_EV_SHARE = 0.03
/** Share of electric cars that plug in where they arrive. Assumed. */
const PLUG_IN_SHARE = 0.4
/** Energy of a session, between these with fewer long ones, Wh; a mean of 11 kWh. Assumed, of the order of published sessions. */
const MIN_SESSION_WH = 3_000
const MAX_SESSION_WH = 35_000
/** One phase at 32 A; larger power where a whole public charger is free. */
const HOME_CHARGER_W = 7_400
const PUBLIC_CHARGER_W = 22_000
/** Of installed charging power from which a transformer counts as having public chargers. */
const PUBLIC_FROM_W = 40_000
/** Share of electric cars that use a hub of fast chargers in the zone they arrive in, while it has room. Assumed. */
const HUB_SHARE = 0.25
/**
 * A paid session at a fast charger takes 22 kWh in 42 minutes in the mean (US Department of Energy, Vehicle Technologies Office, 2.3 million
 * sessions of 2020 to 2023): so much power, for an energy drawn evenly between these.
 */
export const FAST_CHARGER_W = 31_400
const MIN_FAST_WH = 6_000
const MAX_FAST_WH = 38_000
/** Cars at chargers at once; more find none free. */
const MAX_SESSIONS = 65_536

export interface Charging {
  /** Power drawn by transformer, W, of the sessions there; those of dark transformers included. */
  readonly powerW: Float64Array
  /** `vehicles` cars end their trip in `zone`. */
  arrive(zone: number, vehicles: number): void
  /** Charges for `hours`, at energized transformers only. */
  advance(hours: number, isEnergized: Uint8Array): void
  /** Cars plugged in now. */
  sessions(): number
  save(state: SavedState): void
  load(state: SavedState): void
}

/** Deterministic for what `seedOf` gives and the order of arrivals. `evShare` is the city's, for zones that nobody gave one of their own. */
export function createCharging(
  grid: PowerGrid,
  seedOf: () => number,
  evShare: number,
  knobs: Knobs<typeof powerKnobs>,
): Charging {
  const { chargerW, zone: zoneOf } = grid.transformers
  const { chargersFactor, fastChargerW } = knobs
  const powerW = new Float64Array(chargerW.length)
  /** Of it, what fast chargers draw. */
  const fastW = new Float64Array(chargerW.length)
  const transformer = new Uint32Array(MAX_SESSIONS)
  const leftWh = new Float32Array(MAX_SESSIONS)
  const drawnW = new Float32Array(MAX_SESSIONS)
  /** Sessions now, and arrivals ever. */
  const counts = new Float64Array(2)
  const byZone = new Map<number, { rows: number[]; sumW: Float64Array }>()
  for (let row = 0; row < chargerW.length; row++) {
    if (chargerW[row] <= 0) continue
    const known = byZone.get(zoneOf[row])
    if (known === undefined) byZone.set(zoneOf[row], { rows: [row], sumW: new Float64Array(0) })
    else known.rows.push(row)
  }
  for (const place of byZone.values()) {
    place.sumW = new Float64Array(place.rows.length)
    let sum = 0
    place.rows.forEach((row, i) => (place.sumW[i] = sum += chargerW[row]))
  }

  const plugIn = (zone: number, arrival: number) => {
    const place = byZone.get(zone)
    if (place === undefined || counts[0] === MAX_SESSIONS) return
    const wantedW = randomUnit(seedOf(), arrival, 2) * place.sumW[place.sumW.length - 1]
    let at = 0
    while (place.sumW[at] < wantedW) at++
    const row = place.rows[at]
    const ratedW = chargerW[row] >= PUBLIC_FROM_W ? PUBLIC_CHARGER_W : HOME_CHARGER_W
    if (powerW[row] - fastW[row] + ratedW > chargerW[row] * chargersFactor[row] + 1) return
    const share = randomUnit(seedOf(), arrival, 3)
    begin(row, MIN_SESSION_WH + (MAX_SESSION_WH - MIN_SESSION_WH) * share * share * share, ratedW)
  }

  const begin = (row: number, energyWh: number, ratedW: number) => {
    const session = counts[0]++
    transformer[session] = row
    leftWh[session] = energyWh
    drawnW[session] = ratedW
    powerW[row] += ratedW
    if (ratedW === FAST_CHARGER_W) fastW[row] += ratedW
  }

  /** At the hub of the zone with most room. */
  const plugInFast = (zone: number, arrival: number) => {
    let best = -1
    let mostW = FAST_CHARGER_W
    for (let row = 0; row < fastChargerW.length; row++) {
      const roomW = fastChargerW[row] - fastW[row]
      if (roomW < mostW || zoneOf[row] !== zone) continue
      best = row
      mostW = roomW
    }
    if (best < 0 || counts[0] === MAX_SESSIONS) return
    const share = randomUnit(seedOf(), arrival, 3)
    begin(best, MIN_FAST_WH + (MAX_FAST_WH - MIN_FAST_WH) * share, FAST_CHARGER_W)
  }

  return {
    powerW,
    arrive(zone, vehicles) {
      // of a city without zones there is no knob
      const ofZone = knobs.evShare[zone] >= 0 ? knobs.evShare[zone] : evShare
      for (let i = 0; i < vehicles; i++) {
        const arrival = counts[1]++
        const draw = randomUnit(seedOf(), arrival, 1)
        if (draw < ofZone * PLUG_IN_SHARE) plugIn(zone, arrival)
        else if (draw < ofZone * (PLUG_IN_SHARE + HUB_SHARE)) plugInFast(zone, arrival)
      }
    },
    advance(hours, isEnergized) {
      for (let session = counts[0] - 1; session >= 0; session--) {
        const row = transformer[session]
        if (isEnergized[row] === 0) continue
        leftWh[session] -= drawnW[session] * hours
        if (leftWh[session] > 0) continue
        powerW[row] = Math.max(0, powerW[row] - drawnW[session])
        if (drawnW[session] === FAST_CHARGER_W) fastW[row] -= FAST_CHARGER_W
        const last = --counts[0]
        transformer[session] = transformer[last]
        leftWh[session] = leftWh[last]
        drawnW[session] = drawnW[last]
      }
    },
    sessions: () => counts[0],
    save(state) {
      const count = counts[0]
      state['charging.transformer'] = transformer.slice(0, count)
      state['charging.leftWh'] = leftWh.slice(0, count)
      state['charging.drawnW'] = drawnW.slice(0, count)
      state['charging.counts'] = counts.slice()
    },
    load(state) {
      loadColumn(counts, state, 'charging.counts')
      const count = counts[0]
      loadColumn(transformer.subarray(0, count), state, 'charging.transformer')
      loadColumn(leftWh.subarray(0, count), state, 'charging.leftWh')
      loadColumn(drawnW.subarray(0, count), state, 'charging.drawnW')
      powerW.fill(0)
      fastW.fill(0)
      for (let session = 0; session < count; session++) {
        powerW[transformer[session]] += drawnW[session]
        if (drawnW[session] === FAST_CHARGER_W) fastW[transformer[session]] += FAST_CHARGER_W
      }
    },
  }
}
