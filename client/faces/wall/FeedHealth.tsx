/** Where each domain's values come from, and how old they are. */
import { domainIds } from '../../../twin/domains.ts'
import { formatDuration } from '../../language/format.ts'
import { say } from '../../language/language.ts'
import { LineMark } from '../../shell/Mark.tsx'
import { useShell } from '../../shell/shellContext.ts'
import { useStore } from '../../state/store.ts'

export function FeedHealth() {
  const { live } = useShell()
  const state = useStore(live.store, ({ connection }) => connection.state)
  const ageS = useStore(live.store, ({ connection }) =>
    connection.ageS === undefined ? undefined : Math.floor(connection.ageS),
  )
  const age = ageS === undefined ? say('feeds.never') : say('status.age', { age: formatDuration(ageS) })
  return (
    <ul className="plain feeds">
      {domainIds.map((id) => (
        <li key={id}>
          <LineMark state={state} />
          <span>{say(`layer.${id}`)}</span>
          <span className="quiet">{say('status.simulated')}</span>
          <span className="quiet push">{age}</span>
        </li>
      ))}
    </ul>
  )
}
