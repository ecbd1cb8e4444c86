/** What leaves from a stop next: line, where to, in how long, and how it keeps to its timetable. */
import { useCallback } from 'react'
import { formatClock, formatDuration } from '../language/format.ts'
import { say } from '../language/language.ts'
import { useStore } from '../state/store.ts'
import { getDepartures, type Departure } from './api.ts'
import { useShell } from './shellContext.ts'
import { usePolled } from './usePolled.ts'

const ASK_EVERY_MS = 15_000
const SHOWN = 6
// A bus this much behind is called late; the bus itself is a minute or so uncertain anyway.
const LATE_S = 60

export function Departures({ stop, timeZone }: { stop: number; timeZone: string }) {
  const { live } = useShell()
  const timeMs = useStore(live.store, ({ clock }) => clock && Math.floor(clock.timeMs / 15_000) * 15_000)
  const ask = useCallback((signal: AbortSignal) => getDepartures(stop, signal), [stop])
  const { value: departures, error } = usePolled(ask, ASK_EVERY_MS)
  if (!departures) return <p className="quiet">{say(error ? 'departures.failed' : 'departures.waiting')}</p>
  if (departures.length === 0) return <p className="quiet">{say('departures.none')}</p>
  return (
    <ol className="plain departures" aria-live="polite">
      {departures.slice(0, SHOWN).map((departure) => (
        <li key={`${departure.route}${departure.headsign}${departure.plannedMs}`}>
          <b className="line-number">{departure.route}</b>
          <span>{departure.headsign}</span>
          <span>
            {timeMs === undefined ? '' : formatDuration(Math.max(0, (departure.expectedMs - timeMs) / 1000))}
          </span>
          <small>{noteOn(departure, timeZone)}</small>
        </li>
      ))}
    </ol>
  )
}

function noteOn({ plannedMs, delayS, isLive }: Departure, timeZone: string): string {
  const planned = formatClock(plannedMs, timeZone)
  if (!isLive) return say('departures.planned', { planned })
  if (delayS >= LATE_S) return say('departures.late', { planned, delay: formatDuration(delayS) })
  return say('departures.onTime', { planned })
}
