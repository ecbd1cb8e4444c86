/** Edits in words, and which edits a selected thing allows. */
import type { City } from '../../../twin/city.ts'
import type { NewEdit } from '../../../twin/scenario/thing.ts'
import {
  formatDuration,
  formatNumber,
  formatPercent,
  formatPower,
  formatSigned,
} from '../../language/format.ts'
import { say } from '../../language/language.ts'
import { sayPlan } from '../../language/planWords.ts'
import type { Selection } from '../../layers/layer.ts'
import { breakerOfFeeder } from '../../shell/blackoutPlaces.ts'
import { streetName } from '../../shell/events.ts'

/** «Close Rambla», «Take Substation A out of service». */
export function wordsOfEdit(edit: NewEdit, city: City | undefined): string {
  switch (edit.kind) {
    case 'closeStreet': {
      const [link, other] = edit.links
      const isBoth = edit.links.length === 2 && city?.network.links.reverseLink[link] === other
      return sayPlan(isBoth ? 'edit.closeStreetBoth' : 'edit.closeStreet', { thing: streetName(city, link) })
    }
    case 'changeDemand':
      return sayPlan('edit.changeDemand', { percent: formatPercent(edit.factor) })
    case 'openBreaker':
      return sayPlan('edit.openBreaker', {
        thing: city?.grid?.breakers.name[edit.breaker] || say('thing.breaker'),
      })
    case 'substationOut':
      return sayPlan('edit.substationOut', {
        thing: city?.grid?.substations.name[edit.substation] || say('thing.substation'),
      })
    case 'feederOut':
      return sayPlan('edit.feederOut', {
        thing: city?.grid?.feeders.name[edit.feeder] || `${edit.feeder}`,
      })
    case 'closeTie':
      return sayPlan('edit.closeTie', { thing: city?.grid?.feeders.name[edit.feeder] || `${edit.feeder}` })
    case 'evShare':
      return sayPlan('edit.evShare', { percent: formatPercent(edit.share) })
    case 'fastChargers':
      return sayPlan('edit.fastChargers', { power: formatPower(edit.powerW) })
    case 'rooftopPv':
      return sayPlan('edit.rooftopPv', { power: formatPower(edit.addedW) })
    case 'battery':
      return sayPlan('edit.battery', {
        energy: `${formatPower(edit.energyWh)}h`,
        power: formatPower(edit.powerW),
      })
    case 'demandResponse':
      return sayPlan('edit.demandResponse', { percent: formatPercent(edit.share) })
    case 'heatwave':
      return sayPlan('edit.heatwave', { degrees: formatNumber(edit.addedC, 1) })
    case 'storm':
      return sayPlan('edit.storm', { speed: formatNumber(edit.gustMps) })
    case 'event':
      return sayPlan('edit.event', { persons: formatNumber(edit.attendance) })
    case 'homesAndJobs':
      return sayPlan('edit.homesAndJobs', {
        residents: formatSigned(edit.residentsAdded ?? 0),
        jobs: formatSigned(edit.jobsAdded ?? 0),
      })
    case 'closeLanes':
      return sayPlan('edit.closeLanes', { thing: streetsOf(edit.links, city), count: edit.lanes })
    case 'speedLimit':
      return sayPlan('edit.speedLimit', { thing: streetsOf(edit.links, city), speed: edit.speedKmh })
    case 'signalPlan':
      return sayPlan('edit.signalPlan', {
        cycle: edit.cycleS,
        percent: formatPercent(edit.mainGreenShare),
      })
    case 'lowTrafficArea':
      return sayPlan('edit.lowTrafficArea')
    case 'busFrequency':
      return sayPlan('edit.busFrequency', {
        thing: city?.timetable?.routes.shortName[edit.route] || `${edit.route}`,
        percent: formatPercent(edit.headwayFactor),
      })
    case 'holdBuses':
      return sayPlan('edit.holdBuses', {
        thing: city?.timetable?.routes.shortName[edit.route] || `${edit.route}`,
        percent: formatPercent(edit.headwayShare),
        seconds: edit.mostS,
      })
    case 'closeStop':
      return sayPlan('edit.closeStop', {
        thing: city?.timetable?.stops.name[edit.stops[0]] || `${edit.stops[0]}`,
      })
    case 'addLanes':
      return sayPlan('edit.addLanes', { thing: streetsOf(edit.links, city), count: edit.lanes })
    case 'roadWorks':
    case 'closeToCars':
    case 'busLane':
    case 'detourBuses':
    case 'reverseStreet':
      return sayPlan(`edit.${edit.kind}`, { thing: streetsOf(edit.links, city) })
  }
}

