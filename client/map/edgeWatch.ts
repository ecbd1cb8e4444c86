/**
 * No name is cut by the edge of a map that rests, or covered by what stands over it: unseen letters stand along the edges of both, for
 * which the basemap's own lettering makes room. While the map moves they are away: they lie in the city, and would move into the picture.
 */
import type { Feature } from 'geojson'
import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl'
import { collectionOf, EDGES } from './edgeStyle.ts'

/** So long it has rested, milliseconds: a move that is told step by step is one. */
const REST_MS = 150
/** Between two of them, pixels at a scale of 1: down the sides less than a line of letters is high. */
const STEP_PX = { across: 24, down: 9 } as const

export interface Guarded {
  readonly textScale: number
  /** Of many screens a name goes on beyond the edge. */
  readonly isEdged: boolean
}

/** Keeps them there; call once, of a map whose style has `edgeLayer`. Gives what says that something else stands over the map. */
export function guardEdges(map: MapLibreMap, { textScale, isEdged }: Guarded): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let laidFor: string | undefined
  const camera = () => {
    const { lng, lat } = map.getCenter()
    return [lng, lat, map.getZoom(), map.getBearing(), map.getPitch()].join()
  }
  // a map that only becomes larger has not moved
  const clear = () => {
    if (laidFor === undefined || laidFor === camera()) return
    laidFor = undefined
    map.getSource<GeoJSONSource>(EDGES)?.setData(collectionOf([]))
  }
  const lay = () => {
    const features = [...(isEdged ? [map.getContainer()] : []), ...over(map)]
      .flatMap((box) => along(box, map, textScale))
      .map(([x, y]): Feature => {
        const { lng, lat } = map.unproject([x, y])
        return { type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [lng, lat] } }
      })
    map.getSource<GeoJSONSource>(EDGES)?.setData(collectionOf(features))
    laidFor = camera()
  }
  const layAtRest = () => {
    clearTimeout(timer)
    timer = setTimeout(lay, REST_MS)
  }
  map.on('move', clear)
  map.on('moveend', layAtRest)
  map.on('resize', layAtRest)
  // a style that is set anew begins with empty sources
  map.on('styledata', layAtRest)
  map.once('remove', () => clearTimeout(timer))
  return layAtRest
}

const OVER = '.maplibregl-ctrl-attrib, .map-tools, .wall-qr, .foremost-labels > canvas'

/** What stands over a map on ground of its own. */
function over(map: MapLibreMap): Element[] {
  const place = map.getContainer().closest('.map-place')
  const all = place?.querySelectorAll<HTMLElement>(OVER) ?? []
  return [...all].filter(({ style }) => style.visibility !== 'hidden')
}

/** The edges of `box`, pixels of the map. */
function along(box: Element, map: MapLibreMap, textScale: number): [x: number, y: number][] {
  const from = map.getContainer().getBoundingClientRect()
  const { left, top, width, height } = box.getBoundingClientRect()
  return edgePoints(width, height, textScale).map(([x, y]) => [left - from.left + x, top - from.top + y])
}

/** Pixels from the left and top, all around. */
export function edgePoints(width: number, height: number, scale: number): [x: number, y: number][] {
  const along = (length: number, step: number) =>
    Array.from({ length: Math.ceil(length / step) + 1 }, (_, i) => Math.min(length, i * step))
  return [
    ...along(width, STEP_PX.across * scale).flatMap((x): [number, number][] => [
      [x, 0],
      [x, height],
    ]),
    ...along(height, STEP_PX.down * scale).flatMap((y): [number, number][] => [
      [0, y],
      [width, y],
    ]),
  ]
}
