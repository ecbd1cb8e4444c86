/** Which member shows what is expected: the one whose whole hour lies nearest the medians. */
import type { Forecast } from './forecast.ts'

/**
 * The row of a member: least sum of squared distances from the median over all series and leads, each in multiples of the half
 * width its band is made from, so that quantities of every unit count alike. Throws RangeError for a forecast without members.
 */
export function middleMember({ members, series }: Forecast): number {
  if (members === 0) throw new RangeError('forecast: no members, expected at least one')
  const distance = new Float64Array(members)
  for (const { median, scale, paths } of series)
    paths.forEach((path, member) =>
      path.forEach((value, lead) => (distance[member] += ((value - median[lead]) / scale[lead]) ** 2)),
    )
  return distance.indexOf(Math.min(...distance))
}
