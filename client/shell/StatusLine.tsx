/** How fresh what is on screen is: live, late or lost, by shape and word and age; and that it is simulated. */
import { formatClock, formatDuration } from '../language/format.ts'
import { say, type MessageKey } from '../language/language.ts'
import { useStore, type ConnectionState } from '../state/store.ts'
import { LineMark, PastMark } from './Mark.tsx'
import { useShell } from './shellContext.ts'

// The measured rate wavers; from here on the clock is meant to run faster.
const FASTER = 5
// An age under this is not worth reading.
const FRESH_S = 3

export function StatusLine({ withAge = true }: { withAge?: boolean }) {
  const { live } = useShell()
  const state = useStore(live.store, ({ connection }) => connection.state)
  const ageS = useStore(live.store, ({ connection }) => Math.floor(connection.ageS ?? 0))
  const stream = useStore(live.store, (page) => page.stream)
  const isPast = useStore(live.store, ({ replay }) => replay !== undefined)
  const isForecast = useStore(live.store, ({ replay }) => replay?.forecast !== undefined)
  const isOld = state !== 'live' && ageS >= FRESH_S
  if (isPast)
    return (
      <span className="status" data-state="past">
        {!isForecast && <PastMark />}
        <b role="status">{say(isForecast ? 'ahead.title' : 'past.word')}</b>
        <span className="quiet">{say('status.simulated')}</span>
      </span>
    )
  return (
    <span className="status" data-state={state}>
      <LineMark state={state} />
      <b role="status">{wordOf(state, stream)}</b>
      {withAge && isOld && <span>{say('status.age', { age: formatDuration(ageS) })}</span>}
      <span className="quiet">{say('status.simulated')}</span>
    </span>
  )
}

function wordOf(state: ConnectionState, stream: string): string {
  if (state === 'live' && stream !== 'live') return say('status.scenario')
  const key: MessageKey = `status.${state}`
  return say(key)
}

/** The city's own time, to the second when `withSeconds`. */
export function Clock({ withSeconds = false }: { withSeconds?: boolean }) {
  const { live } = useShell()
  const timeZone = useStore(live.store, ({ info }) => info?.timeZone)
  const unitMs = withSeconds ? 1000 : 60_000
  const timeMs = useStore(live.store, ({ clock }) => clock && Math.floor(clock.timeMs / unitMs) * unitMs)
  const speed = useStore(live.store, ({ clock }) => Math.round(clock?.speed ?? 1))
  if (timeMs === undefined || !timeZone) return <time className="clock">–:–</time>
  return (
    <time className="clock" dateTime={new Date(timeMs).toISOString()}>
      {formatClock(timeMs, timeZone, withSeconds)}
      {speed >= FASTER && <small> ×{speed}</small>}
    </time>
  )
}
