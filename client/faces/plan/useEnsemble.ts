/** An ensemble of the scenario at hand: asked for, followed, stopped; it ends with the face. */
import { useEffect, useState } from 'react'
import type { EnsembleState, Fault } from '../../../twin/protocol/messages.ts'
import { useLatest } from '../../shell/useLatest.ts'
import type { Live } from '../../state/live.ts'
import { useStore } from '../../state/store.ts'
import { askedOf } from './begin.ts'
import { isMeasured, keyOf, noteMeasured } from './measured.ts'
import { faultOf, type Scenario } from './useScenario.ts'

export interface Measuring {
  /** Of the ensemble asked for last; undefined before the first. */
  readonly state: EnsembleState | undefined
  /** Whether the edits are others by now. */
  readonly isOld: boolean
  readonly fault: Fault | undefined
  start(members: number): void
  stop(): void
}

export function useEnsemble(live: Live, scenario: Scenario): Measuring {
  const [asked, setAsked] = useState<string>()
  const [fault, setFault] = useState<Fault>()
  const told = useStore(live.store, ({ ensemble }) => (ensemble?.id === asked ? ensemble : undefined))
  const { history, horizonS, begin } = scenario
  const key = keyOf(scenario)
  const latest = useLatest(asked)
  const stop = () => {
    if (latest.current !== undefined) void live.source.stopEnsemble(latest.current)
  }
  useEffect(
    () => () => {
      if (latest.current !== undefined) void live.source.stopEnsemble(latest.current)
    },
    [live, latest],
  )
  return {
    state: told,
    isOld: asked !== undefined && !isMeasured(live, asked, key),
    fault: fault ?? faultOf(told),
    start(members) {
      stop()
      setFault(undefined)
      const what = { edits: [...history.edits], horizonS, members, ...askedOf(begin) }
      void live.source.startEnsemble(what).then((reply) => {
        if (!reply.ok) return setFault(reply)
        noteMeasured(live, reply.id, key)
        setAsked(reply.id)
      })
    },
    stop,
  }
}
