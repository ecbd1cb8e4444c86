/**
 * What street life costs drivers: parked and parking cars, crossings, deliveries and buses at the kerb slow every street by day
 * (side friction of the Indonesian Highway Capacity Manual 1997, which takes up to a half off the speed of busy urban streets).
 */

/**
 * Kerbs in use by hour of the day over their maximum: trips to an errand once, trips between errands twice, as they leave one
 * kerb and take another; two of the curves of `demand.ts` (assumed there). Who drives home leaves the kerb alone.
 */
const LIFE_BY_HOUR = [
  0.04, 0.03, 0.02, 0.02, 0.04, 0.11, 0.33, 0.73, 0.94, 0.98, 1, 0.97, 0.91, 0.91, 0.95, 0.95, 0.92, 0.84,
  0.67, 0.5, 0.32, 0.2, 0.12, 0.07,
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
