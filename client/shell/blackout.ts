/**
 * The blackout minute as a machine: five steps, each reached when the real numbers of the edited twin part from those of the
 * untouched one. A step that does not come in time says so. Pure; the page feeds it what it sees.
 */
import type { IndicatorId } from '../../twin/objectives/indicators.ts'

export const blackoutSteps = ['lights', 'signals', 'queues', 'buses', 'reports'] as const
export type BlackoutStep = (typeof blackoutSteps)[number]

/** What a step is told by: an indicator, or the trips that run a minute later than in the untouched twin. */
export type StepNumber = IndicatorId | 'busesLater'

interface StepRule {
  readonly number: StepNumber
  /** The difference, edited less untouched, from which on the step is there; in the number's unit. Assumed. */
  readonly threshold: number
  /** Simulated seconds after the failure by which it should have come. Assumed. */
  readonly patienceS: number
}

export const stepRules: Readonly<Record<BlackoutStep, StepRule>> = {
  lights: { number: 'customersOut', threshold: 1, patienceS: 60 },
  signals: { number: 'darkSignals', threshold: 1, patienceS: 120 },
  queues: { number: 'queuedVehicles', threshold: 40, patienceS: 1700 },
  buses: { number: 'busesLater', threshold: 10, patienceS: 1780 },
  reports: { number: 'openRequests', threshold: 1, patienceS: 1780 },
}

// A caption stays at least this long, so that it can be read and looked up on the map.
const READING_MS = 7000

export interface Outcome {
  readonly state: 'awaited' | 'seen' | 'missed'
  /** Simulated seconds after the failure at which it was seen. */
  readonly atS?: number
}

export interface BlackoutState {
  /** Index of the step that is shown. */
  readonly step: number
  /** Page time at which it was opened. */
  readonly openedMs: number
  readonly outcomes: readonly Outcome[]
  readonly isPaused: boolean
}

export interface Pair {
  readonly base: number
  readonly edited: number
}

export interface Observation {
  /** Simulated seconds since the failure. */
  readonly doneS: number
  readonly horizonS: number
  readonly pairs: Readonly<Partial<Record<string, Pair>>>
}

export function startBlackout(nowMs: number): BlackoutState {
  return {
    step: 0,
    openedMs: nowMs,
    outcomes: blackoutSteps.map(() => ({ state: 'awaited' })),
    isPaused: false,
  }
}

/** Takes in what is seen now, and opens the next step when this one is settled and was long enough to read. */
export function observe(state: BlackoutState, seen: Observation, nowMs: number): BlackoutState {
  const outcomes = state.outcomes.map((outcome, i) => judge(outcome, blackoutSteps[i], seen))
  const isSettled = outcomes[state.step].state !== 'awaited'
  const isRead = nowMs - state.openedMs >= READING_MS
  const isLast = state.step === blackoutSteps.length - 1
  if (state.isPaused || !isSettled || !isRead || isLast) return { ...state, outcomes }
  return { ...state, outcomes, step: state.step + 1, openedMs: nowMs }
}

/** Opens a step by hand; following by itself then stops until resumed. */
export function goTo(state: BlackoutState, step: number, nowMs: number): BlackoutState {
  const inRange = Math.min(blackoutSteps.length - 1, Math.max(0, step))
  return { ...state, step: inRange, openedMs: nowMs, isPaused: true }
}

export function setPaused(state: BlackoutState, isPaused: boolean, nowMs: number): BlackoutState {
  return { ...state, isPaused, openedMs: nowMs }
}

export function isTold(state: BlackoutState): boolean {
  return state.step === blackoutSteps.length - 1 && state.outcomes.every(({ state }) => state !== 'awaited')
}

function judge(outcome: Outcome, step: BlackoutStep, seen: Observation): Outcome {
  if (outcome.state === 'seen') return outcome
  const { number, threshold, patienceS } = stepRules[step]
  const pair = seen.pairs[number]
  if (pair && pair.edited - pair.base >= threshold) return { state: 'seen', atS: seen.doneS }
  if (seen.doneS >= Math.min(patienceS, seen.horizonS)) return { state: 'missed' }
  return outcome
}
