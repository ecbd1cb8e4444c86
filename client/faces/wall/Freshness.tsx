/** LIVE, LATE or LOST, by shape, word and age, so that old data are never taken for the present. */
import { formatDuration } from '../../language/format.ts'
import { say } from '../../language/language.ts'
import { LineMark, PastMark } from '../../shell/Mark.tsx'
import { useShell } from '../../shell/shellContext.ts'
import { useStore } from '../../state/store.ts'

export function Freshness() {
  const { live } = useShell()
  const state = useStore(live.store, ({ connection }) => connection.state)
  const ageS = useStore(live.store, ({ connection }) => connection.ageS && Math.floor(connection.ageS))
  const isPast = useStore(live.store, ({ replay }) => replay !== undefined)
  const isOld = state !== 'live'
  if (isPast)
    return (
      <p className="freshness" data-state="past" role="status">
        <PastMark />
        <b>{say('past.word')}</b>
        <span className="quiet">{say('status.simulated')}</span>
      </p>
    )
  return (
    <p className="freshness" data-state={state} role="status">
      <LineMark state={state} />
      <b>{say(`wall.${state}`)}</b>
      {isOld && ageS !== undefined && <span>{say('status.age', { age: formatDuration(ageS) })}</span>}
      <span className="quiet">{say('status.simulated')}</span>
    </p>
  )
}
