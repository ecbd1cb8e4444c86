/**
 * Where a plan has a vehicle on its link: what the engine holds plans to, and what the page draws with its corners rounded
 * (`client/state/motion.ts`). A vehicle enters at its entry, drives at the free speed until it joins the queue `stopM` before the
 * end, waits, and sets off so as to reach the end at its exit. It is never beyond the end, never faster than the free speed, never
 * goes back.
 */

/** Metres from the start of the link, at `tS`; times in seconds of one epoch, or all in ticks and the speed in metres a tick. */
export function planPositionM(
  tS: number,
  entryS: number,
  exitS: number,
  stopM: number,
  lengthM: number,
  freeSpeedMps: number,
): number {
  const arrivingM = Math.min(freeSpeedMps * (tS - entryS), lengthM - stopM)
  const leavingM = lengthM - freeSpeedMps * (exitS - tS)
  return Math.min(lengthM, Math.max(0, arrivingM, leavingM))
}
