/** All that is compared of a scenario: maps, places, and the kept ones; what the planner's face holds of it. */
import type { FoundFlows } from '../../../layers/difference/field.ts'
import type { Live } from '../../../state/live.ts'
import { useStore } from '../../../state/store.ts'
import { sayCompare } from '../../../language/compareWords.ts'
import { wordsOfEdit } from '../editWords.ts'
import type { Measuring } from '../useEnsemble.ts'
import type { Scenario } from '../useScenario.ts'
import { useCompare, useLens, type Compare } from './useCompare.ts'
import { useDifferences, type Differences } from './useDifferences.ts'
import type { Kept, KeptOnes } from './useKept.ts'
import { useRecords } from './useRecords.ts'

export interface Comparing {
  /** As it is, but that another side on the map ends a comparison of maps. */
  readonly scenario: Scenario
  readonly compare: Compare
  readonly differences: Differences
  readonly kept: KeptOnes
  /** The scenario at hand as it would be kept; undefined before its run. */
  readonly now: Kept | undefined
  /** What was measured is of other edits. */
  readonly isOld: boolean
}

/** `found` is what is known of flows before the first pair of runs is done. */
export function useComparing(
  live: Live,
  scenario: Scenario,
  measuring: Measuring,
  kept: KeptOnes,
  found?: FoundFlows,
): Comparing {
  const city = useStore(live.store, (state) => state.city)
  // while it waits for its turn there is no stream of it
  const begun = scenario.run?.state === 'queued' ? undefined : scenario.run?.id
  const records = useRecords(live, begun, kept)
  const compare = useCompare(scenario, kept, records)
  const differences = useDifferences(live, measuring, kept, found)
  useLens(live, compare.view === 'difference' ? differences.field : undefined)
  const { run, ran } = scenario
  const { state, isOld } = measuring
  const [first, ...others] = ran.filter(({ isOff }) => isOff !== true)
  const words = first === undefined ? '' : wordsOfEdit(first, city)
  const now: Kept | undefined = run && {
    name: others.length === 0 ? words : sayCompare('kept.and', { first: words, n: others.length }),
    run,
    edits: ran,
    outcomes: isOld ? [] : (state?.outcomes ?? []),
    runs: isOld ? undefined : state?.runs,
    places: isOld ? undefined : differences.places,
  }
  return {
    scenario: {
      ...scenario,
      show(side) {
        compare.go('one')
        scenario.show(side)
      },
    },
    compare,
    differences,
    kept,
    now,
    isOld,
  }
}
