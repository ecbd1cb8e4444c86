/** The city's main streets by name, and how they run: links of one name are one street. */
import type { City } from '../../twin/city.ts'
import { lngLatFromLocal, type LngLat } from '../../twin/geo/projection.ts'
import type { Table } from '../../twin/kernel/table.ts'
import { roadClasses, type RoadNetwork } from '../../twin/traffic/network.ts'
import type { linkTable } from '../../twin/traffic/tables.ts'

// Secondary and wider, as the indicator speedRatio counts them.
const NARROWEST_MAIN = roadClasses.indexOf('secondary')
// Below this share of free speed a street counts as slow, as the indicator slowLinks does.
const SLOW_RATIO = 0.4
// A name on less road than this is a slip road or a corner, not a street worth naming.
const LEAST_LENGTH_M = 400

export interface StreetNow {
  readonly name: string
  /** Mean over the street's length, m/s. */
  readonly speedMps: number
  readonly freeSpeedMps: number
  /** The middle of its slowest link. */
  readonly lngLat: LngLat
}

export interface MainStreets {
  readonly count: number
  readonly slow: number
  /** Slowest against free flow first. */
  readonly slowest: readonly StreetNow[]
}

interface Street {
  readonly name: string
  readonly links: Uint32Array
}

export class MainStreetIndex {
  private readonly city: City
  private readonly streets: Street[]

  constructor(city: City) {
    this.city = city
    this.streets = streetsOf(city.network)
  }

  /** How the streets run now against a lone driver at this hour (`drivingSpeedRatio` of the limit), the `limit` slowest by name. */
  now(links: Table<typeof linkTable.columns>, drivingSpeedRatio: number, limit: number): MainStreets {
    const { lengthM, freeSpeedMps: limitMps } = this.city.network.links
    const freeSpeedMps = limitMps.map((mps) => mps * drivingSpeedRatio)
    const speeds = links.columns.speedMps
    const all = this.streets.map(({ name, links: rows }) => {
      let streetM = 0
      let timeS = 0
      let freeTimeS = 0
      let worst = rows[0]
      for (const link of rows) {
        const speedMps = Math.max(speeds[link], 0.1)
        streetM += lengthM[link]
        timeS += lengthM[link] / speedMps
        freeTimeS += lengthM[link] / freeSpeedMps[link]
        if (speedMps / freeSpeedMps[link] < speeds[worst] / freeSpeedMps[worst]) worst = link
      }
      return { name, speedMps: streetM / timeS, freeSpeedMps: streetM / freeTimeS, worst }
    })
    all.sort((a, b) => a.speedMps / a.freeSpeedMps - b.speedMps / b.freeSpeedMps)
    return {
      count: all.length,
      slow: all.filter((street) => street.speedMps < SLOW_RATIO * street.freeSpeedMps).length,
      slowest: all.slice(0, limit).map(({ name, speedMps, freeSpeedMps: freeMps, worst }) => ({
        name,
        speedMps: rounded(speedMps, 2),
        freeSpeedMps: rounded(freeMps, 2),
        lngLat: middleOf(this.city, worst),
      })),
    }
  }
}

function streetsOf(network: RoadNetwork): Street[] {
  const { links, names } = network
  const byName = new Map<number, number[]>()
  for (let link = 0; link < links.name.length; link++) {
    if (links.roadClass[link] > NARROWEST_MAIN || links.name[link] === 0) continue
    const rows = byName.get(links.name[link])
    if (rows === undefined) byName.set(links.name[link], [link])
    else rows.push(link)
  }
  return [...byName]
    .filter(([, rows]) => rows.reduce((sum, link) => sum + links.lengthM[link], 0) >= LEAST_LENGTH_M)
    .map(([name, rows]) => ({ name: names.text[name], links: Uint32Array.from(rows) }))
}

function middleOf(city: City, link: number): LngLat {
  const { shapeStart, shapeCount } = city.network.links
  const vertex = shapeStart[link] + (shapeCount[link] >> 1)
  const { xM, yM } = city.network.shape
  const [lng, lat] = lngLatFromLocal(city.projection, [xM[vertex], yM[vertex]])
  return [rounded(lng, 6), rounded(lat, 6)]
}

export function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals))
}
