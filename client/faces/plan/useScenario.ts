/** A planner's scenario: edits with undo, a run on a fork beside the live twin, and which of the three twins is shown. */
import { useCallback, useEffect, useState } from 'react'
import type { Edit } from '../../../twin/commands.ts'
import { LIVE, type ScenarioState } from '../../../twin/protocol/messages.ts'
import {
  cleared,
  noEdits,
  redone,
  undone,
  withEdit,
  withoutEdit,
  type EditHistory,
} from '../../shell/edits.ts'
import { useLatest } from '../../shell/useLatest.ts'
import type { Live } from '../../state/live.ts'
import { useStore } from '../../state/store.ts'

export type Side = 'live' | 'edited' | 'base'

// Fast enough to wait for, slow enough to watch.
const SPEED = 60

export interface Scenario {
  readonly history: EditHistory
  /** Of the run asked for last; undefined before the first and after leaving. */
  readonly run: ScenarioState | undefined
  readonly isStarting: boolean
  readonly error: string | undefined
  readonly side: Side
  readonly horizonS: number
  setHorizonS(horizonS: number): void
  add(edit: Edit): void
  remove(edit: Edit): void
  clear(): void
  undo(): void
  redo(): void
  start(): void
  show(side: Side): void
  /** Stops the run and goes back to live; the edits stay. */
  leave(): void
}

export function useScenario(live: Live): Scenario {
  const [history, setHistory] = useState<EditHistory>(noEdits)
  const [horizonS, setHorizonS] = useState(1800)
  const [runId, setRunId] = useState<string>()
  const [isStarting, setStarting] = useState(false)
  const [error, setError] = useState<string>()
  const run = useStore(live.store, ({ scenario }) =>
    scenario && scenario.id === runId ? scenario : undefined,
  )
  const stream = useStore(live.store, (state) => state.stream)
  const latestId = useLatest(runId)

  const leave = useCallback(() => {
    if (latestId.current !== undefined) void live.source.stopScenario(latestId.current)
    setRunId(undefined)
    setError(undefined)
    live.watch(LIVE)
  }, [live, latestId])

  const start = () => {
    leave()
    setStarting(true)
    void live.source.startScenario({ edits: [...history.edits], horizonS, speed: SPEED }).then((reply) => {
      setStarting(false)
      if (!reply.ok) return setError(reply.error)
      setRunId(reply.id)
      live.watch(reply.id)
    })
  }

  useUndoKeys(setHistory)
  return {
    history,
    run,
    isStarting,
    error: error ?? run?.error,
    side: stream === LIVE ? 'live' : stream.endsWith('.base') ? 'base' : 'edited',
    horizonS,
    setHorizonS,
    add: (edit) => setHistory((before) => withEdit(before, edit)),
    remove: (edit) => setHistory((before) => withoutEdit(before, edit)),
    clear: () => setHistory(cleared),
    undo: () => setHistory(undone),
    redo: () => setHistory(redone),
    start,
    show(side) {
      if (runId === undefined) return
      live.watch(side === 'live' ? LIVE : side === 'edited' ? runId : `${runId}.base`)
    },
    leave,
  }
}

/** Ctrl or ⌘ with Z, and with Shift the other way. Writing keeps its own undo. */
function useUndoKeys(setHistory: (change: (before: EditHistory) => EditHistory) => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isWriting = event.target instanceof HTMLElement && /^(INPUT|TEXTAREA)$/.test(event.target.tagName)
      if (event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey) || isWriting) return
      event.preventDefault()
      setHistory(event.shiftKey ? redone : undone)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [setHistory])
}
