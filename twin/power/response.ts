/**
 * Demand response: buildings do without a share of their load for a while, and draw a part of that energy afterwards (rebound:
 * rooms to cool again, machines to catch up).
 * Conserves: owed = rebound share of what was gone without − what was made up for.
 */
import { loadColumn, type SavedState } from '../kernel/domain.ts'
import type { Knobs } from '../kernel/knob.ts'
import type { powerKnobs } from './knobs.ts'

/** In this time what is owed falls to 1/e, hours. Assumed; of the order of the hour or two after events that utilities report. */
const REBOUND_H = 1
/** Less than this is forgiven, Wh, so that making up comes to an end. */
const FORGIVEN_WH = 1

/** Watt-hours, of the whole city since the beginning. */
export interface Responded {
  readonly shedWh: number
  readonly owedWh: number
  /** Of what was owed, what was drawn; and the crumbs that were forgiven. */
  readonly madeUpWh: number
  readonly forgivenWh: number
}

export interface Response {
  /** Whether `row` does without or makes up now. */
  isOn(row: number): boolean
  /** What is to be multiplied with the load of `row`, given what its classes would draw, W; of the last `hours`. */
  factor(row: number, classW: readonly number[], hours: number): number
  responded(): Responded
  save(state: SavedState): void
  load(state: SavedState): void
}

export function createResponse(rows: number, knobs: Knobs<typeof powerKnobs>): Response {
  const shares = [
    knobs.homesShedShare,
    knobs.shopsShedShare,
    knobs.industryShedShare,
    knobs.publicShedShare,
  ] as const
  const [homes, shops, industry, common] = shares
  const owedWh = new Float64Array(rows)
  /** Shed, made up, forgiven. */
  const totals = new Float64Array(3)
  return {
    isOn: (row) =>
      homes[row] > 0 || shops[row] > 0 || industry[row] > 0 || common[row] > 0 || owedWh[row] > 0,
    factor(row, classW, hours) {
      let wholeW = 0
      let shedW = 0
      for (let each = 0; each < shares.length; each++) {
        wholeW += classW[each]
        shedW += classW[each] * shares[each][row]
      }
      if (!(wholeW > 0)) return 1
      if (shedW > 0) {
        totals[0] += shedW * hours
        owedWh[row] += shedW * hours * knobs.reboundShare[row]
        return (wholeW - shedW) / wholeW
      }
      if (hours === 0) return 1
      const backWh = owedWh[row] * Math.min(1, hours / REBOUND_H)
      owedWh[row] -= backWh
      totals[1] += backWh
      if (owedWh[row] < FORGIVEN_WH) {
        totals[2] += owedWh[row]
        owedWh[row] = 0
      }
      return (wholeW + backWh / hours) / wholeW
    },
    responded: () => ({
      shedWh: totals[0],
      owedWh: owedWh.reduce((sum, wh) => sum + wh, 0),
      madeUpWh: totals[1],
      forgivenWh: totals[2],
    }),
    save(state) {
      if (totals[0] === 0) return
      state['response.owedWh'] = owedWh.slice()
      state['response.totals'] = totals.slice()
    },
    load(state) {
      owedWh.fill(0)
      totals.fill(0)
      if (state['response.totals'] === undefined) return
      loadColumn(owedWh, state, 'response.owedWh')
      loadColumn(totals, state, 'response.totals')
    },
  }
}
