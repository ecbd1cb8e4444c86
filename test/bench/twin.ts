/**
 * How fast the whole twin runs on one core: Montevideo at 18:00 as calibrated, and with demand raised until 60,000 vehicles are
 * on the road at once. CPU seconds of this process, the median of three runs.
 */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { citiesFolder, openCity, readDatasets } from '../../server/loop/cityFolder.ts'
import { parseCity, type City } from '../../twin/city.ts'
import { createTwin, type Twin } from '../../twin/twin.ts'
import { createWarmTwin } from '../../twin/warm.ts'
import { readWarm, type WarmDay } from '../../twin/warmFile.ts'

const CITY = 'montevideo'
// 18:00 on Wednesday 1 May 2024, in a city whose clocks show UTC.
const START_MS = 1_714_586_400_000
const MEASURED_S = 600
const RUNS = 3
const CROWD = 60_000
// Demand is raised until the crowd is there, up to this factor.
const MOST_DEMAND = 8
const GROW_S = 300
const MOST_GROW_S = 3 * 3600

export async function bench(log: (line: string) => void): Promise<void> {
  const folder = await openCity(citiesFolder, CITY)
  const city = parseCity(await readDatasets(folder))
  const warmPath = join(folder.folder, 'warm.bin.gz')
  const warm = existsSync(warmPath) ? readWarm(gunzipSync(await readFile(warmPath))) : undefined
  const normal = atSix(city, warm, 1)
  const usual = normal.traffic.counts().inside
  measure(log, 'calibrated, 18:00', normal)
  measure(log, `${CROWD} vehicles at once`, crowded(city, warm, usual))
}

function atSix(city: City, warm: WarmDay | undefined, demandFactor: number): Twin {
  const options = { startMs: START_MS, utcOffsetS: 0, demandFactor }
  if (warm !== undefined) return createWarmTwin(city, warm, options)
  // without stored states: two hours from empty roads
  const twin = createTwin(city, { ...options, startMs: START_MS - 7_200_000 })
  twin.advance(7200)
  return twin
}

/** The city with demand raised until enough are on the road; `usual` are there at its own demand. */
function crowded(city: City, warm: WarmDay | undefined, usual: number): Twin {
  // full roads are slow, so that less than in proportion is enough
  for (let demandFactor = Math.max(1, (0.75 * CROWD) / usual); ; demandFactor *= 1.25) {
    const twin = atSix(city, warm, demandFactor)
    for (let s = 0; s < MOST_GROW_S; s += GROW_S) {
      if (twin.traffic.counts().inside >= CROWD) return twin
      twin.advance(GROW_S)
    }
    if (demandFactor > MOST_DEMAND)
      throw new Error(`bench: no ${CROWD} vehicles at ${demandFactor} times demand`)
  }
}

/** Runs the same stretch three times from the same state. */
function measure(log: (line: string) => void, name: string, twin: Twin): void {
  const state = twin.save()
  const { inside } = twin.traffic.counts()
  const seconds: number[] = []
  for (let run = 0; run < RUNS; run++) {
    twin.load(state)
    const before = process.cpuUsage()
    twin.advance(MEASURED_S)
    const { user, system } = process.cpuUsage(before)
    seconds.push((user + system) / 1e6)
  }
  const cpuS = seconds.toSorted((a, b) => a - b)[Math.floor(RUNS / 2)]
  log(
    JSON.stringify({
      bench: 'twin',
      case: name,
      vehicles: inside,
      vehiclesAfter: twin.traffic.counts().inside,
      timesRealTime: Math.round(MEASURED_S / cpuS),
      cpuS: Math.round(cpuS * 100) / 100,
      rssMB: Math.round(process.memoryUsage().rss / 1e6),
    }),
  )
}
