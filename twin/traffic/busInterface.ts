/**
 * How public transport drives through traffic. A bus is a vehicle of traffic that follows an explicit path of links; whoever owns
 * the timetable says where it stops next and for how long, and reads what it did from the events of the last step.
 *
 * Order of use: `useBusPaths` once after creation; `addBus` when a trip begins; `setNextStop` at once and again after every
 * `stopped` event. A bus that reaches a stop nobody told it of drives past.
 */

export const busEventKinds = ['entered', 'stopped', 'left'] as const

/** What buses did in the last step, and at the stops set since the step before, in the order it happened; rows 0 to `count` − 1 are valid after a step. */
export interface BusEvents {
  count: number
  /** Index into `busEventKinds`. 'left': the path is driven to its end, and the vehicle row is free again. */
  readonly kind: Uint8Array
  /** Row of `traffic.vehicles`. */
  readonly vehicle: Uint32Array
  /** Which link of its path it is on, counted from 0; the number of links when it left at the end, less when no way round a closure was open. On a detour nothing is told; the links left out are never entered. */
  readonly pathIndex: Uint16Array
  /** When it entered the link; reached the stop; left. May lie a few seconds ahead for a stop: the plan is made when the link is entered. */
  readonly tick: Int32Array
  /** Of a stop: when it will pull out again; else equal to `tick`. */
  readonly departTick: Int32Array
}

export interface BusTraffic {
  /** The links of all bus paths end to end (`patternLinks.link` of the timetable). Static: not part of the state. */
  useBusPaths(links: Uint32Array): void
  /**
   * Sends a bus along `count` links from row `first` of the bus paths; gives its row in `traffic.vehicles`, or −1 when there is
   * no free row or none of them is open. It sets out from the first that is. Until it finds room on its first link the row's `link` is NO_LINK, as for any vehicle waiting to enter.
   */
  addBus(first: number, count: number): number
  /**
   * The next stop of a bus: `alongM` from the start of link `pathIndex` of its path. There it stands for `dwellTicks`, and not
   * before `notBeforeTick` it pulls out; meanwhile it holds the lane next to the kerb. Several stops on one link are set one after
   * another. Ignored when the bus is already past.
   */
  setNextStop(
    vehicle: number,
    pathIndex: number,
    alongM: number,
    dwellTicks: number,
    notBeforeTick: number,
  ): void
  /** Forgets the next stop of a bus that has not reached its link. */
  clearNextStop(vehicle: number): void
  readonly busEvents: BusEvents
  /** Ticks a vehicle entering `link` now would take to its end, as measured over the last vehicles. */
  travelTicks(link: number): number
}
