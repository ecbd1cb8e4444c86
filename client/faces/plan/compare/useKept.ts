/** Scenarios kept on the page to be compared: each by its name, with its run, whose last picture the server still has, and what was measured of it. */
import { useCallback, useState } from 'react'
import type { EnsembleState, ScenarioState } from '../../../../twin/protocol/messages.ts'
import type { ScenarioEdit } from '../../../../twin/scenario/edits.ts'
import type { PlaceDifferences } from '../../../../twin/scenario/placeDifferences.ts'
import { useLatest } from '../../../shell/useLatest.ts'
import type { Live } from '../../../state/live.ts'
import { useStore } from '../../../state/store.ts'

/** With the one at hand four, which is as many as can be compared. */
export const MOST_KEPT = 3

export interface Kept {
  readonly name: string
  readonly run: ScenarioState
  /** Those that it is of. */
  readonly edits: readonly ScenarioEdit[]
  /** Empty where no pair of runs was done. */
  readonly outcomes: EnsembleState['outcomes']
  /** The same run by run, to be paired with those of another. */
  readonly runs: EnsembleState['runs']
  readonly places: PlaceDifferences | undefined
}

export interface KeptOnes {
  readonly all: readonly Kept[]
  keep(kept: Kept): void
  /** Its run ends, unless it is the one at hand. */
  drop(runId: string, atHand: string | undefined): void
  /** The same function each time. */
  has(runId: string): boolean
}

export function useKept(live: Live): KeptOnes {
  const [kept, setAll] = useState<readonly Kept[]>([])
  // a run that is kept may still go on
  const runs = useStore(live.store, (state) => state.runs)
  const all = kept.map((one) => ({ ...one, run: runs[one.run.id] ?? one.run }))
  const latest = useLatest(kept)
  const has = useCallback((runId: string) => latest.current.some(({ run }) => run.id === runId), [latest])
  return {
    all,
    has,
    keep: (kept) =>
      setAll((before) => [...before.filter(({ run }) => run.id !== kept.run.id), kept].slice(-MOST_KEPT)),
    drop(runId, atHand) {
      setAll((before) => before.filter(({ run }) => run.id !== runId))
      if (runId !== atHand) void live.source.stopScenario(runId)
    },
  }
}
