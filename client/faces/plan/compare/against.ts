/** A scenario as it differs from the untouched city, or from another scenario: run by run where both lived in one untouched city. */
import { betweenScenarios } from '../../../../twin/scenario/pairs.ts'
import type { Measured } from './tableRows.ts'
import type { Kept } from './useKept.ts'

export interface Compared {
  readonly outcomes: readonly Measured[]
  /** Of one run, as it stands. */
  readonly indicators: readonly Measured[]
  /** How many runs are paired with those of the other scenario; undefined where there is none or they cannot be. */
  readonly pairs: number | undefined
}

/** `from` undefined is the untouched city. Of itself a scenario has values alone; where runs cannot be paired there is no interval. */
export function comparedWith(from: Kept | undefined, to: Kept): Compared {
  const { outcomes } = to
  const indicators = to.run.comparison?.indicators ?? []
  if (from === undefined) return { outcomes, indicators, pairs: undefined }
  if (from.run.id === to.run.id)
    return { outcomes: outcomes.map(onlyValues), indicators: indicators.map(onlyValues), pairs: undefined }
  const between = from.runs && to.runs && betweenScenarios(from.runs, to.runs)
  return {
    outcomes: outcomes.map((one) => {
      const pair = between?.outcomes.find(({ id }) => id === one.id)
      return pair ? { ...pair, base: one.base } : differing(from.outcomes, one)
    }),
    indicators: indicators.map((one) => differing(from.run.comparison?.indicators ?? [], one)),
    pairs: between?.pairs,
  }
}

function onlyValues({ id, base, edited }: Measured): Measured {
  return { id, base, edited, difference: undefined }
}

function differing(from: readonly Measured[], one: Measured): Measured {
  const other = from.find(({ id }) => id === one.id)
  return { ...onlyValues(one), difference: other && one.edited - other.edited }
}
