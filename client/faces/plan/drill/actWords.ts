/** Acts of a drill in words. */
import type { City } from '../../../../twin/city.ts'
import type { ScenarioEdit } from '../../../../twin/scenario/edits.ts'
import type { DrillOffer } from '../../../../twin/scenario/drill/offers.ts'
import { sayDrill } from '../../../language/drillWords.ts'
import { formatNumber, formatPercent } from '../../../language/format.ts'
import { streetName } from '../../../shell/events.ts'
import { wordsOfEdit } from '../editWords.ts'

/** «Tie Unión 3 to Prado 1». */
export function wordsOfAct(edit: ScenarioEdit, city: City | undefined): string {
  const feeder = (row: number | undefined) =>
    row === undefined ? '' : (city?.grid?.feeders.name[row] ?? `${row}`)
  switch (edit.kind) {
    case 'closeTie':
      return sayDrill('act.closeTie', { thing: feeder(edit.feeder), other: feeder(edit.to) })
    case 'openBreaker':
      return sayDrill('act.openBreaker', { thing: city?.grid?.breakers.name[edit.breaker] ?? edit.breaker })
    case 'demandResponse':
      return sayDrill('act.demandResponse', { percent: formatPercent(edit.share) })
    case 'signalPlan':
      return sayDrill('act.signalPlan', { thing: junctionName(city, edit.signal) })
    case 'closeToCars':
    case 'detourBuses':
    case 'closeStreet':
      return sayDrill(`act.${edit.kind}`, { thing: placeOfLinks(city, edit.links) })
    case 'busFrequency':
      return sayDrill('act.busFrequency', {
        thing: city?.timetable?.routes.shortName[edit.route] ?? edit.route,
      })
    default:
      return wordsOfEdit(edit, city)
  }
}

/** Of all edits of an offer, in their order. */
export function wordsOfOffer({ edits }: DrillOffer, city: City | undefined): string {
  return edits
    .map((edit) => wordsOfAct(edit, city))
    .reduce((first, second) => sayDrill('act.then', { first, second: lowered(second) }))
}

/** What it brings, as far as that is known before. */
export function bringsOf({ customers, loadingRatio, flowVph }: DrillOffer): string[] {
  return [
    ...(customers === undefined ? [] : [sayDrill('brings.customers', { n: formatNumber(customers) })]),
    ...(loadingRatio === undefined
      ? []
      : [sayDrill('brings.loading', { percent: formatPercent(loadingRatio) })]),
    ...(flowVph === undefined ? [] : [sayDrill('brings.flow', { n: formatNumber(flowVph) })]),
  ]
}

/** The two streets that meet at a signal. */
export function junctionName(city: City | undefined, signal: number): string {
  const links = city?.network.links.signal
  if (links === undefined) return `${signal}`
  const rows: number[] = []
  for (let link = 0; link < links.length; link++) if (links[link] === signal) rows.push(link)
  return namesOf(city, rows)
}

/** Of links at a junction the streets that meet there; of others the first one's street. */
function placeOfLinks(city: City | undefined, links: readonly number[]): string {
  const signal = city?.network.links.signal[links[0]] ?? -1
  return signal >= 0 ? junctionName(city, signal) : namesOf(city, links)
}

function namesOf(city: City | undefined, links: readonly number[]): string {
  return [...new Set(links.map((link) => streetName(city, link)))].slice(0, 2).join(' / ')
}

function lowered(words: string): string {
  return words.charAt(0).toLocaleLowerCase() + words.slice(1)
}
