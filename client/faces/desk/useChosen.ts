/** What the desk looks at: one alarm, incident or report at a time. */
import { useState } from 'react'
import type { Alarm } from '../../shell/alarms.ts'

export type Chosen =
  | { readonly what: 'alarm'; readonly key: string }
  | { readonly what: 'incident' | 'report'; readonly id: string }

/** A number may be of another alarm once the city has begun anew. */
export function keyOfAlarm({ id, kind }: Alarm): string {
  return `${id} ${kind.id}`
}

export interface Choice {
  readonly chosen: Chosen | undefined
  alarm(alarm: Alarm): void
  incident(id: string): void
  report(id: string): void
}

export function useChosen(): Choice {
  const [chosen, choose] = useState<Chosen>()
  return {
    chosen,
    alarm: (alarm) => choose({ what: 'alarm', key: keyOfAlarm(alarm) }),
    incident: (id) => choose({ what: 'incident', id }),
    report: (id) => choose({ what: 'report', id }),
  }
}
