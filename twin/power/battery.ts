/**
 * Batteries at transformers. Each shaves its transformer's peak: it gives what the load is above a share of the rating, and takes
 * when the load is below half of that, a surplus of the roofs first of all. It knows no prices and no tomorrow.
 * Conserves: stored = put there full + drawn − given − lost, and never less than nothing or more than it holds.
 */
import { loadColumn, type SavedState } from '../kernel/domain.ts'
import type { Knobs } from '../kernel/knob.ts'
import type { powerKnobs } from './knobs.ts'

/** Of what goes in, what comes out again: NREL Annual Technology Baseline (Cole and Frazier 2020), 85 %; half of the loss either way. */
export const ROUND_TRIP_EFFICIENCY = 0.85
const ONE_WAY = Math.sqrt(ROUND_TRIP_EFFICIENCY)
/** How full a battery is where it first stands. Assumed. */
const FULL_AT_FIRST = 0.5
/** Share of the transformer's rating above which a battery gives, unless it is told another. Assumed. */
export const GIVES_ABOVE_SHARE = 0.6
/** Of that level, below which it takes; apart, so that it never does one because of the other. Assumed. */
const TAKES_BELOW = 0.5

/** Watt-hours, of all batteries since the beginning. */
export interface Stored {
  readonly storedWh: number
  /** In them when they came, less what was in those that went. */
  readonly broughtWh: number
  readonly drawnWh: number
  readonly givenWh: number
  readonly lostWh: number
}

export interface Batteries {
  /** Moves the battery of `row` over the last `hours`, given the transformer's load without it and its rating; what it drew, W, negative when it gave. */
  move(row: number, loadW: number, ratedVa: number, hours: number): number
  /** `row` holds another amount from now on. */
  resize(row: number, fromWh: number, toWh: number): void
  stored(): Stored
  save(state: SavedState): void
  load(state: SavedState): void
}

export function createBatteries(rows: number, knobs: Knobs<typeof powerKnobs>): Batteries {
  const { batteryWh, batteryW, batteryAboveShare } = knobs
  const storedWh = new Float64Array(rows)
  /** Brought, drawn, given. */
  const totals = new Float64Array(3)
  return {
    move(row, loadW, ratedVa, hours) {
      if (hours === 0) return 0
      const levelW = (batteryAboveShare[row] || GIVES_ABOVE_SHARE) * ratedVa
      if (loadW > levelW) {
        const givenW = Math.min(loadW - levelW, batteryW[row], (storedWh[row] * ONE_WAY) / hours)
        storedWh[row] = Math.max(0, storedWh[row] - (givenW * hours) / ONE_WAY)
        totals[2] += givenW * hours
        return -givenW
      }
      const roomWh = batteryWh[row] - storedWh[row]
      const wantedW = Math.min(levelW * TAKES_BELOW - loadW, batteryW[row], roomWh / ONE_WAY / hours)
      if (!(wantedW > 0)) return 0
      storedWh[row] = Math.min(batteryWh[row], storedWh[row] + wantedW * hours * ONE_WAY)
      totals[1] += wantedW * hours
      return wantedW
    },
    resize(row, fromWh, toWh) {
      const before = storedWh[row]
      storedWh[row] = toWh >= fromWh ? before + FULL_AT_FIRST * (toWh - fromWh) : before * (toWh / fromWh)
      totals[0] += storedWh[row] - before
    },
    stored() {
      const [broughtWh, drawnWh, givenWh] = totals
      const lostWh = drawnWh * (1 - ONE_WAY) + givenWh * (1 / ONE_WAY - 1)
      return { storedWh: storedWh.reduce((sum, wh) => sum + wh, 0), broughtWh, drawnWh, givenWh, lostWh }
    },
    save(state) {
      if (totals.every((total) => total === 0)) return
      state['battery.storedWh'] = storedWh.slice()
      state['battery.totals'] = totals.slice()
    },
    load(state) {
      storedWh.fill(0)
      totals.fill(0)
      if (state['battery.totals'] === undefined) return
      loadColumn(storedWh, state, 'battery.storedWh')
      loadColumn(totals, state, 'battery.totals')
    },
  }
}
