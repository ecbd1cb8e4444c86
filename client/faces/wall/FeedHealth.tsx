/** Where each domain's values come from, and how old they are. */
import { domainIds } from '../../../twin/domains.ts'
import { say } from '../../language/language.ts'
import { LineMark } from '../../shell/Mark.tsx'
import { useShell } from '../../shell/shellContext.ts'
import { useStore } from '../../state/store.ts'
import { ageWords } from './age.ts'

export function FeedHealth() {
  const { live } = useShell()
  const state = useStore(live.store, ({ connection }) => connection.state)
  const age = useStore(live.store, ageWords) ?? say('feeds.never')
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
