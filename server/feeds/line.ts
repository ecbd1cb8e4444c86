/** Lines of places on the globe, as feeds draw them. */
import type { LngLat } from './content.ts'

/** The place half way along a line; of a single point, that point. */
export function middleOf(path: readonly LngLat[]): LngLat | undefined {
  const lengths = path.map((at, i) => (i === 0 ? 0 : lengthBetween(path[i - 1], at)))
  let left = lengths.reduce((sum, length) => sum + length, 0) / 2
  for (let i = 1; i < path.length; i++) {
    if (left <= lengths[i]) {
      const share = lengths[i] > 0 ? left / lengths[i] : 0
      const [from, to] = [path[i - 1], path[i]]
      return [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])]
    }
    left -= lengths[i]
  }
  return path.at(-1)
}

/** In degrees of latitude, on the plane that touches the globe there: enough to halve a street. */
function lengthBetween([lng, lat]: LngLat, [toLng, toLat]: LngLat): number {
  return Math.hypot((toLng - lng) * Math.cos((((lat + toLat) / 2) * Math.PI) / 180), toLat - lat)
}
