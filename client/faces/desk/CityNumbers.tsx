/** Below the alarms, where they leave room: how the city stands, the wall's number of each domain with its hour. */
import { domainIds } from '../../../twin/domains.ts'
import { sayDesk } from '../../language/deskWords.ts'
import { DomainNumber } from '../wall/DomainNumber.tsx'

export function CityNumbers() {
  return (
    <div className="desk-rest">
      <section className="desk-numbers" aria-label={sayDesk('desk.numbers')}>
        {domainIds.map((id) => (
          <DomainNumber key={id} domain={id} />
        ))}
      </section>
    </div>
  )
}
