/** A town from the bytes of a map and of a timetable, by the recipes that make every city: the same bytes as `npm run city` writes. */
import { unzipSync } from 'fflate'
import { openGtfs } from '../../../data/recipes/gtfsTables.ts'
import { makeCity, type MadeCity } from '../../../data/recipes/makeCity.ts'
import type { OsmExtract } from '../../../data/recipes/osm.ts'
import {
  boundsOfOsmPbf,
  looksLikeOsmPbf,
  OsmLimitError,
  readOsmPbf,
  type OsmLimits,
} from '../../../data/recipes/osmPbf.ts'
import { TownFault } from './townFault.ts'
import { townIdOf } from './townFiles.ts'
import { checkTownSize, cutCommand, middleOfBounds, townLimits } from './townLimits.ts'

/** What is being done, in the order in which it is done. */
export const townSteps = [
  'read',
  'streets',
  'buildings',
  'people',
  'buses',
  'weather',
  'power',
  'names',
  'tiles',
  'keep',
] as const
export type TownStep = (typeof townSteps)[number]

export interface NamedBytes {
  readonly name: string
  readonly bytes: Uint8Array
}

/**
 * What `makeCity` says that it does (`test/client/source/town` holds the list to it), and the share of the whole time at which it
 * begins, as measured of Monaco.
 */
const stepsOfCity: Readonly<Record<string, readonly [step: TownStep, share: number]>> = {
  'joining streets at their junctions': ['streets', 0.06],
  'laying buildings': ['buildings', 0.12],
  'counting residents and jobs': ['people', 0.2],
  'laying bus lines': ['buses', 0.25],
  'drawing a year of weather': ['weather', 0.39],
  'laying the electricity network': ['power', 0.4],
  'listing names and house numbers': ['names', 0.49],
  'cutting the map into tiles': ['tiles', 0.53],
}
/** Where `makeCity` begins to cut tiles, by its own reckoning. */
const TILES_FROM = 0.6
const READING = 0.06
const TILES_UNTIL = 0.98
/** A square of this side is cut out of a map of which no more than its size is known. */
const USUAL_SIDE_KM = 12

/** Throws `TownFault`. `progress` gets a step and the share of the whole, 0 to 1. */
export function makeTown(
  input: { readonly map: NamedBytes; readonly feed: NamedBytes | undefined },
  progress: (step: TownStep, share: number) => void,
): MadeCity {
  const { map, feed } = input
  const extract = readMap(map, (share) => progress('read', READING * share))
  checkTownSize(map.name, extract)
  if (feed !== undefined) checkFeed(feed, extract.bounds)
  const order = {
    id: townIdOf(map.name),
    extract,
    facts: {},
    ...(feed && { feed: { name: feed.name, zip: feed.bytes } }),
  }
  try {
    return makeCity(order, (doing, share) => {
      const [step, from] = stepsOfCity[doing] ?? (['keep', share] as const)
      const within = step === 'tiles' ? (share - TILES_FROM) / (1 - TILES_FROM) : 0
      progress(step, from + within * (TILES_UNTIL - from))
    })
  } catch (error) {
    const why = (error as Error).message
    if (feed !== undefined && why.startsWith('gtfs:'))
      throw new TownFault('feedBroken', { name: feed.name, why })
    throw new TownFault('broken', { name: map.name, why })
  }
}

function readMap({ name, bytes }: NamedBytes, progress: (share: number) => void): OsmExtract {
  if (bytes.length === 0) throw new TownFault('empty', { name })
  if (!looksLikeOsmPbf(bytes)) throw new TownFault('notMap', { name })
  const { mapBytes, nodes, contentBytes } = townLimits
  if (bytes.length > mapBytes) throw tooLarge(name, bytes.length, bytes)
  const limits: OsmLimits = { nodes, contentBytes }
  try {
    return readOsmPbf(bytes, (_, share) => progress(share), limits)
  } catch (error) {
    if (!(error instanceof OsmLimitError))
      throw new TownFault('broken', { name, why: (error as Error).message })
    if (error.limit === 'contentBytes') throw tooLarge(name, bytes.length, bytes)
    throw new TownFault('tooManyNodes', { name, most: nodes }, cut(name, bytes))
  }
}

/** A map by its size alone; `start` is the beginning of it. */
export function tooLarge(name: string, came: number, start: Uint8Array): TownFault {
  const values = { name, came: Math.ceil(came / 1e6), most: townLimits.mapBytes / 1e6 }
  return new TownFault('tooLarge', values, cut(name, start))
}

/** By where the file says that it lies, as far as that can be read. */
function cut(name: string, start: Uint8Array): string {
  let middle
  try {
    middle = middleOfBounds(boundsOfOsmPbf(start))
  } catch {
    middle = undefined
  }
  return cutCommand(name, middle, USUAL_SIDE_KM)
}

/** Refuses a timetable that unpacks to more than a browser bears, and one of another place. */
function checkFeed({ name, bytes }: NamedBytes, bounds: OsmExtract['bounds']): void {
  const { feedContentBytes: most } = townLimits
  const came = unpackedSize(name, bytes)
  if (came > most)
    throw new TownFault('feedTooLarge', { name, came: Math.ceil(came / 1e6), most: most / 1e6 })
  const [west, south, east, north] = bounds
  try {
    const stops = openGtfs(bytes).required('stops.txt', ['stop_lat', 'stop_lon'])
    const isHere = stops.some((row) => {
      const [lng, lat] = [Number(row.get('stop_lon')), Number(row.get('stop_lat'))]
      return lng >= west && lng <= east && lat >= south && lat <= north
    })
    if (!isHere) throw new TownFault('feedElsewhere', { name, stops: stops.length })
  } catch (error) {
    if (error instanceof TownFault) throw error
    throw new TownFault('feedBroken', { name, why: (error as Error).message })
  }
}

/** By what the zip says of itself: nothing is unpacked for it. */
function unpackedSize(name: string, bytes: Uint8Array): number {
  let sum = 0
  try {
    unzipSync(bytes, {
      filter: ({ originalSize }) => {
        sum += originalSize
        return false
      },
    })
  } catch (error) {
    throw new TownFault('feedBroken', { name, why: (error as Error).message })
  }
  return sum
}
