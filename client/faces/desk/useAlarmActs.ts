/** What an operator does about alarms, said to the server: each act under an id of its own, with the desk's name. */
import { useState } from 'react'
import type { HandleAlarm } from '../../../twin/protocol/messages.ts'
import { LIVE } from '../../../twin/protocol/names.ts'
import { sayDesk } from '../../language/deskWords.ts'
import type { Alarm } from '../../shell/alarms.ts'
import { deviceKeep } from '../../shell/outbox.ts'
import { makeClientId } from '../../source/clientId.ts'
import type { Live } from '../../state/live.ts'

/** The desk's name stays on its machine. */
const WHO_KEY = 'citytwin.desk'

export interface AlarmActs {
  readonly who: string
  setWho(who: string): void
  /** Of alarms that are on their way to the server. */
  readonly underWay: ReadonlySet<number>
  /** Why the last act was not taken. */
  readonly error: string | undefined
  acknowledge(alarm: Alarm): void
  shelve(alarm: Alarm, forS: number, reason: string): void
  unshelve(alarm: Alarm): void
}

/** Whether an act means something in the alarm's state. */
export function canAcknowledge({ state }: Alarm): boolean {
  return state === 'unacknowledged' || state === 'returned'
}
export function canShelve({ state }: Alarm): boolean {
  return state !== 'consequence' && state !== 'shelved' && state !== 'none'
}

export function useAlarmActs(live: Live): AlarmActs {
  const [who, keepWho] = useState(() => deviceKeep()?.getItem(WHO_KEY) ?? '')
  const [underWay, setUnderWay] = useState<ReadonlySet<number>>(new Set())
  const [error, setError] = useState<string>()
  const say = (alarm: Alarm, act: Pick<HandleAlarm, 'act'> & { forS?: number; reason?: string }) => {
    if (underWay.has(alarm.id)) return
    if (live.store.get().stream !== LIVE) {
      setError(sayDesk('desk.past'))
      return
    }
    const message = {
      clientId: makeClientId(),
      alarm: alarm.id,
      kind: alarm.kind.id,
      source: alarm.source,
      who: who.trim() || sayDesk('desk.unnamed'),
      ...act,
    }
    setUnderWay((before) => new Set(before).add(alarm.id))
    // each act has what its own words ask for
    void live.source.handleAlarm(message as HandleAlarm).then((reply) => {
      setError(reply.ok ? undefined : reply.error)
      setUnderWay((before) => new Set([...before].filter((id) => id !== alarm.id)))
    })
  }
  return {
    who,
    setWho(next) {
      deviceKeep()?.setItem(WHO_KEY, next)
      keepWho(next)
    },
    underWay,
    error,
    acknowledge: (alarm) => {
      if (canAcknowledge(alarm)) say(alarm, { act: 'acknowledge' })
    },
    shelve: (alarm, forS, reason) => {
      if (canShelve(alarm)) say(alarm, { act: 'shelve', forS, reason })
    },
    unshelve: (alarm) => {
      if (alarm.state === 'shelved') say(alarm, { act: 'unshelve' })
    },
  }
}
