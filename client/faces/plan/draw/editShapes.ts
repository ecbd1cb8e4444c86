/** The edits of a scenario as they are marked on the map: areas, courses of streets, places. What holds for all of the city has no mark. */
import type { City } from '../../../../twin/city.ts'
import { lngLatFromLocal, type LngLat } from '../../../../twin/geo/projection.ts'
import type { PowerGrid } from '../../../../twin/power/grid.ts'
import { metresBetween } from '../../../../twin/power/ties.ts'
import type { ScenarioEdit } from '../../../../twin/scenario/edits.ts'
import { timingStopsOf } from '../../../../twin/transit/holding.ts'
import { sayDraw } from '../../../language/drawWords.ts'
import { formatPercent } from '../../../language/format.ts'
import type { SketchShape } from '../../../state/sketch.ts'

/** Of edits that are on; each may have several. */
export function shapesOfEdits(edits: readonly ScenarioEdit[], city: City): SketchShape[] {
  return edits.filter(({ isOff }) => isOff !== true).flatMap((edit) => shapesOf(edit, city))
}

function shapesOf(edit: ScenarioEdit, city: City): SketchShape[] {
  switch (edit.kind) {
    case 'lowTrafficArea':
    case 'homesAndJobs':
      return areaOf(edit.area, sayDraw(`mark.${edit.kind}`))
    case 'rooftopPv':
      return areaOf(edit.area, sayDraw('mark.rooftopPv'))
    case 'demandResponse':
    case 'evShare':
      return areaOf(edit.area, sayDraw(`mark.${edit.kind}`, { percent: formatPercent(edit.share) }))
    case 'event':
    case 'battery':
      return [placeOf(edit.at, sayDraw(`mark.${edit.kind}`))]
    case 'fastChargers':
      return [placeOf(edit.at, sayDraw('mark.charging'))]
    case 'closeStop':
      return edit.stops.flatMap((row) => pointOf(city, city.timetable?.stops, row, '×'))
    case 'holdBuses':
      return city.timetable === undefined
        ? []
        : timingStopsOf(city.timetable, edit.route, edit.everyStops).flatMap((row) =>
            pointOf(city, city.timetable?.stops, row, sayDraw('mark.wait')),
          )
    case 'signalPlan':
      return pointOf(city, city.network.signals, edit.signal, sayDraw('mark.signal'))
    case 'substationOut':
      return pointOf(city, city.grid?.substations, edit.substation, sayDraw('mark.out'))
    case 'openBreaker':
      return pointOf(city, city.grid?.buses, city.grid?.breakers.bus[edit.breaker], sayDraw('mark.out'))
    case 'feederOut':
      return pointOf(city, city.grid?.buses, city.grid?.feeders.firstBus[edit.feeder], sayDraw('mark.out'))
    case 'closeTie':
      return tieOf(city, edit.feeder, edit.to)
    case 'changeDemand':
    case 'heatwave':
    case 'storm':
    case 'busFrequency':
      return []
    default:
      return streetsOf(edit.links, markOf(edit), city)
  }
}

type StreetEdit = Extract<ScenarioEdit, { links: number[] }>

/** What a street carries where it is edited. */
function markOf(edit: StreetEdit): string {
  switch (edit.kind) {
    case 'closeStreet':
      return '×'
    case 'reverseStreet':
      return '⇄'
    case 'addLanes':
      return `+${edit.lanes}`
    case 'closeLanes':
      return `−${edit.lanes}`
    case 'speedLimit':
      return sayDraw('mark.limit', { speed: edit.speedKmh })
    case 'roadWorks':
      return sayDraw('mark.works')
    case 'detourBuses':
      return sayDraw('mark.busesRound')
    case 'closeToCars':
    case 'busLane':
      return sayDraw('mark.buses')
  }
}

function areaOf(area: readonly LngLat[] | undefined, mark: string): SketchShape[] {
  return area === undefined ? [] : [{ kind: 'area', points: area, mark }]
}

function placeOf(at: LngLat, mark: string): SketchShape {
  return { kind: 'place', points: [at], mark }
}

/** A row of a table that has places; none where the city has not that row. */
function pointOf(
  { projection }: City,
  places: { readonly xM: Float32Array; readonly yM: Float32Array } | undefined,
  row: number | undefined,
  mark: string,
): SketchShape[] {
  if (places === undefined || row === undefined || row < 0 || row >= places.xM.length) return []
  return [placeOf(lngLatFromLocal(projection, [places.xM[row], places.yM[row]]), mark)]
}

/** Each link's course; of both directions of a street one. */
function streetsOf(links: readonly number[], mark: string, city: City): SketchShape[] {
  const { reverseLink, shapeStart, shapeCount } = city.network.links
  const asked = new Set(links)
  const drawn = links.filter(
    (link) => link < shapeStart.length && !(asked.has(reverseLink[link]) && reverseLink[link] < link),
  )
  const { xM, yM } = city.network.shape
  return drawn.map((link, i) => ({
    kind: 'path',
    points: Array.from({ length: shapeCount[link] }, (_, at) => {
      const row = shapeStart[link] + at
      return lngLatFromLocal(city.projection, [xM[row], yM[row]])
    }),
    // one mark is enough for a street of many links
    mark: i === 0 ? mark : '',
  }))
}

/** The cable of a tie whose other feeder is said, from the end that lies nearest to it; else a mark where the feeder ends. */
function tieOf(city: City, feeder: number, to: number | undefined): SketchShape[] {
  const mark = sayDraw('mark.tie')
  const { grid, projection } = city
  if (grid === undefined) return []
  const isParent = new Set(grid.buses.parentBus)
  const ends = busesOf(grid, feeder).filter((bus) => !isParent.has(bus))
  if (to === undefined) return pointOf(city, grid.buses, ends.at(-1), mark)
  let best = { end: -1, other: -1, distanceM: Infinity }
  for (const end of ends)
    for (const other of busesOf(grid, to)) {
      const distanceM = metresBetween(grid, end, other)
      if (distanceM < best.distanceM) best = { end, other, distanceM }
    }
  if (best.end < 0) return []
  const at = (bus: number) => lngLatFromLocal(projection, [grid.buses.xM[bus], grid.buses.yM[bus]])
  return [{ kind: 'path', points: [at(best.end), at(best.other)], mark }]
}

function busesOf({ feeders }: PowerGrid, feeder: number): number[] {
  if (feeder >= feeders.firstBus.length) return []
  return Array.from({ length: feeders.busCount[feeder] }, (_, at) => feeders.firstBus[feeder] + at)
}
