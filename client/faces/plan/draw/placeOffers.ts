/** What may be done where a selected thing stands: at its place, in its district, with the lines that pass. */
import type { City } from '../../../../twin/city.ts'
import { lngLatFromLocal, type LngLat } from '../../../../twin/geo/projection.ts'
import { NO_ZONE } from '../../../../twin/traffic/zones.ts'
import { NO_TRIP, transitVehicleTable } from '../../../../twin/transit/tables.ts'
import { sayDraw } from '../../../language/drawWords.ts'
import type { Selection } from '../../../layers/layer.ts'
import { STOPS } from '../../../layers/transit/stops.ts'
import type { Mirror } from '../../../state/mirror.ts'
import type { EditOffer } from '../editWords.ts'
import { districtArea } from './drawing.ts'
import { districtName } from './districts.ts'
import { editOfArea, editOfPlace } from './drawnEdits.ts'

/** Of the lines at a stop no more than these. */
const MOST_LINES = 6

export function placeOffersFor(selection: Selection, city: City, mirror: Mirror): EditOffer[] {
  const { table, row } = selection
  switch (table) {
    case 'traffic.links':
      return atNode(city, city.network.links.toNode[row])
    case STOPS:
      return stopOffers(city, row)
    case transitVehicleTable.name: {
      const trip = mirror.table(transitVehicleTable).columns.trip[row]
      if (city.timetable === undefined || trip === undefined || trip === NO_TRIP) return []
      return lineOffers(city, city.timetable.patterns.route[city.timetable.trips.pattern[trip]])
    }
    case 'power.feeders':
      return [
        { label: sayDraw('offer.feederOut'), edit: { kind: 'feederOut', feeder: row } },
        { label: sayDraw('offer.tie'), edit: { kind: 'closeTie', feeder: row } },
      ]
    case 'power.substations': {
      const { xM, yM } = city.grid!.substations
      return powerOffers(lngLatFromLocal(city.projection, [xM[row], yM[row]]))
    }
    default:
      return []
  }
}

function stopOffers(city: City, stop: number): EditOffer[] {
  const { timetable } = city
  if (timetable === undefined) return []
  const { patterns, patternStops } = timetable
  const routes = new Set<number>()
  patterns.route.forEach((route, pattern) => {
    const first = patterns.firstStop[pattern]
    for (let at = first; at < first + patterns.stopCount[pattern]; at++)
      if (patternStops.stop[at] === stop) routes.add(route)
  })
  return [
    { label: sayDraw('offer.closeStop'), edit: { kind: 'closeStop', stops: [stop] } },
    ...[...routes].slice(0, MOST_LINES).flatMap((route) => lineOffers(city, route)),
  ]
}

function lineOffers({ timetable }: City, route: number): EditOffer[] {
  const thing = timetable?.routes.shortName[route] ?? `${route}`
  return [
    {
      label: sayDraw('offer.busesMore', { thing }),
      edit: { kind: 'busFrequency', route, headwayFactor: 0.5 },
    },
    {
      label: sayDraw('offer.busesLess', { thing }),
      edit: { kind: 'busFrequency', route, headwayFactor: 2 },
    },
    {
      label: sayDraw('offer.busesHeld', { thing }),
      edit: { kind: 'holdBuses', route, headwayShare: 0.8, mostS: 120, everyStops: 8 },
    },
  ]
}

/** At a crossing, and in the district that it is of. */
function atNode(city: City, node: number): EditOffer[] {
  const { xM, yM } = city.network.nodes
  const at = lngLatFromLocal(city.projection, [xM[node], yM[node]])
  const zone = city.zones.nodes.zone[node]
  const area = zone === NO_ZONE ? undefined : districtArea(city, zone)
  const here: EditOffer[] = [
    { label: sayDraw('offer.eventAt'), edit: editOfPlace('event', at) },
    ...(city.grid === undefined ? [] : powerOffers(at)),
  ]
  if (area === undefined) return here
  const thing = districtName(city, zone)
  const around: EditOffer[] = [
    { label: sayDraw('offer.lowTrafficAround', { thing }), edit: editOfArea('lowTrafficArea', area) },
    { label: sayDraw('offer.homesAround', { thing }), edit: editOfArea('homesAndJobs', area) },
  ]
  const power: EditOffer[] = [
    { label: sayDraw('offer.pvAround', { thing }), edit: editOfArea('rooftopPv', area) },
    { label: sayDraw('offer.shedAround', { thing }), edit: editOfArea('demandResponse', area) },
  ]
  return [...here, ...around, ...(city.grid === undefined ? [] : power)]
}

function powerOffers(at: LngLat): EditOffer[] {
  return [
    { label: sayDraw('offer.chargersAt'), edit: editOfPlace('fastChargers', at) },
    { label: sayDraw('offer.batteryAt'), edit: editOfPlace('battery', at) },
  ]
}
