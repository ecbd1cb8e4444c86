/**
 * What a drivable way's tags say, and what is taken where they are silent. The defaults are assumed; they follow the habits
 * written down in the OpenStreetMap wiki (Key:lanes, Key:maxspeed, Key:oneway) and are listed in public/docs/cities.md.
 */
import { roadClasses } from '../../twin/traffic/network.ts'
import type { Tags } from './osm.ts'

type RoadClass = (typeof roadClasses)[number]

interface ClassDefault {
  readonly speedKmh: number
  /** Lanes of a one-way street. */
  readonly oneWayLanes: number
  /** Lanes each way of a two-way street. */
  readonly twoWayLanes: number
}

/** Assumed, by class. */
export const classDefaults: Readonly<Record<RoadClass, ClassDefault>> = {
  motorway: { speedKmh: 110, oneWayLanes: 2, twoWayLanes: 2 },
  trunk: { speedKmh: 80, oneWayLanes: 2, twoWayLanes: 2 },
  primary: { speedKmh: 60, oneWayLanes: 2, twoWayLanes: 2 },
  secondary: { speedKmh: 50, oneWayLanes: 2, twoWayLanes: 1 },
  tertiary: { speedKmh: 50, oneWayLanes: 2, twoWayLanes: 1 },
  residential: { speedKmh: 40, oneWayLanes: 1, twoWayLanes: 1 },
  living_street: { speedKmh: 20, oneWayLanes: 1, twoWayLanes: 1 },
}

/** Speed on ramps without a sign, km/h. Assumed. */
const RAMP_SPEED_KMH = 50

/** The widest road there is; a tag beyond it is a slip of the pen. */
const MOST_LANES = 8

const MILE_KM = 1.609344

export interface Road {
  readonly roadClass: number
  readonly name: string
  readonly forwardLanes: number
  readonly backwardLanes: number
  /** Of lanes and speed, which a tag gave: the bits of `isTagged`. */
  readonly tagged: number
  readonly speedMps: number
}

/** The road a way is, with 0 lanes in a forbidden direction; undefined when cars do not drive there. */
export function roadFromTags(tags: Tags): Road | undefined {
  const highway = tags.highway ?? ''
  const isRamp = highway.endsWith('_link')
  const className = classNameOf(isRamp ? highway.slice(0, -5) : highway)
  if (className === undefined || tags.area === 'yes' || isForbidden(tags)) return undefined
  const roadClass = roadClasses.indexOf(className)
  const way = directionOf(tags, className)
  const byClass = classDefaults[className]
  const lanes = lanesFromTags(tags, way)
  const defaultLanes = isRamp ? 1 : way === 'both' ? byClass.twoWayLanes : byClass.oneWayLanes
  const speedKmh = speedKmhFromTag(tags.maxspeed)
  return {
    roadClass,
    name: (tags.name ?? '').replaceAll('\n', ' ').trim(),
    forwardLanes: way === 'backward' ? 0 : (lanes?.forward ?? defaultLanes),
    backwardLanes: way === 'forward' ? 0 : (lanes?.backward ?? defaultLanes),
    tagged: (lanes === undefined ? 0 : 1) | (speedKmh === undefined ? 0 : 2),
    speedMps: (speedKmh ?? (isRamp ? RAMP_SPEED_KMH : byClass.speedKmh)) / 3.6,
  }
}

/** Unclassified roads and those of unknown class rank with residential streets; anything else is not for through traffic. */
function classNameOf(highway: string): RoadClass | undefined {
  if (highway === 'unclassified' || highway === 'road') return 'residential'
  return roadClasses.find((name) => name === highway)
}

function isForbidden(tags: Tags): boolean {
  const access = tags.motorcar ?? tags.motor_vehicle ?? tags.vehicle ?? tags.access
  return access === 'no' || access === 'private' || tags.impassable === 'yes'
}

function directionOf(tags: Tags, className: RoadClass): 'both' | 'forward' | 'backward' {
  const oneway = tags.oneway
  if (oneway === '-1' || oneway === 'reverse') return 'backward'
  if (oneway === 'yes' || oneway === 'true' || oneway === '1') return 'forward'
  if (oneway === 'no' || oneway === 'false' || oneway === '0') return 'both'
  if (tags.junction === 'roundabout' || tags.junction === 'circular') return 'forward'
  return className === 'motorway' ? 'forward' : 'both'
}

function lanesFromTags(tags: Tags, way: 'both' | 'forward' | 'backward') {
  const total = countFromTag(tags.lanes)
  if (way !== 'both') return total === undefined ? undefined : { forward: total, backward: total }
  const forward = countFromTag(tags['lanes:forward'])
  const backward = countFromTag(tags['lanes:backward'])
  if (forward !== undefined && backward !== undefined) return { forward, backward }
  if (total === undefined) return undefined
  const half = Math.max(1, Math.floor(total / 2))
  return {
    forward: forward ?? (backward === undefined ? half : Math.max(1, total - backward)),
    backward: backward ?? (forward === undefined ? half : Math.max(1, total - forward)),
  }
}

function countFromTag(value: string | undefined): number | undefined {
  const count = Math.round(Number.parseFloat(value ?? ''))
  return count >= 1 ? Math.min(count, MOST_LANES) : undefined
}

/** «60», «60 km/h», «40 mph»; undefined for «none», «signals» and the like. */
export function speedKmhFromTag(value: string | undefined): number | undefined {
  if (value === 'walk') return 7
  const found = /^\s*(\d+(?:\.\d+)?)\s*(km\/h|kmh|kph|mph)?\s*(?:;|$)/.exec(value ?? '')
  if (found === null) return undefined
  const speedKmh = Number(found[1]) * (found[2] === 'mph' ? MILE_KM : 1)
  return speedKmh >= 5 && speedKmh <= 150 ? speedKmh : undefined
}
