/** Why an edit or an act cannot be made, with the names of what it is about. */
import type { City } from '../../../twin/city.ts'
import type { Fault } from '../../../twin/protocol/messages.ts'
import type { RefusalOf } from '../../../twin/scenario/refusals.ts'
import { formatNumber } from '../../language/format.ts'
import { sayFirst } from '../../language/preliminaryWords.ts'
import { isRefusalKey, sayRefusal } from '../../language/refusalWords.ts'
import { streetName } from '../../shell/events.ts'
import { whyOf } from '../../shell/faultWords.ts'
import { wordsOfEdit } from './editWords.ts'

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

/** Why nothing comes of what was asked: by its name the edit that cannot be made, or what `failed` says of a sentence. */
export function wordsOfFault(fault: Fault, city: City | undefined, failed: (why: string) => string): string {
  const { refused } = fault
  if (refused === undefined) return failed(whyOf(fault))
  return sayFirst('refused', {
    edit: wordsOfEdit(refused.edit, city),
    why: wordsOfReason(refused.refused, city),
  })
}
