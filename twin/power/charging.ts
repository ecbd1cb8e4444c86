/**
 * Electric cars at chargers: who arrives may plug in where a charger of the zone is free, and draws its power until its
 * energy is in. A transformer without voltage makes its cars wait. Energy drawn is energy asked, none is lost.
 */
import { loadColumn, type SavedState } from '../kernel/domain.ts'
import { randomUnit } from '../kernel/random.ts'
import type { PowerGrid } from './grid.ts'

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
/** Cars at chargers at once; more find none free. */
const MAX_SESSIONS = 16_384

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

/** Deterministic for what `seedOf` gives and the order of arrivals. */
export function createCharging(grid: PowerGrid, seedOf: () => number, evShare: number): Charging {
  const { chargerW, zone: zoneOf } = grid.transformers
  const powerW = new Float64Array(chargerW.length)
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
    if (powerW[row] + ratedW > chargerW[row] + 1) return
    const share = randomUnit(seedOf(), arrival, 3)
    const session = counts[0]++
    transformer[session] = row
    leftWh[session] = MIN_SESSION_WH + (MAX_SESSION_WH - MIN_SESSION_WH) * share * share * share
    drawnW[session] = ratedW
    powerW[row] += ratedW
  }

  return {
    powerW,
    arrive(zone, vehicles) {
      for (let i = 0; i < vehicles; i++) {
        const arrival = counts[1]++
        if (randomUnit(seedOf(), arrival, 1) < evShare * PLUG_IN_SHARE) plugIn(zone, arrival)
      }
    },
    advance(hours, isEnergized) {
      for (let session = counts[0] - 1; session >= 0; session--) {
        const row = transformer[session]
        if (isEnergized[row] === 0) continue
        leftWh[session] -= drawnW[session] * hours
        if (leftWh[session] > 0) continue
        powerW[row] = Math.max(0, powerW[row] - drawnW[session])
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
      for (let session = 0; session < count; session++) powerW[transformer[session]] += drawnW[session]
    },
  }
}
