/** Plans for one incident: asked for, followed, stopped; they end with what shows them. */
import { useEffect, useState } from 'react'
import type { ResponseState } from '../../../twin/protocol/responseMessages.ts'
import type { PlannedIncident } from '../../../twin/scenario/response/incident.ts'
import type { Live } from '../../state/live.ts'
import { useStore } from '../../state/store.ts'
import { useLatest } from '../useLatest.ts'

const HORIZON_S = 1800
const MEMBERS = 3

export interface AskedResponse {
  readonly state: ResponseState | undefined
  readonly error: string | undefined
  start(): void
  stop(): void
}

export function useResponse(live: Live, incident: PlannedIncident): AskedResponse {
  const [id, setId] = useState<string>()
  const [error, setError] = useState<string>()
  const state = useStore(live.store, ({ response }) => (response?.id === id ? response : undefined))
  const isGoing =
    id !== undefined && (state === undefined || state.state === 'queued' || state.state === 'running')
  const latest = useLatest(isGoing ? id : undefined)
  const stop = () => {
    if (latest.current !== undefined) void live.source.respond({ do: 'stop', id: latest.current })
  }
  useEffect(
    () => () => {
      if (latest.current !== undefined) void live.source.respond({ do: 'stop', id: latest.current })
    },
    [live, latest],
  )
  return {
    state,
    error: error ?? state?.error,
    start() {
      setError(undefined)
      const asked = { do: 'start', incident, horizonS: HORIZON_S, members: MEMBERS } as const
      void live.source.respond(asked).then((reply) => {
        if (reply.ok) setId(reply.id)
        else setError(reply.error)
      })
    },
    stop,
  }
}
