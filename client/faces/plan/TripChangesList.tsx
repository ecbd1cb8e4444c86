/** Who gains and who loses: the districts whose trips grow most longer and most shorter. */
import type { City } from '../../../twin/city.ts'
import type { TripChanges, ZoneChange } from '../../../twin/scenario/winners.ts'
import { formatNumber } from '../../language/format.ts'
import { sayPlan } from '../../language/planWords.ts'
import { changedZones } from './changedZones.ts'
import { formatOutcomeChange } from './outcomeWords.ts'

export function TripChangesList({ trips, city }: { trips: TripChanges; city: City | undefined }) {
  const { longer, shorter } = changedZones(trips)
  const sum = (pick: (zone: ZoneChange) => number) => trips.zones.reduce((all, zone) => all + pick(zone), 0)
  return (
    <section className="stack" aria-label={sayPlan('trips.title')}>
      <h3>{sayPlan('trips.title')}</h3>
      <p className="small">
        {sayPlan('trips.sum', {
          trips: formatNumber(sum((zone) => zone.trips)),
          longer: formatNumber(sum((zone) => zone.longer)),
          shorter: formatNumber(sum((zone) => zone.shorter)),
          unmatched: formatNumber(trips.unmatched),
        })}
      </p>
      <div className="trip-changes">
        <Zones title={sayPlan('trips.longer')} zones={longer} city={city} />
        <Zones title={sayPlan('trips.shorter')} zones={shorter} city={city} />
      </div>
    </section>
  )
}

function Zones({
  title,
  zones,
  city,
}: {
  title: string
  zones: readonly ZoneChange[]
  city: City | undefined
}) {
  return (
    <div>
      <h4>{title}</h4>
      {zones.length === 0 && <p className="quiet small">{sayPlan('trips.none')}</p>}
      <ol className="plain small">
        {zones.map(({ zone, meanChangeS, trips }) => (
          <li key={zone}>
            <span>{city?.zones.zones.name[zone] || sayPlan('trips.zone', { zone })}</span>{' '}
            <b>{formatOutcomeChange(meanChangeS, 's')}</b>{' '}
            <small>{sayPlan('trips.of', { trips: formatNumber(trips) })}</small>
          </li>
        ))}
      </ol>
    </div>
  )
}
