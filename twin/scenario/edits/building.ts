/** Edits of how streets are built: they hold from before the scenario begins, and so only where it begins in a typical hour. */
import * as v from 'valibot'
import { isAllReached, withLanesAdded, withReversed } from '../../traffic/rebuild.ts'
import { withoutLinks } from '../../transit/withoutLinks.ts'
import { builtKind, rowsSchema } from '../editKind.ts'
import { refused } from '../refusals.ts'

/** More the engine does not know. */
const MOST_LANES = 8

/** One-way streets are driven the other way; buses that drove there leave them out. */
export const reverseStreet = builtKind('reverseStreet', { links: rowsSchema }, ({ links }, city) => {
  const { network, timetable } = city
  const twoWay = links.find((link) => network.links.reverseLink[link] >= 0)
  if (twoWay !== undefined) return refused('notOneWay', { link: twoWay })
  const turned = withReversed(network, links)
  if (!isAllReached(network, turned)) return refused('cutsOff')
  return {
    city: { ...city, network: turned, timetable: timetable && withoutLinks(timetable, new Set(links)) },
  }
})

/** Streets get so many lanes more. */
export const addLanes = builtKind(
  'addLanes',
  { links: rowsSchema, lanes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4)) },
  ({ links, lanes }, city) => {
    const wide = links.find((link) => city.network.links.lanes[link] + lanes > MOST_LANES)
    if (wide !== undefined)
      return refused('tooManyLanes', { link: wide, lanes: city.network.links.lanes[wide], most: MOST_LANES })
    return { city: { ...city, network: withLanesAdded(city.network, links, lanes) } }
  },
)
