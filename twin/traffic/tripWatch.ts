/** Who wants to know of each trip by car or truck: told as it sets out and as it ends. No state of traffic; buses are not told. */
export interface TripWatch {
  /** A vehicle waits to enter the road. `unixS`, `zone` and `index` name the trip: the same in every run of one seed and demand. */
  setOut(vehicle: number, unixS: number, zone: number, index: number, toZone: number): void
  /** It has left the road, at its destination or, lifted out of a jam, short of it. */
  ended(vehicle: number, tick: number): void
  /** Its street closed before it could enter, and there was no other way. */
  turnedAway(vehicle: number, tick: number): void
}
