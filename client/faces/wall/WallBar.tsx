/** The first line of a wall: whose city, its time and zone, and how what is shown is to be taken. */
import { say } from '../../language/language.ts'
import { ExerciseWord } from '../../shell/Exercise.tsx'
import { useShell } from '../../shell/shellContext.ts'
import { Clock } from '../../shell/StatusLine.tsx'
import { useStore } from '../../state/store.ts'
import { Freshness } from './Freshness.tsx'
import { Zone } from './Zone.tsx'

export function WallBar() {
  const { live } = useShell()
  const name = useStore(live.store, ({ info }) => info?.name)
  return (
    <header className="wall-bar">
      <h1>{name ?? say('app.name')}</h1>
      <Clock withSeconds />
      <Zone />
      <ExerciseWord />
      <Freshness />
    </header>
  )
}
