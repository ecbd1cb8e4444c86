/** What is near a place: is the power on, what is reported, which stops, and what leaves from one next. */
import { useCallback, useState } from 'react'
import type { City } from '../../../twin/city.ts'
import type { LngLat } from '../../../twin/geo/projection.ts'
import { formatClock, formatDuration, formatLength } from '../../language/format.ts'
import { say, sayCount } from '../../language/language.ts'
import { getDepartures, type Departure } from '../../shell/api.ts'
import { isPoweredAt, openReportsNear, stopsNear } from '../../shell/nearby.ts'
import { useShell } from '../../shell/shellContext.ts'
import { usePolled } from '../../shell/usePolled.ts'
import { useStore } from '../../state/store.ts'
import { PlacePicker } from './PlacePicker.tsx'
import { usePlace } from './usePlace.ts'

const STOPS = 5
const DEPARTURES_MS = 15_000
const SHOWN_DEPARTURES = 6

export function NearMe() {
  const { live } = useShell()
  const place = usePlace(live)
  const city = useStore(live.store, (state) => state.city)
  return (
    <>
      <PlacePicker place={place} />
      {city && place.at ? (
        <Neighbourhood city={city} at={place.at} />
      ) : (
        <p className="quiet">{say('near.waiting')}</p>
      )}
    </>
  )
}

function Neighbourhood({ city, at }: { city: City; at: LngLat }) {
  const { live } = useShell()
  useStore(live.store, (state) => state.pulse)
  const [open, setOpen] = useState<number>()
  const stops = stopsNear(city, at, STOPS)
  const isPowered = isPoweredAt(city, live.mirror, at)
  const reports = openReportsNear(city, live.mirror, at)
  return (
    <>
      <p>
        {isPowered !== undefined && `${say(isPowered ? 'near.powered' : 'near.dark')} `}
        {sayCount('near.reports', reports)}
      </p>
      <h3>{say('near.stops')}</h3>
      {stops.length === 0 && <p className="quiet">{say('near.noStops')}</p>}
      <ul className="plain entries">
        {stops.map((stop) => (
          <li key={stop.row}>
            <button
              type="button"
              aria-expanded={open === stop.row}
              onClick={() => setOpen(open === stop.row ? undefined : stop.row)}
            >
              <span>{stop.name || say('near.stop')}</span>
              <small>{formatLength(stop.distanceM)}</small>
            </button>
            {open === stop.row && <Departures stop={stop.row} timeZone={city.info.timeZone} />}
          </li>
        ))}
      </ul>
    </>
  )
}

export function Departures({ stop, timeZone }: { stop: number; timeZone: string }) {
  const { live } = useShell()
  const timeMs = useStore(live.store, ({ clock }) => clock && Math.floor(clock.timeMs / 15_000) * 15_000)
  const ask = useCallback((signal: AbortSignal) => getDepartures(stop, signal), [stop])
  const { value: departures, error } = usePolled(ask, DEPARTURES_MS)
  if (!departures) return <p className="quiet">{say(error ? 'departures.failed' : 'departures.waiting')}</p>
  if (departures.length === 0) return <p className="quiet">{say('departures.none')}</p>
  return (
    <ol className="plain departures" aria-live="polite">
      {departures.slice(0, SHOWN_DEPARTURES).map((departure) => (
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

// A bus this much behind is called late; the bus itself is a minute or so uncertain anyway.
const LATE_S = 60

function noteOn({ plannedMs, delayS, isLive }: Departure, timeZone: string): string {
  const planned = formatClock(plannedMs, timeZone)
  if (!isLive) return say('departures.planned', { planned })
  if (delayS >= LATE_S) return say('departures.late', { planned, delay: formatDuration(delayS) })
  return say('departures.onTime', { planned })
}
