/** What is near a place: is the power on, what is reported, which stops, and what leaves from one next. */
import { useState } from 'react'
import type { City } from '../../../twin/city.ts'
import { requestStatuses, requestTable } from '../../../twin/reports/tables.ts'
import type { LngLat } from '../../../twin/geo/projection.ts'
import { formatLength } from '../../language/format.ts'
import { say, sayCount } from '../../language/language.ts'
import { Departures } from '../../shell/Departures.tsx'
import { serviceName } from '../../shell/events.ts'
import { isPoweredAt, openReportsNear, stopsNear } from '../../shell/nearby.ts'
import { useShell } from '../../shell/shellContext.ts'
import { useStore } from '../../state/store.ts'
import { PlacePicker } from './PlacePicker.tsx'
import { usePlace } from './usePlace.ts'

const STOPS = 5
const REPORTS = 3

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
        {sayCount('near.reports', reports.length)}
      </p>
      <ul className="plain entries">
        {reports.slice(0, REPORTS).map((report) => (
          <li key={report.row}>
            <button
              type="button"
              onClick={() => {
                live.store.setView({
                  selection: { layer: 'reports', table: requestTable.name, row: report.row },
                })
              }}
            >
              <span>
                {serviceName(city, report.service)}{' '}
                <small>{say(`status.${requestStatuses[report.status] ?? 'none'}`)}</small>
              </span>
              <small>{formatLength(report.distanceM)}</small>
            </button>
          </li>
        ))}
      </ul>
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
