/** Over the map while a moment ahead is read off: the map keeps the present, and says so. */
import { formatClock } from '../../language/format.ts'
import { say } from '../../language/language.ts'
import { useStore } from '../../state/store.ts'
import { useShell } from '../shellContext.ts'
import './ahead.css'
import { useAheadMoment } from './useAheadMoment.ts'

export function AheadBanner() {
  const { live } = useShell()
  const moment = useAheadMoment(live)
  const timeZone = useStore(live.store, ({ info }) => info?.timeZone)
  if (!moment || !timeZone) return null
  return <p className="ahead-banner">{say('ahead.banner', { time: formatClock(moment.timeMs, timeZone) })}</p>
}
