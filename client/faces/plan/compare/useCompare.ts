/** How a scenario's map is compared: alone, as a difference, swiped, flipped or side by side; and with what. */
import { useEffect, useMemo, useState } from 'react'
import type { ScenarioEdit } from '../../../../twin/scenario/edits.ts'
import { shownOf, type Field } from '../../../layers/difference/field.ts'
import { sayCompare } from '../../../language/compareWords.ts'
import { useHotkey } from '../../../shell/hotkeys.ts'
import type { Live } from '../../../state/live.ts'
import type { Together } from '../../../state/sideLive.ts'
import type { Scenario } from '../useScenario.ts'
import type { KeptOnes } from './useKept.ts'
import type { Records } from './useRecords.ts'

export type CompareView = 'one' | 'difference' | 'swipe' | 'flip' | 'beside'

/** What the scenario at hand is compared with: the untouched city, or a kept scenario. */
export interface Partner {
  readonly stream: string
  readonly name: string
  /** Of a kept scenario: what both runs are played by. */
  readonly together: Together | undefined
  /** Marked on its map. */
  readonly edits: readonly ScenarioEdit[]
}

export interface Compare {
  readonly view: CompareView
  /** Of the scenario at hand, that it may be compared with. */
  readonly partners: readonly Partner[]
  /** Those that are: one at least where there is a run. */
  readonly chosen: readonly Partner[]
  /** Whether the partner is what a flipped map shows. */
  readonly isFlipped: boolean
  /** The page's own map lies below the partner's. */
  readonly isCovered: boolean
  /** Maps that stand side by side, 1 where one is shown. */
  readonly cells: number
  go(view: CompareView): void
  choose(stream: string, isChosen: boolean): void
  flip(): void
}

/** The same each time, so that nothing is drawn anew. */
const nothing: readonly ScenarioEdit[] = []

export function useCompare(scenario: Scenario, kept: KeptOnes, records: Records): Compare {
  const [wanted, setWanted] = useState<CompareView>('one')
  const [streams, setStreams] = useState<readonly string[]>([])
  const [isFlipped, setFlipped] = useState(false)
  const { run, side } = scenario
  const partners: Partner[] = run
    ? [
        { stream: `${run.id}.base`, name: sayCompare('maps.base'), together: undefined, edits: nothing },
        ...kept.all
          .filter((one) => one.run.id !== run.id)
          .map((one) => ({
            stream: one.run.id,
            name: one.name,
            together: togetherOf(records, one.run.id, run.id),
            edits: one.edits,
          })),
      ]
    : []
  const asked = partners.filter(({ stream }) => streams.includes(stream))
  const chosen = asked.length > 0 ? asked : partners.slice(0, 1)
  const isOnMaps = wanted === 'swipe' || wanted === 'flip' || wanted === 'beside'
  // the page's own map shows something else: there is nothing to lay beside it
  const view = isOnMaps && (run === undefined || side !== 'edited') ? 'one' : wanted

  const go = (next: CompareView) => {
    setWanted(next)
    setFlipped(false)
    if (next !== 'one' && next !== 'difference') scenario.show('edited')
  }
  const flip = () => {
    if (run === undefined) return
    if (view !== 'flip') go('flip')
    setFlipped(view !== 'flip' || !isFlipped)
  }
  useHotkey('x', flip)
  return {
    view,
    partners,
    chosen,
    isFlipped,
    isCovered: view === 'flip' && isFlipped,
    cells: view === 'beside' ? 1 + chosen.length : 1,
    go,
    choose(stream, isChosen) {
      const now = chosen.map((partner) => partner.stream)
      setStreams(isChosen ? [...now, stream] : now.filter((one) => one !== stream))
    },
    flip,
  }
}

function togetherOf(records: Records, kept: string, atHand: string): Together | undefined {
  const record = records.of(kept)
  const own = records.of(atHand)
  return record && own && { record, own }
}

/** Lays `field` over the map of `live` instead of its layers; undefined takes it off. */
export function useLens(live: Live, field: Field | undefined): void {
  const shown = useMemo(() => field && shownOf(field), [field])
  useEffect(() => {
    live.lens.show(shown)
    return () => live.lens.show(undefined)
  }, [live, shown])
}
