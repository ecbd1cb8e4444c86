/**
 * Comes up over everything when nothing new has come for three seconds, and says since when. Each frame of the server begins its
 * animation anew; it needs no script to show itself, so that a page that is stuck cannot hide that it is.
 */
import { sayDesk } from '../../language/deskWords.ts'
import { formatClock } from '../../language/format.ts'
import { useShell } from '../../shell/shellContext.ts'
import { useStore } from '../../state/store.ts'

export function NotLive() {
  const { live } = useShell()
  const beat = useStore(live.store, ({ pulse }) => pulse % 2)
  const timeMs = useStore(live.store, ({ clock }) => clock?.timeMs)
  const timeZone = useStore(live.store, ({ info }) => info?.timeZone)
  const isPast = useStore(live.store, ({ replay }) => replay !== undefined)
  // before the first frame there is nothing that could be taken for live; the past says itself that it is none
  if (timeMs === undefined || !timeZone || isPast) return null
  return (
    <p className="not-live" data-beat={beat} aria-hidden="true">
      {sayDesk('wall.notLive', { time: formatClock(timeMs, timeZone, true) })}
    </p>
  )
}
