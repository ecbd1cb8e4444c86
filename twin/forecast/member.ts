/** One member of a forecast: a fork of the twin under other dice and a slightly other demand, run an hour ahead. */
import type { SavedState } from '../kernel/domain.ts'
import { randomBits, randomUnit } from '../kernel/random.ts'
import { TICKS_PER_S } from '../kernel/clock.ts'
import type { Variation } from '../kernel/variation.ts'
import { indicators } from '../objectives/indicators.ts'
import { indicatorTable } from '../objectives/tables.ts'
import type { Twin } from '../twin.ts'
import { forecastIds, LEADS_S } from './forecast.ts'

export type MemberDraw = Variation

/** How far demand may be from the model's, either way. */
export interface DemandSpread {
  readonly demandRatio: number
  readonly shiftS: number
}

/** Of a twin whose demand is known but for what a day brings. Assumed. */
const LIVE_SPREAD: DemandSpread = { demandRatio: 0.05, shiftS: 300 }

// Steps of the additive recurrence R2, which fills a square evenly for any number of points (Roberts 2018, "The Unreasonable
// Effectiveness of Quasirandom Sequences").
const R2_STEPS = [0.7548776662466927, 0.5698402909980532] as const

/** What member `member` (from 0) lives under. Members of one seed fill the spread evenly; each has dice of its own. */
export function memberDraw(seed: number, member: number, spread: DemandSpread = LIVE_SPREAD): MemberDraw {
  const [demand, shift] = R2_STEPS.map((step, axis) => {
    const at = randomUnit(seed, axis, 0xf0) + (member + 1) * step
    return 2 * (at - Math.floor(at)) - 1
  })
  return {
    dice: randomBits(seed, member, 0xf1) | 1,
    demandFactor: 1 + spread.demandRatio * demand,
    demandShiftS: Math.round(spread.shiftS * shift),
  }
}

/**
 * Puts `twin` at the saved moment, to live on under `draw`. Members may use one twin after another; it must be of the same
 * city, seed, start and `solveEveryS` as the parent. With the parent's own dice and demand it repeats the parent's future.
 */
export function startMember(twin: Twin, state: SavedState, draw: MemberDraw): void {
  twin.load(state)
  twin.vary(draw)
}

/**
 * Runs a started member through all leads; gives, by row of `forecastIds`, the indicator at each lead, in its own unit. `onStep`
 * is called after every simulated second.
 */
export function runMember(twin: Twin, onStep?: () => void): Float32Array[] {
  const { value } = twin.tables.find(({ spec }) => spec.name === indicatorTable.name)!.columns
  const rows = forecastIds.map((id) => indicators.findIndex((indicator) => indicator.id === id))
  const paths = rows.map(() => new Float32Array(LEADS_S.length))
  const startTick = twin.clock.tick
  LEADS_S.forEach((leadS, lead) => {
    while (twin.clock.tick < startTick + leadS * TICKS_PER_S) {
      twin.step()
      onStep?.()
    }
    rows.forEach((row, i) => (paths[i][lead] = value[row]))
  })
  return paths
}
