/** Edits of traffic signals. */
import * as v from 'valibot'
import { INTERGREEN_S, MIN_GREEN_S } from '../../traffic/signals.ts'
import { editKind, rowSchema } from '../editKind.ts'
import { refused } from '../refusals.ts'

/** A cycle, and the share of all its green that the main street gets; what crosses it gets the rest. */
export const signalPlan = editKind(
  'signalPlan',
  {
    signal: rowSchema,
    cycleS: v.pipe(v.number(), v.integer(), v.minValue(40), v.maxValue(180)),
    mainGreenShare: v.pipe(v.number(), v.minValue(0.1), v.maxValue(0.9)),
  },
  ({ signal, cycleS, mainGreenShare }) => {
    const greenS = cycleS - 2 * INTERGREEN_S
    const mainS = Math.round(greenS * mainGreenShare)
    const leastS = Math.min(mainS, greenS - mainS)
    if (leastS < MIN_GREEN_S) return refused('greenTooShort', { greenS: leastS, leastS: MIN_GREEN_S })
    return {
      settings: [
        { target: 'signalCycleS', row: signal, value: cycleS },
        { target: 'mainGreenShare', row: signal, value: mainGreenShare },
      ],
    }
  },
)
