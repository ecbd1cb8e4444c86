/** Says, for as long as it stands, that nothing here is of the real city at this moment: an exercise, a replay, a forecast, a run. */
import { sayDesk } from '../language/deskWords.ts'
import type { Live } from '../state/live.ts'
import { useStore } from '../state/store.ts'
import { modeOf, type Mode } from './mode.ts'
import { useShell } from './shellContext.ts'

export function useMode(live: Live): Mode {
  return useStore(live.store, modeOf)
}

export function ExerciseWord({ withReason = false }: { withReason?: boolean }) {
  const { live } = useShell()
  const mode = useMode(live)
  return (
    <p className="exercise-word" title={sayDesk('exercise.told')}>
      <b>{sayDesk(`mode.${mode}`)}</b>
      {withReason && <span>{sayDesk('exercise.told')}</span>}
    </p>
  )
}
