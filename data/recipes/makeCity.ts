/** A whole city from one extract: calls the recipes in order and gives the bytes of every file of `data/cities/<city>/`. */
import { gzipSync } from 'fflate'
import type { CityInfo, FileSource } from '../../twin/city.ts'
import { makeProjection, type LngLat } from '../../twin/geo/projection.ts'
import { writeColumnsFile, type FileSchema, type FileTables } from '../../twin/kernel/columnsFile.ts'
import { hashText } from '../../twin/kernel/hash.ts'
import { utf8FromText } from '../../twin/kernel/utf8.ts'
import { networkSchema } from '../../twin/traffic/network.ts'
import { parseFacts, type CityFacts } from './facts.ts'
import { makeNetworkWithReport } from './network.ts'
import type { OsmExtract, Progress } from './osm.ts'
import { monthYear, sourcesOf } from './provenance.ts'
import { roadFromTags } from './roadTags.ts'

export interface CityOrder {
  readonly id: string
  readonly extract: OsmExtract
  /** Parsed JSON of `facts.json`; an empty object where there is none. */
  readonly facts: unknown
}

export interface MadeCity {
  readonly info: CityInfo
  /** File name to bytes, `city.json` included. */
  readonly files: ReadonlyMap<string, Uint8Array>
  /** One line each, for people. */
  readonly summary: readonly string[]
}

/** Throws, with one sentence, when the extract holds no city. */
export function makeCity(order: CityOrder, progress: Progress): MadeCity {
  const { extract, id } = order
  const files = new Map<string, Uint8Array>()
  const summary: string[] = []
  const center = middleOfRoads(extract)
  const projection = makeProjection(centerOf(order.facts) ?? center)

  progress('joining streets at their junctions', 0.1)
  const { network, keptM, droppedM } = makeNetworkWithReport(extract, projection)
  const facts = parseFacts(order.facts, { id, center, streetKm: keptM / 1000 })
  files.set('network.bin.gz', packed(networkSchema, network))
  summary.push(
    `network: ${network.links.fromNode.length} links, ${network.nodes.xM.length} nodes, ${network.signals.xM.length} signals, ` +
      `${Math.round(keptM / 1000)} km of street; ${Math.round(droppedM / 1000)} km cut off from the rest were left out`,
  )

  const info = infoOf(order, facts, sourcesOf([...files.keys()], { date: monthYear(extract.date) }))
  files.set('city.json', utf8FromText(`${JSON.stringify(info, null, 2)}\n`))
  return { info, files, summary }
}

/** The file's bytes, gzipped without a date: the same tables always give the same bytes. */
export function packed<S extends FileSchema>(schema: S, tables: FileTables<S>): Uint8Array {
  return gzipSync(writeColumnsFile(schema, tables), { level: 9, mtime: 0 })
}

function infoOf(order: CityOrder, facts: CityFacts, sources: readonly FileSource[]): CityInfo {
  const assumed = facts.assumed.length === 0 ? [] : [`assumed, not known: ${facts.assumed.join(', ')}`]
  return {
    id: order.id,
    name: facts.name,
    country: facts.country,
    timeZone: facts.timeZone,
    languages: facts.languages,
    bounds: order.extract.bounds,
    center: facts.center,
    seed: hashText(order.id),
    attribution: ['© OpenStreetMap contributors, ODbL 1.0', ...facts.credits, ...assumed].join('; '),
    files: sources,
    parameters: facts.parameters,
  }
}

function centerOf(facts: unknown): LngLat | undefined {
  return (facts as { center?: LngLat }).center
}

/** The middle of the roads for cars: half of their ends lie to each side of it, so that farmland does not pull it out of town. */
function middleOfRoads(extract: OsmExtract): LngLat {
  const lng: number[] = []
  const lat: number[] = []
  for (const way of extract.ways) {
    if (roadFromTags(way.tags) === undefined) continue
    lng.push(way.course[0][0])
    lat.push(way.course[0][1])
  }
  if (lng.length === 0)
    throw new Error('the source has no roads for cars (no way with a drivable highway tag)')
  return [median(lng), median(lat)]
}

function median(values: number[]): number {
  values.sort((a, b) => a - b)
  return Math.round(values[values.length >> 1] * 1e5) / 1e5
}
