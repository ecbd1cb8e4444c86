/** Over the map while it shows a recorded moment: nobody takes the past for the present. Word, shape and a reversed ground. */
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
