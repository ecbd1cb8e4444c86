/**
 * What a scenario is worth today and how sure that is: worked out pair by pair of runs, so that what goes together in a run, less
 * time on the road and less driving, goes together in the sum. The interval is that of any paired difference (`interval.ts`). Unit
 * values and costs are taken as they are: what they may be wrong by is not in it.
 */
import { pairedDifference, type DifferenceOf } from '../interval.ts'
import { outcomes, type OutcomeId } from '../outcome.ts'
import type { MemberRuns } from '../pairs.ts'
import { benefitsOf, flowsOf, presentValue, type Measured } from './costs.ts'
import type { EditCost } from './editCosts.ts'
import type { Values } from './values.ts'

/** `difference` is the mean net present value of the pairs, USD. */
export function worthOfPairs(
  { members, base, edited }: MemberRuns,
  measured: Omit<Measured, 'difference'>,
  costs: readonly EditCost[],
  values: Values,
): DifferenceOf {
  const worthOf = (difference: Measured['difference']) =>
    presentValue(flowsOf(benefitsOf({ ...measured, difference }, values), costs, values), values.discountRate)
  const ofPairs = members.map((_, i) => {
    const differenceOf = (id: OutcomeId) => [id, edited[id][i] - base[id][i]] as const
    return worthOf(Object.fromEntries(outcomes.map(({ id }) => differenceOf(id))))
  })
  // what one event more of every measure is worth
  const unchanged = worthOf({})
  const grain = outcomes.reduce(
    (sum, { id, grain: least }) => sum + Math.abs(worthOf({ [id]: least }) - unchanged),
    0,
  )
  return pairedDifference(
    ofPairs.map(() => 0),
    ofPairs,
    grain,
  )
}