/** The street of the first of them. */
function streetsOf([link]: readonly number[], city: City | undefined): string {
  return streetName(city, link)
}

/** When it holds, where that is not all of the run: «10 min to 30 min». */
export function timesOfEdit({ fromS = 0, untilS }: NewEdit): string | undefined {
  const [from, until] = [formatDuration(fromS), formatDuration(untilS ?? 0)]
  if (untilS === undefined) return fromS === 0 ? undefined : sayPlan('list.from', { from })
  return fromS === 0 ? sayPlan('list.until', { until }) : sayPlan('list.for', { from, until })
}

export interface EditOffer {
  readonly label: string
  readonly edit: NewEdit
}

/** What may be done to a thing in a scenario; empty when nothing may. */
export function offersFor({ table, row }: Selection, city: City): EditOffer[] {
  const offer = (edit: NewEdit): EditOffer => ({ label: wordsOfEdit(edit, city), edit })
  const open = (breaker: number): EditOffer => offer({ kind: 'openBreaker', breaker })
  switch (table) {
    case 'traffic.links':
      return linkOffers(row, city)
    case 'traffic.signals':
      return [offer({ kind: 'signalPlan', signal: row, cycleS: 80, mainGreenShare: 0.6 })]
    case 'power.substations':
      return [offer({ kind: 'substationOut', substation: row })]
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

/** What may be done to the whole city. */
export const cityOffers: readonly NewEdit[] = [
  { kind: 'changeDemand', factor: 1.2 },
  { kind: 'evShare', share: 0.3 },
  { kind: 'rooftopPv', addedW: 100e6 },
  { kind: 'demandResponse', share: 0.1 },
  { kind: 'heatwave', addedC: 8 },
  { kind: 'storm', gustMps: 30, sunLostShare: 0.8, cooledC: 5 },
]

function linkOffers(link: number, city: City): EditOffer[] {
  const thing = streetName(city, link)
  const oneWay: EditOffer = {
    label: sayPlan('edit.closeStreetHere', { thing }),
    edit: { kind: 'closeStreet', links: [link] },
  }
  const reverse = city.network.links.reverseLink[link]
  const links = reverse < 0 ? [link] : [link, reverse]
  const offer = (edit: NewEdit): EditOffer => ({ label: wordsOfEdit(edit, city), edit })
  const others = [
    offer({ kind: 'speedLimit', links, speedKmh: 30 }),
    offer({ kind: 'roadWorks', links, speedKmh: 30 }),
    offer({ kind: 'closeToCars', links }),
  ]
  if (city.network.links.lanes[link] > 1) {
    others.push(offer({ kind: 'closeLanes', links: [link], lanes: 1 }))
    if (city.timetable !== undefined) others.push(offer({ kind: 'busLane', links: [link] }))
  }
  if (city.timetable !== undefined) others.push(offer({ kind: 'detourBuses', links }))
  others.push(offer({ kind: 'addLanes', links: [link], lanes: 1 }))
  if (reverse < 0) return [oneWay, ...others, offer({ kind: 'reverseStreet', links: [link] })]
  const both: EditOffer = {
    label: sayPlan('edit.closeStreetBoth', { thing }),
    edit: { kind: 'closeStreet', links: [link, reverse] },
  }
  return [both, oneWay, ...others]
}
