/** Sends a wall to a moment of the past, where it stands still or from where it plays on, and back. */
import { useState } from 'react'
import { WALL_SPEEDS, type SteerWall, type WallFacts } from '../../../twin/protocol/wallMessages.ts'
import { formatClock, formatDuration } from '../../language/format.ts'
import { sayWall } from '../../language/wallWords.ts'
import { useShell } from '../../shell/shellContext.ts'
import { nextRecorded } from '../../state/playback.ts'
import { useStore } from '../../state/store.ts'

/** Seconds before now. */
const AGO_S = [300, 900, 3600, 4 * 3600] as const
/** The moment that the wall shows, of which this desk does not know how long ago it was chosen to be. */
const TOLD = -1
/** A moment that is further from the asked one is another. */
const SAME_MS = 60_000

interface WallMomentProps {
  readonly wall: WallFacts
  readonly steer: (told: SteerWall) => void
}

interface Chosen {
  readonly agoS: number
  /** What the wall was told; what it shows may have been told by another desk since. */
  readonly timeMs: number
  /** Nothing is recorded of the asked moment: the wall was told the next that is. */
  readonly isLater: boolean
}

export function WallMoment({ wall: { name, show }, steer }: WallMomentProps) {
  const { live } = useShell()
  const timeZone = useStore(live.store, ({ info }) => info?.timeZone ?? 'UTC')
  const [last, choose] = useState<Chosen>()
  const chosen = last?.timeMs === show.timeMs ? last : undefined
  const speed = show.run?.speed ?? 0
  const tell = (timeMs: number, atSpeed: number) => {
    const run = WALL_SPEEDS.find((one) => one === atSpeed)
    steer({ name, act: 'moment', timeMs, ...(run && { speed: run }) })
  }
  const send = async (agoS: number) => {
    if (agoS === 0) {
      steer({ name, act: 'moment' })
      return
    }
    const { clock, replay } = live.store.get()
    const span = await live.source.past?.span().catch(() => undefined)
    // a desk that shows the past itself has its clock there
    const nowMs = replay === undefined ? clock?.timeMs : span?.parts.at(-1)?.toMs
    if (nowMs === undefined) return
    const askedMs = nowMs - agoS * 1000
    const timeMs = Math.round(span === undefined ? askedMs : nextRecorded(span, askedMs))
    choose({ agoS, timeMs, isLater: timeMs - askedMs > SAME_MS })
    tell(timeMs, speed)
  }
  return (
    <>
      <div className="row">
        <label>
          {sayWall('desk.moment')}
          <select
            value={show.timeMs === undefined ? 0 : (chosen?.agoS ?? TOLD)}
            onChange={(event) => void send(Number(event.target.value))}
          >
            <option value={0}>{sayWall('desk.moment.now')}</option>
            {show.timeMs !== undefined && !chosen && (
              <option value={TOLD}>{formatClock(show.timeMs, timeZone)}</option>
            )}
            {AGO_S.map((spanS) => (
              <option key={spanS} value={spanS}>
                {sayWall('desk.moment.ago', { span: formatDuration(spanS) })}
              </option>
            ))}
          </select>
        </label>
        <label>
          {sayWall('desk.pace')}
          <select
            value={speed}
            disabled={show.timeMs === undefined}
            onChange={(event) => show.timeMs !== undefined && tell(show.timeMs, Number(event.target.value))}
          >
            <option value={0}>{sayWall('desk.pace.still')}</option>
            {WALL_SPEEDS.map((one) => (
              <option key={one} value={one}>
                {sayWall('desk.pace.times', { n: one })}
              </option>
            ))}
          </select>
        </label>
      </div>
      {chosen?.isLater && (
        <p className="quiet" role="status">
          {sayWall('desk.moment.later')}
        </p>
      )}
    </>
  )
}
