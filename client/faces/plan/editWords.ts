/** Edits in words, and which edits a selected thing allows. */
import type { City } from '../../../twin/city.ts'
import type { Edit } from '../../../twin/commands.ts'
import { say } from '../../language/language.ts'
import type { Selection } from '../../layers/layer.ts'
import { breakerOfFeeder } from '../../shell/blackoutPlaces.ts'
import { streetName } from '../../shell/events.ts'

/** «Close Rambla», «Take Substation A out of service». */
export function wordsOfEdit(edit: Edit, city: City | undefined): string {
  switch (edit.kind) {
    case 'setLinkClosed':
      return say(edit.isClosed ? 'edit.close' : 'edit.reopen', { thing: streetName(city, edit.link) })
    case 'setBreakerOpen':
      return say(edit.isOpen ? 'edit.open' : 'edit.shut', {
        thing: city?.grid?.breakers.name[edit.breaker] || say('thing.breaker'),
      })
    case 'setSubstationInService':
      return say(edit.isInService ? 'edit.restore' : 'edit.fail', {
        thing: city?.grid?.substations.name[edit.substation] || say('thing.substation'),
      })
  }
}

/** A group of `grouped` in words: «Close Rambla, both directions». */
export function wordsOfGroup([first, second]: readonly Edit[], city: City | undefined): string {
  return second !== undefined && first.kind === 'setLinkClosed' && first.isClosed
    ? say('edit.closeBoth', { thing: streetName(city, first.link) })
    : wordsOfEdit(first, city)
}

export interface EditOffer {
  readonly label: string
  readonly edits: readonly Edit[]
}

/** What may be done to a thing in a scenario; empty when nothing may. */
export function offersFor({ table, row }: Selection, city: City): EditOffer[] {
  const offer = (edit: Edit): EditOffer => ({ label: wordsOfEdit(edit, city), edits: [edit] })
  const open = (breaker: number): EditOffer => offer({ kind: 'setBreakerOpen', breaker, isOpen: true })
  switch (table) {
    case 'traffic.links':
      return linkOffers(row, city)
    case 'power.substations':
      return [offer({ kind: 'setSubstationInService', substation: row, isInService: false })]
    case 'power.breakers':
      return [open(row)]
    case 'power.feeders': {
      const breaker = breakerOfFeeder(city, row)
      return breaker === undefined ? [] : [open(breaker)]
    }
    default:
      return []
  }
}

function linkOffers(link: number, city: City): EditOffer[] {
  const close = (row: number): Edit => ({ kind: 'setLinkClosed', link: row, isClosed: true })
  const thing = streetName(city, link)
  const oneWay = { label: say('edit.closeHere', { thing }), edits: [close(link)] }
  const reverse = city.network.links.reverseLink[link]
  if (reverse < 0) return [oneWay]
  return [{ label: say('edit.closeBoth', { thing }), edits: [close(link), close(reverse)] }, oneWay]
}
