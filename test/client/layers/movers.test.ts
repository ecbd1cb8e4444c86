/** What is drawn of a minute of the real city: nobody jumps, nobody stands in another, everybody keeps to a lane. */
import { beforeAll, describe, expect, it } from 'vitest'
import { drawnPositions, type DrawnVehicle } from '../../../client/layers/drawnPositions.ts'
import { kerbOffsetM, LANE_WIDTH_M } from '../../../client/layers/lanes.ts'
import { localFromLngLat } from '../../../twin/geo/projection.ts'
import { TICKS_PER_S } from '../../../twin/kernel/clock.ts'
import type { RoadNetwork } from '../../../twin/traffic/network.ts'
import { JAM_SPACING_M } from '../../../twin/traffic/roads.ts'
import { driveMinute, type DrivenMinute } from '../../fixtures/drivenMinute.ts'

const WATCHED = 1000
const MOMENTS_PER_S = 5

let minute: DrivenMinute
const steps: number[] = []
const gapsM: number[] = []
let farthestM = 0
let seen = 0

beforeAll(async () => {
  minute = await driveMinute()
  const { city } = minute
  const last = new Map<number, DrawnVehicle>()
  for (const { plans, drawTick } of minute.seconds()) {
    for (let moment = 0; moment < MOMENTS_PER_S; moment++) {
      const tick = drawTick + (moment * TICKS_PER_S) / MOMENTS_PER_S
      const drawn = drawnPositions(city, plans, tick, 1e6)
      gapsM.push(...standingGaps(drawn, last))
      for (const vehicle of drawn) {
        if (vehicle.row >= WATCHED) continue
        seen++
        const before = last.get(vehicle.row)
        if (before?.link === vehicle.link) {
          const mayM = (vehicle.freeSpeedMps * (tick - before.tick)) / TICKS_PER_S
          steps.push((vehicle.alongM - before.alongM) / mayM)
        }
        const [x, y] = localFromLngLat(city.projection, vehicle.at)
        farthestM = Math.max(farthestM, offLaneM(city.network, vehicle, x, y))
      }
      for (const vehicle of drawn) last.set(vehicle.row, vehicle)
    }
  }
}, 120_000)

/** Metres from the middle of the vehicle's lane, as lines that run beside the pieces of its link's course. */
function offLaneM(network: RoadNetwork, { link, lane }: DrawnVehicle, x: number, y: number): number {
  const { links, shape } = network
  const rightM = kerbOffsetM(network, link) - (Math.min(lane, links.lanes[link] - 1) + 0.5) * LANE_WIDTH_M
  const first = links.shapeStart[link]
  let best = Infinity
  for (let i = first; i < first + links.shapeCount[link] - 1; i++) {
    const eastM = shape.xM[i + 1] - shape.xM[i]
    const northM = shape.yM[i + 1] - shape.yM[i]
    const m = Math.hypot(eastM, northM)
    if (m === 0) continue
    const along = Math.min(m, Math.max(0, ((x - shape.xM[i]) * eastM + (y - shape.yM[i]) * northM) / m))
    const laneX = shape.xM[i] + (eastM * along + northM * rightM) / m
    const laneY = shape.yM[i] + (northM * along - eastM * rightM) / m
    best = Math.min(best, Math.hypot(x - laneX, y - laneY))
  }
  return best
}

/** Metres between each two that stand one behind the other in a lane. */
function standingGaps(drawn: readonly DrawnVehicle[], last: ReadonlyMap<number, DrawnVehicle>): number[] {
  const lanes = new Map<string, number[]>()
  for (const { row, link, lane, alongM } of drawn) {
    const before = last.get(row)
    if (before?.link !== link || alongM - before.alongM > 0.02) continue
    const key = `${link} ${lane}`
    const list = lanes.get(key)
    if (list === undefined) lanes.set(key, [alongM])
    else list.push(alongM)
  }
  return [...lanes.values()].flatMap((places) => {
    places.sort((a, b) => a - b)
    return places.slice(1).map((m, i) => m - places[i])
  })
}

describe('a minute of vehicles', () => {
  it('is of a city full of them', () => {
    expect(seen).toBeGreaterThan(WATCHED * 50 * MOMENTS_PER_S * 0.5)
    expect(gapsM.length).toBeGreaterThan(10_000)
  })

  it('moves none back, and none faster than the free speed', () => {
    steps.sort((a, b) => a - b)
    expect(steps[0]).toBeGreaterThan(-0.01)
    expect(steps[steps.length - 1]).toBeLessThan(1.001)
  })

  // plans may be `STANDING_LIMIT_M` off, and who is drawn ahead of a new plan is not pushed back
  it('keeps those that stand in a queue apart: one in twenty at most is nearer than five metres', () => {
    gapsM.sort((a, b) => a - b)
    expect(gapsM[Math.floor(gapsM.length / 20)]).toBeGreaterThan(5)
    expect(gapsM[gapsM.length >> 1]).toBeGreaterThan(JAM_SPACING_M)
  })

  it('keeps all on the lines of their lanes', () => {
    expect(farthestM).toBeLessThan(0.1)
  })
})
