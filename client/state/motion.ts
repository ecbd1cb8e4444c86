/**
 * How a vehicle is drawn along one link: the plan of `twin/traffic/planPosition.ts` with its corners rounded, so that it brakes
 * to where it stands and gathers speed from there, also over the stop line. The mover shader (`layers/moverShader.ts`) holds
 * the same formulas.
 *
 * Two straight motions are joined by a parabola, which is a constant acceleration: where they are less than `bendM` apart, it
 * passes below (`lower`) or above (`higher`) both. Either is monotone in both, so that no vehicle runs back, drives faster than
 * its plan, or comes closer to the one before it than their plans do.
 */

/** Braking to a stop, m/s²: ITE's 10 ft/s² of signal timing. */
export const BRAKE_MPS2 = 3
/** Gathering speed, m/s² (assumed; a calm driver). */
export const START_MPS2 = 2

/** The lower of two motions, joined by a parabola where they are less than `bendM` apart. */
export function lower(aM: number, bM: number, bendM: number): number {
  const nearM = bendM - Math.abs(aM - bM)
  return Math.min(aM, bM) - (nearM > 0 ? (nearM * nearM) / (4 * bendM) : 0)
}

/** The higher of two motions, joined likewise. */
export function higher(aM: number, bM: number, bendM: number): number {
  const nearM = bendM - Math.abs(aM - bM)
  return Math.max(aM, bM) + (nearM > 0 ? (nearM * nearM) / (4 * bendM) : 0)
}

/** One vehicle on one link; metres, seconds of one epoch. */
export interface Motion {
  /** When a vehicle that drives at `paceMps` all along would have entered. */
  entryS: number
  exitS: number
  /** Distance from the end at which it stands, if it has to. */
  stopM: number
  lengthM: number
  paceMps: number
  /** Metres since it set off from its stand before the link; undefined for one that comes in at its pace. */
  sinceRestM: number | undefined
}

/** Metres over which a speed is gathered. */
export function gatheringM(paceMps: number): number {
  return (paceMps * paceMps) / (2 * START_MPS2)
}

/** Metres from the start of the link at `tS`. */
export function positionM(tS: number, motion: Motion): number {
  const { entryS, lengthM, paceMps, sinceRestM } = motion
  const plainM = paceMps * (tS - entryS)
  const arrivingM = sinceRestM === undefined ? plainM : higher(0, plainM, gatheringM(paceMps)) - sinceRestM
  return Math.min(lengthM, Math.max(0, joinedM(tS, arrivingM, motion)))
}

/** The arriving motion, which is at `arrivingM` now, braked to the stand and joined to the leaving one. */
function joinedM(tS: number, arrivingM: number, motion: Motion): number {
  const { entryS, exitS, stopM, lengthM, paceMps, sinceRestM = 0 } = motion
  // how far the plan would get beyond the end if it did not stand
  const sparedM = Math.max(0, paceMps * (exitS - entryS) - sinceRestM - lengthM)
  const standM = lengthM - stopM
  const brakeM = Math.min((paceMps * paceMps) / (2 * BRAKE_MPS2), standM, sparedM)
  const startM = Math.min(gatheringM(paceMps), sparedM)
  // from a stand close to the end it crosses the line before it has gathered its speed
  const lateM = stopM < startM ? stopM - 2 * Math.sqrt(startM * stopM) + startM : 0
  const leavingM = lengthM - paceMps * (exitS - tS) - lateM
  return higher(lower(arrivingM, standM, brakeM), leavingM, startM)
}

/** Halvings of some tens of metres: to less than a centimetre. */
const HALVINGS = 13

/** Sets the entry so that the vehicle is at `wasM` at `tS`; its stand may not lie before that, nor its exit be out of reach. */
export function beginAt(tS: number, wasM: number, motion: Motion): void {
  const { lengthM, stopM, paceMps } = motion
  const standM = lengthM - stopM
  const bendM = (paceMps * paceMps) / (2 * BRAKE_MPS2)
  enter(tS, wasM, motion)
  if (standM - wasM >= bendM) return
  // it brakes already: found by halving, since how it brakes depends on how long it will stand
  let arrivingM = wasM
  let beyondM = standM + bendM
  for (let i = 0; i < HALVINGS; i++) {
    const tryM = (arrivingM + beyondM) / 2
    enter(tS, tryM, motion)
    if (joinedM(tS, tryM, motion) < wasM) arrivingM = tryM
    else beyondM = tryM
  }
  enter(tS, arrivingM, motion)
}

/** Sets the entry so that the arriving motion is at `arrivingM` at `tS`. */
function enter(tS: number, arrivingM: number, motion: Motion): void {
  motion.entryS = tS - plainM(arrivingM, motion) / motion.paceMps
}

/** Metres that a vehicle at its pace all along would have come where one that gathers speed has come `arrivingM`. */
function plainM(arrivingM: number, { paceMps, sinceRestM }: Motion): number {
  if (sinceRestM === undefined) return arrivingM
  const gatherM = gatheringM(paceMps)
  const wholeM = arrivingM + sinceRestM
  return wholeM < gatherM ? 2 * Math.sqrt(gatherM * wholeM) - gatherM : wholeM
}

/** When a motion begins: the moment at which it is at the start of its link. */
export function beginningS(motion: Motion): number {
  return motion.entryS + plainM(0, motion) / motion.paceMps
}

/** The pace that covers `wayM` in `forS`, of a vehicle that has come `sinceRestM` from its stand and gathers speed. */
export function paceOver(wayM: number, forS: number, sinceRestM: number | undefined): number {
  const evenMps = wayM / Math.max(1e-3, forS)
  if (sinceRestM === undefined) return evenMps
  const nowMps = Math.sqrt(2 * START_MPS2 * sinceRestM)
  if (nowMps >= evenMps) return evenMps
  const reachMps = nowMps + START_MPS2 * forS
  const left = reachMps * reachMps - nowMps * nowMps - 2 * START_MPS2 * wayM
  return left < 0 ? Infinity : reachMps - Math.sqrt(left)
}
