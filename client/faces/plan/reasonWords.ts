/** Why an edit or an act cannot be made, with the names of what it is about. */
import type { City } from '../../../twin/city.ts'
import type { RefusalOf } from '../../../twin/scenario/refusals.ts'
import { formatNumber } from '../../language/format.ts'
import { isRefusalKey, sayRefusal } from '../../language/refusalWords.ts'
import { streetName } from '../../shell/events.ts'

/** «Rambla would have no lane left». */
export function wordsOfReason({ why, facts }: RefusalOf, city: City | undefined): string {
  const said = Object.entries(facts).map(([name, fact]) => [
    name,
    typeof fact === 'number' ? formatNumber(fact) : fact,
  ])
  const there = `there.${facts.what}`
  return sayRefusal(why, {
    ...(Object.fromEntries(said) as Record<string, string>),
    ...(typeof facts.link === 'number' && { street: streetName(city, facts.link) }),
    ...(isRefusalKey(there) && { what: sayRefusal(there) }),
  })
}
