/** What is reported near a place: all that is open and nothing else, nearest first. */
import { expect, test } from 'vitest'
import { openReportsNear } from '../../../client/shell/nearby.ts'
import { Mirror } from '../../../client/state/mirror.ts'
import { lngLatFromLocal } from '../../../twin/geo/projection.ts'
import { FrameEncoder } from '../../../twin/protocol/frame.ts'
import { requestStatuses, requestTable } from '../../../twin/reports/tables.ts'
import { createTwin } from '../../../twin/twin.ts'
import { smallCity } from '../../fixtures/smallCity.ts'

const NEAR_M = 500
const city = smallCity()
const twin = createTwin(city, { seed: 5, startMs: Date.parse('2026-03-04T11:00:00Z'), utcOffsetS: -10_800 })
twin.advance(60)
const mirror = new Mirror()
mirror.apply(new FrameEncoder(twin.tables).delta(twin.clock.tick), 0)
const { columns, rows } = mirror.table(requestTable)
const open = requestStatuses.indexOf('open')
const fixed = requestStatuses.indexOf('fixed')

test('open reports within 500 m stand nearest first, closed and far ones not at all', () => {
  expect(rows).toBeGreaterThan(4)
  columns.status.fill(0)
  const placed = [
    { eastM: 300, status: open },
    { eastM: 20, status: open },
    { eastM: 10, status: fixed },
    { eastM: NEAR_M + 1, status: open },
  ]
  placed.forEach(({ eastM, status }, row) => {
    columns.xM[row] = eastM
    columns.yM[row] = 0
    columns.status[row] = status
  })
  const found = openReportsNear(city, mirror, lngLatFromLocal(city.projection, [0, 0]))
  expect(found.map(({ row }) => row)).toEqual([1, 0])
  expect(found.map(({ distanceM }) => Math.round(distanceM))).toEqual([20, 300])
})
