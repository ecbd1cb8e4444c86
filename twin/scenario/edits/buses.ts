/** Edits of buses: where they drive, how often, where they stop, and where they wait for their distance. */
import * as v from 'valibot'
import { editKind, rowSchema, rowsSchema } from '../editKind.ts'
import { refused } from '../refusals.ts'

/** The lane next to the kerb is for buses alone. */
export const busLane = editKind('busLane', { links: rowsSchema }, ({ links }, { network }) => {
  const narrow = links.find((link) => network.links.lanes[link] < 2)
  if (narrow !== undefined) return refused('noLaneForBuses', { link: narrow })
  return { settings: links.map((row) => ({ target: 'busLane', row, value: 1 })) }
})

/** Buses of a route come at so many times the planned time between them: 0.5 is twice as many, 2 is half. */
export const busFrequency = editKind(
  'busFrequency',
  { route: rowSchema, headwayFactor: v.pipe(v.number(), v.minValue(0.25), v.maxValue(4)) },
  ({ route, headwayFactor }) => ({
    settings: [{ target: 'headwayFactor', row: route, value: headwayFactor }],
  }),
)

/** Buses of a route that have come too near the one ahead wait for their distance at timing points, see `transit/holding.ts`. */
export const holdBuses = editKind(
  'holdBuses',
  {
    route: rowSchema,
    headwayShare: v.pipe(v.number(), v.minValue(0.1), v.maxValue(1)),
    mostS: v.pipe(v.number(), v.integer(), v.minValue(10), v.maxValue(600)),
    everyStops: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(50)),
  },
  ({ route, headwayShare, mostS, everyStops }) => ({
    settings: [
      { target: 'holdShare', row: route, value: headwayShare },
      { target: 'holdMostS', row: route, value: mostS },
      { target: 'holdEveryStops', row: route, value: everyStops },
    ],
  }),
)

/** Buses drive past. */
export const closeStop = editKind('closeStop', { stops: rowsSchema }, ({ stops }) => ({
  settings: stops.map((row) => ({ target: 'stopClosed', row, value: 1 })),
}))

/** Buses find a way round these links, and leave out the stops there; all others drive on them as before. */
export const detourBuses = editKind('detourBuses', { links: rowsSchema }, ({ links }, { timetable }) => {
  if (timetable === undefined) return refused('noBuses')
  return { settings: links.map((row) => ({ target: 'closedToBuses', row, value: 1 })) }
})
