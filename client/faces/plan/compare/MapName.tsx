/** On each of several maps: what it shows, and at which hour of its own clock. */
import { sayCompare } from '../../../language/compareWords.ts'
import { formatClock } from '../../../language/format.ts'
import type { Live } from '../../../state/live.ts'
import { useStore } from '../../../state/store.ts'

export function MapName({ live, name, side }: { live: Live; name: string; side: 'left' | 'right' }) {
  const timeMs = useStore(live.store, ({ clock }) => clock?.timeMs)
  const timeZone = useStore(live.store, ({ info }) => info?.timeZone)
  return (
    <p className="map-name" data-side={side}>
      {timeMs === undefined || timeZone === undefined
        ? name
        : sayCompare('maps.at', { name, time: formatClock(timeMs, timeZone) })}
    </p>
  )
}
