/**
 * What street life costs drivers: parked and parking cars, crossings, deliveries and buses at the kerb slow every street by day
 * (side friction of the Indonesian Highway Capacity Manual 1997, which takes up to a half off the speed of busy urban streets).
 */

/** Trips other than commuting by hour of the day over their maximum: the three curves of `demand.ts` added (assumed there). */
const LIFE_BY_HOUR = [
  0.08, 0.05, 0.03, 0.03, 0.04, 0.09, 0.27, 0.65, 0.85, 0.92, 0.97, 1, 0.97, 0.94, 0.95, 0.96, 0.98, 0.98,
  0.9, 0.78, 0.59, 0.41, 0.26, 0.16,
]

/** How busy the streets are beside the traffic, 0 to 1; read between the middles of hours. */
export function streetLife(secondOfDay: number): number {
  const at = secondOfDay / 3600 - 0.5
  const before = Math.floor(at)
  const a = LIFE_BY_HOUR[(before + 24) % 24]
  const b = LIFE_BY_HOUR[(before + 25) % 24]
  return a + (b - a) * (at - before)
}

/**
 * What a lone driver makes of the free speed at that second of the day, 0 to 1. `sideFriction` is the driving time that street
 * life adds at its height, as a share of the free time.
 */
export function drivingSpeedFactor(sideFriction: number, secondOfDay: number): number {
  return 1 / (1 + sideFriction * streetLife(secondOfDay))
}
