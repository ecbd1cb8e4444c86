/** What pairs of runs say of reach: each measure that all of them have, and each pair of places, with how sure the difference is. */
import type { EnsembleState } from '../../../twin/protocol/messages.ts'
import { suretyOf } from '../../../twin/scenario/interval.ts'
import { PAIR_GRAIN_S, reachMeasures } from '../../../twin/scenario/reach/measures.ts'
import type { Pair } from './ensemble.ts'

export function reachOf(pairs: readonly Pair[]): Required<Pick<EnsembleState, 'reach' | 'pairsOfPlaces'>> {
  const ofBoth = (grain: number, pick: (side: Pair['base']) => number | undefined) => {
    const base = pairs.map((pair) => pick(pair.base))
    const edited = pairs.map((pair) => pick(pair.edited))
    const isKnown = (values: readonly (number | undefined)[]): values is number[] =>
      values.every((value) => value !== undefined && Number.isFinite(value))
    return isKnown(base) && isKnown(edited) ? suretyOf(base, edited, grain) : undefined
  }
  return {
    reach: reachMeasures.flatMap(({ id, grain }) => {
      const found = ofBoth(grain, ({ reach }) => reach.measures[id])
      return found === undefined ? [] : [{ id, ...found }]
    }),
    // the places are the city's, the same in every run
    pairsOfPlaces: pairs[0].base.reach.pairs.flatMap(({ name, kind, isTowards }, i) => {
      const found = ofBoth(PAIR_GRAIN_S, ({ reach }) => reach.pairs[i]?.s)
      return found === undefined ? [] : [{ name, kind, isTowards, ...found }]
    }),
  }
}
