/** A planner's scenario: edits with undo, a run on a fork beside the live twin, and which of the three twins is shown. */
import { useCallback, useEffect, useState } from 'react'
import type { Fault, ScenarioState } from '../../../twin/protocol/messages.ts'
import type { ScenarioEdit } from '../../../twin/scenario/edits.ts'
import type { NewEdit } from '../../../twin/scenario/thing.ts'
import { LIVE } from '../../../twin/protocol/names.ts'
import {
  cleared,
  noEdits,
  redone,
  replaced,
  undone,
  withChanged,
  withEdit,
  withMoved,
  withoutEdit,
  type EditHistory,
} from '../../shell/edits.ts'
import { useLatest } from '../../shell/useLatest.ts'
import type { Live } from '../../state/live.ts'
import { useStore } from '../../state/store.ts'
import { askedOf, now, type Begin } from './begin.ts'

/** What the map shows: what has changed, either of the two forks, or the present. */
export type Side = 'difference' | 'edited' | 'base' | 'live'

// Fast enough to wait for, slow enough to watch.
const SPEED = 60

export interface Scenario {
  readonly history: EditHistory
  /** Of the run asked for last; undefined before the first and after leaving. */
  readonly run: ScenarioState | undefined
  /** The edits that it is of; those at hand may be others by now. */
  readonly ran: readonly ScenarioEdit[]
  readonly isStarting: boolean
  readonly fault: Fault | undefined
  readonly side: Side
  readonly horizonS: number
  readonly begin: Begin
  setHorizonS(horizonS: number): void
  setBegin(begin: Begin): void
  /** Each of these is one step to undo. */
  add(edit: NewEdit): void
  change(edit: ScenarioEdit): void
  move(id: string, by: -1 | 1): void
  remove(id: string): void
  clear(): void
  /** All of another list in place of these. */
  replace(edits: readonly ScenarioEdit[]): void
  undo(): void
  redo(): void
  start(): void
  show(side: Side): void
  /** Stops the run and goes back to live; the edits stay. */
  leave(): void
}

/** `isKept` of a run that goes on being looked at when another begins; the same function each time. */
export function useScenario(live: Live, isKept: (runId: string) => boolean): Scenario {
  const [history, setHistory] = useState<EditHistory>(noEdits)
  const [horizonS, setHorizonS] = useState(1800)
  const [begin, setBegin] = useState<Begin>(now)
  const [runId, setRunId] = useState<string>()
  const [ran, setRan] = useState<readonly ScenarioEdit[]>([])
  const [isStarting, setStarting] = useState(false)
  const [fault, setFault] = useState<Fault>()
  const run = useStore(live.store, ({ runs }) => (runId === undefined ? undefined : runs[runId]))
  const stream = useStore(live.store, (state) => state.stream)
  const isCompared = useStore(live.store, (state) => state.comparedWith !== undefined)
  const latestId = useLatest(runId)

  const leave = useCallback(() => {
    const { current: id } = latestId
    if (id !== undefined && !isKept(id)) void live.source.stopScenario(id)
    setRunId(undefined)
    setFault(undefined)
    live.watch(LIVE)
  }, [live, latestId, isKept])

  const start = () => {
    leave()
    setStarting(true)
    const asked = { edits: [...history.edits], horizonS, speed: SPEED, ...askedOf(begin) }
    void live.source.startScenario(asked).then((reply) => {
      setStarting(false)
      if (!reply.ok) return setFault(reply)
      setRunId(reply.id)
      setRan(asked.edits)
      live.watch(reply.id, `${reply.id}.base`)
    })
  }

  useUndoKeys(setHistory)
  return {
    history,
    run,
    ran,
    isStarting,
    fault: fault ?? faultOf(run),
    side: stream === LIVE ? 'live' : stream.endsWith('.base') ? 'base' : isCompared ? 'difference' : 'edited',
    horizonS,
    setHorizonS,
    begin,
    setBegin,
    add: (edit) => setHistory((before) => withEdit(before, edit)),
    change: (edit) => setHistory((before) => withChanged(before, edit)),
    move: (id, by) => setHistory((before) => withMoved(before, id, by)),
    remove: (id) => setHistory((before) => withoutEdit(before, id)),
    clear: () => setHistory(cleared),
    replace: (edits) => setHistory((before) => replaced(before, edits)),
    undo: () => setHistory(undone),
    redo: () => setHistory(redone),
    start,
    show(side) {
      if (runId === undefined) return
      const base = `${runId}.base`
      if (side === 'difference') live.watch(runId, base)
      else live.watch(side === 'live' ? LIVE : side === 'edited' ? runId : base)
    },
    leave,
  }
}

/** Of a run or a measuring that ended before its time. */
export function faultOf(of: { readonly error?: string } | undefined): Fault | undefined {
  return of?.error === undefined ? undefined : { error: of.error }
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
