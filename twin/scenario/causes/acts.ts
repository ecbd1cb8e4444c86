/** The couplings' own account of a run: what each did to which row, all in all, and when it first did. */
import { couplingIds, type CouplingId } from '../../couplingWatch.ts'
import { TICKS_PER_S } from '../../kernel/clock.ts'
import type { Twin } from '../../twin.ts'

export interface Act {
  readonly coupling: CouplingId
  readonly row: number
  readonly amount: number
  /** Seconds after the account was opened. */
  readonly firstS: number
}

/** Keeps what the couplings of `twin` do from now on, as its only watch; gives the account so far. */
export function keepActs(twin: Twin): () => readonly Act[] {
  const { clock } = twin
  const beginTick = clock.tick
  const acts = new Map<number, { coupling: CouplingId; row: number; amount: number; firstS: number }>()
  twin.watchCouplings({
    acted(coupling, row, amount) {
      // rows are less than 2 ** 32
      const key = couplingIds.indexOf(coupling) * 2 ** 32 + row
      const known = acts.get(key)
      if (known !== undefined) known.amount += amount
      else acts.set(key, { coupling, row, amount, firstS: (clock.tick - beginTick) / TICKS_PER_S })
    },
  })
  return () => [...acts.values()]
}
