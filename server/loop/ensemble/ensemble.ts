/**
 * Runs a scenario again and again, with its edits and without, each pair under its own dice and demand, on as many threads as are
 * given. Pairs are told as they are done, so that bands narrow as they come.
 */
import { memberDraw } from '../../../twin/forecast/member.ts'
import type { SavedState } from '../../../twin/kernel/domain.ts'
import type { Causes } from '../../../twin/scenario/causes/step.ts'
import type { ScenarioEdit } from '../../../twin/scenario/edits.ts'
import type { RunResult, RunTask } from './messages.ts'
import type { RunThread } from './runThread.ts'

export interface EnsembleAsked {
  /** Undefined where the threads begin in an hour's life by themselves. */
  readonly state: SavedState | undefined
  readonly seed: number
  readonly edits: readonly ScenarioEdit[]
  readonly horizonS: number
  /** The first lives under the twin's own dice and demand, the others under their own. */
  readonly members: number
  readonly wantsTables: boolean
  /** Runs without edits of this very beginning and horizon that are there already, by member; those that are made are added. */
  readonly bases?: Map<number, RunResult>
}

export interface Pair {
  readonly member: number
  readonly base: RunResult
  /** The base itself where there is no edit. */
  readonly edited: RunResult
}

export interface EnsembleNews {
  readonly pair: (pair: Pair) => void
  /** Of the first member, once its pair is there. */
  readonly causes?: (causes: Causes) => void
  /** Share of all work, 0 to 1. */
  readonly progress: (share: number) => void
}

/** Resolves when all pairs are told; rejects when a thread dies, or with `signal`'s reason when it is aborted: whoever aborts closes the threads. */
export async function runEnsemble(
  threads: readonly RunThread[],
  asked: EnsembleAsked,
  news: EnsembleNews,
  signal?: AbortSignal,
): Promise<void> {
  const { state, seed, edits, horizonS, members, wantsTables, bases } = asked
  const sides = edits.length === 0 ? (['base'] as const) : (['base', 'edited'] as const)
  const results = new Map<string, RunResult>()
  for (const [member, result] of bases ?? []) results.set(nameOf({ member, side: 'base' }), result)
  const tasks = Array.from({ length: members }, (_, member) =>
    sides.map((side) => ({ member, side })).filter((task) => !results.has(nameOf(task))),
  ).flat()
  const doneS = tasks.map(() => 0)
  let next = 0

  /** Tells the pair of a member once both of it are there. */
  const tellPair = (member: number): Pair | undefined => {
    const base = results.get(nameOf({ member, side: 'base' }))
    const edited = sides.length === 1 ? base : results.get(nameOf({ member, side: 'edited' }))
    if (base === undefined || edited === undefined) return undefined
    for (const side of sides) results.delete(nameOf({ member, side }))
    const pair = { member, base, edited }
    news.pair(pair)
    return pair
  }
  const work = async (thread: RunThread) => {
    await thread.begin(state)
    while (next < tasks.length) {
      signal?.throwIfAborted()
      const at = next++
      const { member, side } = tasks[at]
      const task: RunTask = {
        edits: side === 'edited' ? edits : [],
        horizonS,
        draw: member === 0 ? undefined : memberDraw(seed, member - 1),
        wantsTables,
        wantsTrips: member === 0 && sides.length === 2,
        wantsTrace: member === 0 && sides.length === 2 && !wantsTables,
      }
      const result = await thread.run(task, (seconds) => {
        doneS[at] = seconds
        news.progress(doneS.reduce((sum, one) => sum + one, 0) / (tasks.length * horizonS))
      })
      doneS[at] = horizonS
      results.set(nameOf(tasks[at]), result)
      // a base that stands alone has kept no trips and no trace to compare with
      if (side === 'base' && sides.length === 2) bases?.set(member, result)
      const pair = tellPair(member)
      const [base, edited] = [pair?.base.trace, pair?.edited.trace]
      if (base && edited) news.causes?.(await thread.findCauses({ edits, base, edited }))
    }
  }
  if (sides.length === 1) for (let member = 0; member < members; member++) tellPair(member)
  await Promise.all(threads.map(work))
}

function nameOf({ member, side }: { readonly member: number; readonly side: 'base' | 'edited' }): string {
  return `${side} ${member}`
}
