/** Places that a city must reach, from its own map: clinics, schools, fire stations, and a handful that everybody knows. */
import type { City } from '../../city.ts'
import type { SearchTables } from '../../geo/searchTables.ts'
import { NO_ZONE } from '../../traffic/zones.ts'

/** As OpenStreetMap tags them. */
const CLINICS = ['clinic', 'hospital', 'doctors', 'health']
const SCHOOLS = ['school']
const FIRE_STATIONS = ['fire_station']
/** Known places, by kind, the first kind that a city has of each line. */
const KNOWN = [['terminal', 'aerodrome'], ['station'], ['bus_station'], ['ferry_terminal'], ['hospital']]

export interface KnownPlace {
  /** As the map has it. */
  readonly name: string
  /** As OpenStreetMap tags it. */
  readonly kind: string
  readonly node: number
}

export interface Places {
  /** The crossing nearest to the middle of the city, where its map opens. */
  readonly centre: number
  readonly known: readonly KnownPlace[]
  readonly fireStations: readonly number[]
  /** How many there are by zone, and in all. */
  readonly clinics: Uint16Array
  readonly schools: Uint16Array
  /** By zone: the crossing nearest to its middle, of its own; −1 where it has none. */
  readonly zoneNode: Int32Array
}

/** What a city's map names; farther than `FARTHEST_M` from every crossing a place is left out. */
export function placesOf(
  city: Pick<City, 'network' | 'zones'>,
  search: Pick<SearchTables, 'entries'> | undefined,
): Places {
  const { zones, nodes: nodeZones } = city.zones
  const { nodes } = city.network
  const count = zones.xM.length
  const entries = search?.entries
  const rowsOf = (kinds: readonly string[]) =>
    entries === undefined
      ? []
      : [...entries.detail.keys()].filter((row) => kinds.includes(entries.detail[row]))
  const nodeAt = (row: number) => nearestNode(nodes, entries!.xM[row], entries!.yM[row])
  const byZone = (kinds: readonly string[]) => {
    const counts = new Uint16Array(count)
    for (const row of rowsOf(kinds)) {
      const node = nodeAt(row)
      if (node >= 0 && nodeZones.zone[node] !== NO_ZONE) counts[nodeZones.zone[node]]++
    }
    return counts
  }
  const zoneNode = new Int32Array(count).fill(-1)
  const zoneM2 = new Float64Array(count).fill(Infinity)
  nodeZones.zone.forEach((zone, node) => {
    if (zone === NO_ZONE) return
    const m2 = (nodes.xM[node] - zones.xM[zone]) ** 2 + (nodes.yM[node] - zones.yM[zone]) ** 2
    if (m2 >= zoneM2[zone]) return
    zoneM2[zone] = m2
    zoneNode[zone] = node
  })
  const known = KNOWN.flatMap((kinds): KnownPlace[] => {
    const kind = kinds.find((each) => rowsOf([each]).some((row) => nodeAt(row) >= 0))
    if (kind === undefined) return []
    // of several, the one nearest to the middle
    const [row] = rowsOf([kind])
      .filter((each) => nodeAt(each) >= 0)
      .sort((a, b) => entries!.xM[a] ** 2 + entries!.yM[a] ** 2 - entries!.xM[b] ** 2 - entries!.yM[b] ** 2)
    return [{ name: entries!.name[row], kind, node: nodeAt(row) }]
  })
  return {
    centre: nearestNode(nodes, 0, 0, Infinity),
    known,
    fireStations: rowsOf(FIRE_STATIONS).flatMap((row) => (nodeAt(row) < 0 ? [] : [nodeAt(row)])),
    clinics: byZone(CLINICS),
    schools: byZone(SCHOOLS),
    zoneNode,
  }
}

const FARTHEST_M = 800

/** −1 when there is none near enough. */
function nearestNode(
  nodes: City['network']['nodes'],
  xM: number,
  yM: number,
  farthestM = FARTHEST_M,
): number {
  let best = -1
  let bestM2 = farthestM ** 2
  for (let node = 0; node < nodes.xM.length; node++) {
    const m2 = (nodes.xM[node] - xM) ** 2 + (nodes.yM[node] - yM) ** 2
    if (m2 >= bestM2) continue
    best = node
    bestM2 = m2
  }
  return best
}
