/** Over the map while it shows a recorded or a forecast moment: nobody takes it for the present. Word, shape and a reversed ground. */
import { formatClock, formatDay } from '../../language/format.ts'
import { say } from '../../language/language.ts'
import { useStore } from '../../state/store.ts'
import { PastMark } from '../Mark.tsx'
import { useShell } from '../shellContext.ts'
import './past.css'

export function PastBanner() {
  const { live } = useShell()
  const replay = useStore(live.store, (page) => page.replay)
  const timeMs = useStore(live.store, ({ clock }) => clock && Math.floor(clock.timeMs / 1000) * 1000)
  const timeZone = useStore(live.store, ({ info }) => info?.timeZone)
  if (!replay || timeMs === undefined || !timeZone) return null
  if (replay.forecast) {
    const { madeMs, members } = replay.forecast
    const [time, made] = [formatClock(timeMs, timeZone), formatClock(madeMs, timeZone)]
    return (
      <>
        <div className="past-frame" aria-hidden="true" />
        <p className="past-banner">
          <b>{say('ahead.mapShows', { time })}</b>
          <span>{say('ahead.mapOrigin', { made, members })}</span>
          <span>{replay.isPlaying ? `${Math.round(replay.speed)}×` : say('past.paused')}</span>
        </p>
      </>
    )
  }
  return (
    <>
      <div className="past-frame" aria-hidden="true" />
      <p className="past-banner">
        <PastMark />
        <b>{say('past.word')}</b>
        <time dateTime={new Date(timeMs).toISOString()}>
          {formatDay(timeMs, timeZone)} {formatClock(timeMs, timeZone, true)}
        </time>
        <span>{replay.isPlaying ? `${Math.round(replay.speed)}×` : say('past.paused')}</span>
        {replay.isWaiting && <span role="status">{say('past.waiting')}</span>}
        {replay.file !== undefined && <span>{say('past.file', { name: replay.file })}</span>}
      </p>
    </>
  )
}
