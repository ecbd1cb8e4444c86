/** LIVE, LATE or LOST, by shape, word and age, so that old data are never taken for the present. */
import { sayDesk } from '../../language/deskWords.ts'
import { formatDuration } from '../../language/format.ts'
import { say } from '../../language/language.ts'
import { useMode } from '../../shell/Exercise.tsx'
import { LineMark, PastMark } from '../../shell/Mark.tsx'
import { useShell } from '../../shell/shellContext.ts'
import { useStore } from '../../state/store.ts'

export function Freshness() {
  const { live } = useShell()
  const state = useStore(live.store, ({ connection }) => connection.state)
  const ageS = useStore(live.store, ({ connection }) => connection.ageS && Math.floor(connection.ageS))
  const mode = useMode(live)
  const isOld = state !== 'live'
  return (
    <p className="freshness" data-state={state} role="status">
      {mode === 'replay' ? <PastMark /> : <LineMark state={state} />}
      <b>{isOld || mode === 'exercise' ? say(`wall.${state}`) : sayDesk(`mode.${mode}`)}</b>
      {isOld && ageS !== undefined && <span>{say('status.age', { age: formatDuration(ageS) })}</span>}
      <span className="quiet">{say('status.simulated')}</span>
    </p>
  )
}
