/** Sends a wall to a moment of the past, where it stands still or from where it plays on, and back. */
import { useState } from 'react'
import { WALL_SPEEDS, type SteerWall, type WallFacts } from '../../../twin/protocol/wallMessages.ts'
import { formatDuration } from '../../language/format.ts'
import { sayWall } from '../../language/wallWords.ts'
import { useShell } from '../../shell/shellContext.ts'
import { useStore } from '../../state/store.ts'

/** Seconds before now. */
const AGO_S = [300, 900, 3600, 4 * 3600] as const

interface WallMomentProps {
  readonly wall: WallFacts
  readonly steer: (told: SteerWall) => void
}

export function WallMoment({ wall: { name, show }, steer }: WallMomentProps) {
  const { live } = useShell()
  const nowMs = useStore(live.store, ({ clock }) => clock?.timeMs)
  const [agoS, setAgoS] = useState(0)
  const speed = show.run?.speed ?? 0
  const send = (toAgoS: number, atSpeed: number) => {
    setAgoS(toAgoS)
    const run = WALL_SPEEDS.find((one) => one === atSpeed)
    const timeMs = toAgoS === 0 || nowMs === undefined ? undefined : Math.round(nowMs - toAgoS * 1000)
    steer({ name, act: 'moment', ...(timeMs !== undefined && { timeMs, ...(run && { speed: run }) }) })
  }
  return (
    <div className="row">
      <label>
        {sayWall('desk.moment')}
        <select
          value={show.timeMs === undefined ? 0 : agoS}
          onChange={(event) => send(Number(event.target.value), speed)}
        >
          <option value={0}>{sayWall('desk.moment.now')}</option>
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
          disabled={show.timeMs === undefined || agoS === 0}
          onChange={(event) => send(agoS, Number(event.target.value))}
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
  )
}
