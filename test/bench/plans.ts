/**
 * How far vehicles are drawn from where the model has them (`twin/traffic/lanePlaces.ts`): Montevideo from 17:30 to 18:30, each
 * vehicle each second. `published` is the plan as sent; `drawn` is what a page shows that takes each frame in as it comes, a
 * second behind it, which is the oldest news a page draws by. Metres along the road.
 */
import { loneSpeedsMps } from '../../client/state/drivingSpeed.ts'
import { PlanBook } from '../../client/state/planBook.ts'
import { Mirror } from '../../client/state/mirror.ts'
import { citiesFolder, openCity, readDatasets } from '../../server/loop/cityFolder.ts'
import { utcOffsetS } from '../../server/loop/cityTime.ts'
import { warmTwin } from '../../server/loop/makeTwin.ts'
import { parseCity } from '../../twin/city.ts'
import { TICKS_PER_S } from '../../twin/kernel/clock.ts'
import { FrameEncoder } from '../../twin/protocol/frame.ts'
import { placeLane } from '../../twin/traffic/lanePlaces.ts'
import { planPositionM } from '../../twin/traffic/planPosition.ts'
import { NO_LINK } from '../../twin/traffic/tables.ts'
import type { Traffic } from '../../twin/traffic/traffic.ts'
import { vehicleTable } from '../../twin/traffic/tables.ts'

const CITY = 'montevideo'
const SECONDS = 3600
// Any Monday will do; 17:30 in Montevideo.
const START_MS = Date.parse('2026-11-23T20:30:00Z')
const LIMIT_M = 8
/** The page draws so far behind the newest frame when the next one comes, and when it is drawn out. */
const SHOWN_TICKS = 1.5 * TICKS_PER_S
const DRAWN_TICKS = TICKS_PER_S

export async function bench(log: (line: string) => void, seconds = SECONDS): Promise<void> {
  const folder = await openCity(citiesFolder, CITY)
  const city = parseCity(await readDatasets(folder))
  const twin = await warmTwin(city, folder.folder, {
    seed: city.info.seed,
    startMs: START_MS,
    utcOffsetS: utcOffsetS(city.info.timeZone, START_MS),
  })
  const { lengthM } = city.network.links
  const encoder = new FrameEncoder(twin.tables)
  const mirror = new Mirror()
  const plans = new PlanBook(city.network, loneSpeedsMps(city))
  const published = new Histogram()
  const drawn = new Histogram()
  let elsewhere = 0
  let changes = 0
  mirror.apply(encoder.delta(twin.clock.tick), 0)
  plans.takeAll(mirror, twin.clock.tick)
  let before = placesOf(twin.traffic, twin.clock.tick)
  for (let s = 0; s < seconds; s++) {
    twin.step()
    const { tick } = twin.clock
    mirror.apply(encoder.delta(tick), 0)
    plans.update(mirror, tick - SHOWN_TICKS)
    changes += mirror.changedRows(vehicleTable).length
    for (let row = 0; row < before.link.length; row++) {
      const link = before.link[row]
      if (link === NO_LINK) continue
      const at = plans.drawn(row, tick - DRAWN_TICKS)
      if (at === undefined) elsewhere++
      else if (at.link === link) drawn.add(at.alongM - before.alongM[row])
      else if (city.network.links.toNode[at.link] === city.network.links.fromNode[link])
        drawn.add(at.alongM - lengthM[at.link] - before.alongM[row])
      else elsewhere++
    }
    before = placesOf(twin.traffic, tick)
    const { entryTick, exitTick, stopM } = twin.traffic.vehicles.columns
    const { mPerTick } = twin.traffic.world.roads
    for (let row = 0; row < before.link.length; row++) {
      const link = before.link[row]
      if (link === NO_LINK) continue
      const planM = planPositionM(
        tick,
        entryTick[row],
        exitTick[row],
        stopM[row],
        lengthM[link],
        mPerTick[link],
      )
      published.add(planM - before.alongM[row])
    }
  }
  const say = (facts: object) => log(JSON.stringify({ bench: 'plans', ...facts }))
  say({ what: 'published', ...published.facts() })
  say({ what: 'drawn', ...drawn.facts(), elsewhere })
  say({ what: 'plans changed', perS: Math.round(changes / seconds) })
}

/** By row: link and metres where the model has each vehicle; NO_LINK for rows without one. */
function placesOf({ world }: Traffic, tick: number): { link: Uint32Array; alongM: Float32Array } {
  const { state, roads, tables } = world
  const link = new Uint32Array(tables.vehicles.rows).fill(NO_LINK)
  const alongM = new Float32Array(tables.vehicles.rows)
  const placeM = new Float64Array(roads.storage.reduce((most, storage) => Math.max(most, storage), 0))
  for (let lane = 0; lane < roads.laneCount; lane++) {
    const count = placeLane(world, lane, tick, placeM)
    for (let k = 0; k < count; k++) {
      const storage = roads.storage[roads.laneLink[lane]]
      const row = state.ringVehicle[roads.ringStart[lane] + ((state.laneOut[lane] + k) % storage)]
      link[row] = roads.laneLink[lane]
      alongM[row] = placeM[k]
    }
  }
  return { link, alongM }
}

/** Of signed metres: counts in tenths of a metre. */
class Histogram {
  private readonly tenths = new Float64Array(1 << 16)
  private count = 0
  private over = 0
  private ahead = 0
  private most = 0

  add(m: number): void {
    const offM = Math.abs(m)
    this.tenths[Math.min(this.tenths.length - 1, Math.round(offM * 10))]++
    this.count++
    if (offM > LIMIT_M) this.over++
    if (m > LIMIT_M) this.ahead++
    if (offM > this.most) this.most = offM
  }

  facts(): object {
    return {
      p50M: this.quantile(0.5),
      p90M: this.quantile(0.9),
      p99M: this.quantile(0.99),
      maxM: Number(this.most.toFixed(1)),
      shareOver8m: Number((this.over / this.count).toFixed(5)),
      shareAhead: Number((this.ahead / this.count).toFixed(5)),
      samples: this.count,
    }
  }

  private quantile(share: number): number {
    let left = this.count * share
    let at = 0
    while ((left -= this.tenths[at]) > 0) at++
    return at / 10
  }
}
