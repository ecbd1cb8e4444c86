/** How visitors set out for an event and drive home from it; who they are and where they are is in `visitors.ts`. */
import { timeMsAt, type Clock } from '../kernel/clock.ts'
import { randomBits, randomUnit } from '../kernel/random.ts'
import { seedNow } from '../kernel/variation.ts'
import type { Demand } from './demand.ts'
import { startTrip } from './entries.ts'
import { HABITUAL_VARIANTS, LIVE_VARIANT, originOf } from './routes.ts'
import { vehicleKinds } from './tables.ts'
import { parkedIn } from './visitors.ts'
import type { World } from './world.ts'

const CAR = vehicleKinds.indexOf('car')
/** What names their trips and draws their dice, apart from those of every day; coming and leaving. */
const COMING = 32_768
const LEAVING = 49_152

/** Starts the trips of visitors in the second that begins at `clock.tick`. */
export function departVisitors(world: World, demand: Demand, clock: Clock): void {
  const { visitorsComingPerH, visitorsLeavingPerH } = demand.knobs
  const { visitors } = world
  const unixS = Math.floor(timeMsAt(clock, clock.tick) / 1000)
  const seed = seedNow(demand.seed, demand.varying)
  for (let zone = 0; zone < demand.zoneCount; zone++) {
    const coming = countOf(visitorsComingPerH[zone], randomUnit(seed, unixS, zone, 8 * COMING))
    for (let i = COMING; i < COMING + coming; i++) {
      const from = homeOf(demand, zone, randomUnit(seed, unixS, zone, 8 * i + 1))
      const vehicle = drive(world, demand, from, zone, seed, unixS, i)
      if (vehicle < 0) continue
      visitors.isComing[vehicle] = 1
      visitors.counters[0]++
      world.tripWatch?.setOut(vehicle, unixS, from, i, zone)
    }
    if (visitorsLeavingPerH[zone] === 0) continue
    const wanted = countOf(visitorsLeavingPerH[zone], randomUnit(seed, unixS, zone, 8 * LEAVING))
    const leaving = Math.min(wanted, parkedIn(visitors, demand.knobs, zone))
    for (let i = LEAVING; i < LEAVING + leaving; i++) {
      const to = homeOf(demand, zone, randomUnit(seed, unixS, zone, 8 * i + 1))
      const vehicle = drive(world, demand, zone, to, seed, unixS, i)
      if (vehicle < 0) continue
      visitors.left[zone]++
      world.tripWatch?.setOut(vehicle, unixS, zone, i, to)
    }
  }
}

function countOf(perH: number, draw: number): number {
  return perH === 0 ? 0 : Math.floor(perH / 3600 + draw)
}

/** A zone to come from or to go to, by who lives there; never `zone` itself, from where one walks. −1 when nobody lives elsewhere. */
function homeOf({ homes, zoneCount }: Demand, zone: number, draw: number): number {
  let all = 0
  for (let each = 0; each < zoneCount; each++) if (each !== zone) all += homes[each]
  let left = draw * all
  let last = -1
  for (let each = 0; each < zoneCount; each++) {
    if (each === zone || homes[each] === 0) continue
    last = each
    left -= homes[each]
    if (left < 0) break
  }
  return last
}

function drive(
  world: World,
  demand: Demand,
  from: number,
  to: number,
  seed: number,
  unixS: number,
  index: number,
): number {
  if (from < 0 || to < 0) return -1
  const bits = randomBits(seed, unixS, from, 8 * index + 3)
  const node = originOf(world.routes, from, bits >>> 2)
  if (node < 0) return -1
  const isInformed = randomUnit(seed, unixS, from, 8 * index + 4) < demand.parameters.informedShare
  return startTrip(world, node, to, isInformed ? LIVE_VARIANT : (bits & 3) % HABITUAL_VARIANTS, CAR)
}
