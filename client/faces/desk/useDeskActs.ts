/** What a desk does about incidents, reports and shifts, said to the server: each act under an id of its own, with the desk's name. */
import { useRef, useState } from 'react'
import type { DeskAct } from '../../../twin/protocol/deskMessages.ts'
import { sayDesk } from '../../language/deskWords.ts'
import { makeClientId } from '../../source/clientId.ts'
import type { Live } from '../../state/live.ts'

type Words<A> = A extends unknown ? Omit<A, 'clientId' | 'who'> : never
/** An act as a panel says it: the id and the desk's name are added here. */
export type DeskWords = Words<DeskAct>
type Begun = Extract<DeskAct, { act: 'open' | 'handOver' }>
/** What begins something, which then has the act's own id. */
export type FirstWords = Begun extends infer A
  ? A extends unknown
    ? Omit<A, 'clientId' | 'who' | 'incident' | 'shift'>
    : never
  : never

export interface DeskActs {
  /** Why the last act was not taken. */
  readonly error: string | undefined
  /** Whether one is on its way to the server. */
  readonly isBusy: boolean
  /** Resolves with whether it was taken. `who` is the desk's own name when left out. */
  say(words: DeskWords, who?: string): Promise<boolean>
  /** Gives the new thing's id; undefined when it was not taken. */
  begin(words: FirstWords, who?: string): Promise<string | undefined>
}

/** As a desk signs that nobody has named. */
export function nameOfDesk(name: string): string {
  return name.trim() || sayDesk('desk.unnamed')
}

export function useDeskActs(live: Live, deskName: string): DeskActs {
  const [error, setError] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const underWay = useRef(false)
  const send = async (act: DeskAct): Promise<boolean> => {
    // a second press while the first is on its way is the same wish
    if (underWay.current) return false
    underWay.current = true
    setBusy(true)
    const reply = await live.source.actAtDesk(act)
    underWay.current = false
    setBusy(false)
    setError(reply.ok ? undefined : reply.error)
    return reply.ok
  }
  const signed = (who = deskName) => ({
    clientId: makeClientId(),
    who: nameOfDesk(who),
  })
  return {
    error,
    isBusy,
    // the words are of one act, whole but for what is added
    say: (words, who) => send({ ...words, ...signed(who) } as DeskAct),
    async begin(words, who) {
      const act = signed(who)
      const id = act.clientId
      const isTaken = await send({ ...words, ...act, [words.kind]: id } as unknown as DeskAct)
      return isTaken ? id : undefined
    },
  }
}
