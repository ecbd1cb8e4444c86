/** Drawing an area corner by corner, a district as an area, and what of edits is marked on the map. */
import * as fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import {
  areaKinds,
  editOfArea,
  editOfPlace,
  placeKinds,
} from '../../../../../client/faces/plan/draw/drawnEdits.ts'
import {
  areaKm2,
  districtArea,
  isWhole,
  shapeOf,
  withCorner,
  withoutLastCorner,
  type Drawing,
} from '../../../../../client/faces/plan/draw/drawing.ts'
import { shapesOfEdits } from '../../../../../client/faces/plan/draw/editShapes.ts'
import { lngLatFromLocal } from '../../../../../twin/geo/projection.ts'
import { isInRing, ringFromLngLats } from '../../../../../twin/geo/polygon.ts'
import { editSchema, resolveEdits } from '../../../../../twin/scenario/edits.ts'
import { editLists } from '../../../../fixtures/scenarioEdits.ts'
import { smallCity } from '../../../../fixtures/smallCity.ts'

const city = smallCity()
const nothing: Drawing = { what: 'area', corners: [] }
const corners = fc.uniqueArray(
  fc
    .tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 }))
    .map(([a, b]) => [a / 1000, b / 1000] as const),
  { maxLength: 8, selector: ([a, b]) => `${a} ${b}` },
)

describe('an area', () => {
  test('has the corners that were set, and taking each back leaves none', () => {
    fc.assert(
      fc.property(corners, (list) => {
        const drawn = list.reduce(withCorner, nothing)
        expect(drawn.corners).toEqual(list)
        expect(isWhole(drawn)).toBe(list.length >= 3)
        expect(shapeOf(drawn)).toHaveLength(Math.min(1, list.length))
        expect(list.reduce(withoutLastCorner, drawn)).toEqual(nothing)
      }),
    )
  })

  test('has no corner twice in a row, and a place has one', () => {
    const drawn = withCorner(withCorner(nothing, [1, 2]), [1, 2])
    expect(drawn.corners).toEqual([[1, 2]])
    const place = withCorner(withCorner({ what: 'place', corners: [] }, [1, 2]), [3, 4])
    expect(place.corners).toEqual([[3, 4]])
    expect(isWhole(place)).toBe(true)
  })

  test('of a district holds all of its crossings', () => {
    for (let zone = 0; zone < city.zones.zones.xM.length; zone++) {
      const area = districtArea(city, zone)!
      const ring = ringFromLngLats(city.projection, area)
      const { xM, yM } = city.network.nodes
      city.zones.nodes.zone.forEach((of, node) => {
        if (of === zone) expect(isInRing(ring, xM[node], yM[node])).toBe(true)
      })
      expect(areaKm2({ what: 'area', corners: area }, city)).toBeGreaterThan(0.05)
    }
  })

  test.each(areaKinds)('becomes an edit %s that the city can be given', (kind) => {
    const edit = { ...editOfArea(kind, districtArea(city, 4)!), id: 'e1' }
    expect(v.is(editSchema, edit)).toBe(true)
    expect(resolveEdits([edit as never], city).refused).toEqual([])
  })

  test.each(placeKinds)('and a place an edit %s', (kind) => {
    const edit = { ...editOfPlace(kind, city.info.center), id: 'e1' }
    expect(v.is(editSchema, edit)).toBe(true)
    expect(resolveEdits([edit as never], city).refused).toEqual([])
  })
})

describe('the marks of edits', () => {
  test('of any edits lie at real places, and those that are off have none', () => {
    fc.assert(
      fc.property(editLists(city, 60), (edits) => {
        for (const { points } of shapesOfEdits(edits, city))
          expect(points.flat().every(Number.isFinite)).toBe(true)
        const off = edits.map((edit) => ({ ...edit, isOff: true as const }))
        expect(shapesOfEdits(off, city)).toEqual([])
      }),
    )
  })

  test('a line whose buses are held has a mark where they wait, and a city without lines none', () => {
    const hold = {
      kind: 'holdBuses',
      id: 'h',
      route: 0,
      headwayShare: 0.8,
      mostS: 120,
      everyStops: 2,
    } as const
    const shapes = shapesOfEdits([hold], city)
    const { xM, yM } = city.timetable!.stops
    expect(shapes.map(({ points }) => points)).toEqual(
      [0, 3].map((stop) => [lngLatFromLocal(city.projection, [xM[stop], yM[stop]])]),
    )
    expect(shapesOfEdits([hold], { ...city, timetable: undefined })).toEqual([])
  })

  test('of a street closed in both directions is drawn once', () => {
    const reverse = city.network.links.reverseLink[4]
    const shapes = shapesOfEdits([{ kind: 'closeStreet', id: 'a', links: [4, reverse] }], city)
    expect(shapes.map(({ kind, mark }) => [kind, mark])).toEqual([['path', '×']])
  })
})
