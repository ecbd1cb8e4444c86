/** Streets as lines coloured by speed: their pieces, laid out once, and their states, from the mirror. */
import type { City } from '../../../twin/city.ts'
import { linkTable } from '../../../twin/traffic/tables.ts'
import type { Mirror } from '../../state/mirror.ts'
import { LANE_WIDTH_M } from '../lanes.ts'
import { planeFromLocals, type Plane } from '../plane.ts'
import { SEGMENT_WORDS, type Segments } from '../segmentLayer.ts'
import type { StateTexture } from '../stateTexture.ts'
import { drivingSpeedRatio } from '../../state/drivingSpeed.ts'
import { markOrigins, otherOrigins } from '../drawnOrigin.ts'
import { speedStep } from './speedSteps.ts'

export interface LinkLines extends Segments {
  /** Pieces of all streets up to and including a road class. */
  readonly endOfClass: readonly number[]
}

const CLASSES = 8
/** Motorway to secondary. */
export const LAST_MAIN_CLASS = 3
/** Vehicles per hour at which a freely flowing street is at its brightest: about a lane at half of its capacity. */
const BRIGHT_FLOW_VPH = 900
/** A queue shorter than this is everyday life at a signal and not marked. */
const MARKED_QUEUE_M = 25

/** One piece a straight part of a link, in the order of links, which is that of their classes. `places` are those of the vertices, when they are at hand. */
export function makeLinkLines(
  { network }: Pick<City, 'network'>,
  plane: Plane,
  places = planeFromLocals(plane, network.shape),
): LinkLines {
  const { links, shape } = network
  const rows = links.lengthM.length
  let count = 0
  for (let link = 0; link < rows; link++) count += Math.max(0, links.shapeCount[link] - 1)
  const words = new Float32Array(count * SEGMENT_WORDS)
  const endOfClass = Array.from({ length: CLASSES }, () => 0)
  let at = 0
  for (let link = 0; link < rows; link++) {
    const first = links.shapeStart[link]
    const last = first + links.shapeCount[link] - 1
    let totalM = 0
    for (let i = first; i < last; i++) totalM += stepM(shape, i)
    const scale = totalM > 0 ? 1 / totalM : 0
    const sideM = links.reverseLink[link] >= 0 ? (links.lanes[link] * LANE_WIDTH_M) / 2 : 0
    let doneM = 0
    for (let i = first; i < last; i++) {
      const m = stepM(shape, i)
      const word = at * SEGMENT_WORDS
      for (let k = 0; k < 4; k++) words[word + k] = places[2 * i + k]
      words[word + 4] = link
      words[word + 5] = doneM * scale
      words[word + 6] = (doneM + m) * scale
      words[word + 7] = doneM
      words[word + 8] = links.roadClass[link]
      words[word + 9] = sideM
      doneM += m
      at++
    }
    for (let c = links.roadClass[link]; c < CLASSES; c++) endOfClass[c] = at
  }
  return { words, count, endOfClass }
}

/** Of which frame of which mirror states are, and what they were worked out with. */
interface Seen {
  mirror: Mirror
  frames: number
  driving: number
  hasOrigins: boolean
}
const seenBy = new WeakMap<StateTexture, Seen>()
/** The driving speed of the hour changes all day long; by less than this share, no street's colour is worked out anew for it. */
const SAME_DRIVING = 0.005

/**
 * Colour, opacity, queue, and closure or origin of every link, as of the mirror's last frame; of those alone that it changed, where
 * the states are as of the frame before it.
 */
export function setLinkStates(states: StateTexture, city: City, mirror: Mirror): void {
  const driving = drivingSpeedRatio(mirror)
  const origins = otherOrigins(mirror, linkTable, 'speedMps')
  const seen = seenBy.get(states)
  const isNext =
    seen?.mirror === mirror &&
    seen.frames === mirror.frames - 1 &&
    Math.abs(seen.driving - driving) < SAME_DRIVING &&
    !seen.hasOrigins &&
    // a keyframe does not name those that are zero again: when most have changed all are set
    mirror.changedRows(linkTable).length * 2 < mirror.table(linkTable).rows
  seenBy.set(states, {
    mirror,
    frames: mirror.frames,
    driving: isNext ? seen.driving : driving,
    hasOrigins: origins.size > 0,
  })
  if (isNext) setStatesOf(states, city, mirror, driving, mirror.changedRows(linkTable))
  else setStatesOf(states, city, mirror, driving)
  markOrigins(states.bytes, origins)
  states.version++
}

/** Something else was written over the states: the next time all are set. */
export function forgetLinkStates(states: StateTexture): void {
  seenBy.delete(states)
}

/** Sets the states of `changed` links, or of all. */
function setStatesOf(
  states: StateTexture,
  city: City,
  mirror: Mirror,
  driving: number,
  changed?: ArrayLike<number>,
): void {
  const { lengthM, freeSpeedMps, roadClass } = city.network.links
  const table = mirror.table(linkTable)
  const { speedMps, flowVph, queueM, vehicles, isClosed } = table.columns
  const rows = Math.min(table.rows, lengthM.length)
  const { bytes } = states
  const count = changed?.length ?? rows
  for (let i = 0; i < count; i++) {
    const link = changed?.[i] ?? i
    if (link >= rows) continue
    // a page that looks at one district is told of no other's streets
    if (Number.isNaN(speedMps[link])) {
      bytes.fill(0, link * 4, link * 4 + 4)
      continue
    }
    const step = drawnStep(
      speedMps[link],
      freeSpeedMps[link] * driving,
      vehicles[link],
      queueM[link],
      roadClass[link],
    )
    const at = link * 4
    bytes[at] = (step * 255) / 4
    bytes[at + 1] = isClosed[link] === 1 ? 255 : opacityOf(step, roadClass[link], flowVph[link])
    const queue = queueM[link] > MARKED_QUEUE_M && step > 1 ? Math.min(1, queueM[link] / lengthM[link]) : 0
    bytes[at + 2] = queue * 255
    bytes[at + 3] = isClosed[link] === 1 ? 255 : 0
  }
}

/** The step a street is drawn in: who waits at the end of a street as every day does not make it slow. */
export function drawnStep(
  speedMps: number,
  loneSpeedMps: number,
  vehicles: number,
  queueM: number,
  roadClass: number,
): number {
  const step = speedStep(speedMps, loneSpeedMps)
  const isEveryday = vehicles <= everydayVehicles(roadClass) && queueM < MARKED_QUEUE_M
  return isEveryday ? Math.min(1, step) : step
}

/** So many vehicles waiting at the end of a street are its signal or stop sign and not a jam: more of them where nobody expects to drive fast. */
function everydayVehicles(roadClass: number): number {
  return roadClass <= LAST_MAIN_CLASS ? 1 : 3
}

/** Free streets almost vanish, the emptier the more; side streets show only when they are slow. */
function opacityOf(step: number, roadClass: number, flowVph: number): number {
  const isSide = roadClass > 4
  if (step === 0) return isSide ? 0 : 40 + 120 * Math.min(1, flowVph / BRIGHT_FLOW_VPH)
  if (step === 1) return isSide ? 30 : 115
  return isSide ? 200 : 255
}

function stepM(shape: City['network']['shape'], i: number): number {
  const eastM = shape.xM[i + 1] - shape.xM[i]
  const northM = shape.yM[i + 1] - shape.yM[i]
  // a tenth of what Math.hypot takes, for a hundred thousand pieces
  return Math.sqrt(eastM * eastM + northM * northM)
}
