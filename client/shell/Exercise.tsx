/** Says, for as long as it stands, that alarms are an exercise: no feed is connected, so all they go by is simulated. */
import { sayDesk } from '../language/deskWords.ts'

export function ExerciseWord({ withReason = false }: { withReason?: boolean }) {
  return (
    <p className="exercise-word" title={sayDesk('exercise.told')}>
      <b>{sayDesk('exercise.word')}</b>
      {withReason && <span>{sayDesk('exercise.told')}</span>}
    </p>
  )
}
