/**
 * `npm run -s simulate -- --city montevideo --from 17:00 --to 19:00 [--date 2024-03-12] [--scenario FILE] [--seeds N] [--threads N]
 * [--out DIR]`: runs a city, with the edits of a scenario and without, and writes what happened as tables. Prints last one JSON
 * object: by measure the base, the edited, the difference and its 80 % interval over the seeds.
 */
import { availableParallelism } from 'node:os'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { parseCity, type City } from '../../twin/city.ts'
import { MODEL_VERSION, parseScenario, type Scenario } from '../../twin/scenario/document.ts'
import { buildCity } from '../../twin/scenario/build.ts'
import { resolveEdits } from '../../twin/scenario/edits.ts'
import { pairedDifference } from '../../twin/scenario/interval.ts'
import { outcomes } from '../../twin/scenario/outcome.ts'
import { wordsOfRefusal } from '../../twin/scenario/refusals.ts'
import type { RunTables } from '../../twin/scenario/runTables.ts'
import { citiesFolder, dataVersion, listCities, openCity, readDatasets } from '../loop/cityFolder.ts'
import { utcOffsetS } from '../loop/cityTime.ts'
import { runEnsemble, type Pair } from '../loop/ensemble/ensemble.ts'
import { RunThread } from '../loop/ensemble/runThread.ts'
import { writeTables } from './simulate/tableFiles.ts'

const MOST_SEEDS = 1000
// A Tuesday in autumn, of the days that the cities' normal life is made of.
const USUAL_DATE = '2024-03-12'

interface Asked {
  readonly cityId: string
  readonly date: string
  readonly from: string
  readonly horizonS: number
  readonly scenario: Scenario | undefined
  readonly seeds: number
  readonly threads: number
  readonly out: string | undefined
}

/** What to run; throws a sentence that says what came and what was due. */
async function readAsked(args: readonly string[]): Promise<Asked> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      city: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
      date: { type: 'string' },
      scenario: { type: 'string' },
      seeds: { type: 'string', default: '1' },
      threads: { type: 'string', default: String(availableParallelism()) },
      out: { type: 'string' },
    },
  })
  const scenario = values.scenario === undefined ? undefined : await readScenario(values.scenario)
  const begin = scenario?.base.from
  if (begin?.kind === 'moment')
    throw new Error(`${values.scenario} begins at a live moment, whose state only its server has`)
  const cityId = values.city ?? scenario?.base.city
  const known = listCities(citiesFolder)
  if (cityId === undefined || !known.includes(cityId))
    throw new Error(`--city is ${cityId ?? 'left out'}, expected one of ${known.join(', ')}`)
  const from = values.from ?? begin?.at
  if (from === undefined) throw new Error('--from is left out, expected a time as 17:00')
  const fromS = clockTime('--from', from)
  const toS = values.to === undefined ? fromS + (scenario?.horizonS ?? 3600) : clockTime('--to', values.to)
  const date = values.date ?? begin?.date ?? USUAL_DATE
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || Number.isNaN(Date.parse(date)))
    throw new Error(`--date is ${date}, expected a day as ${USUAL_DATE}`)
  return {
    cityId,
    date,
    from,
    // past midnight when it ends before it begins
    horizonS: toS > fromS ? toS - fromS : toS - fromS + 86_400,
    scenario,
    seeds: wholeNumber('--seeds', values.seeds, MOST_SEEDS),
    threads: wholeNumber('--threads', values.threads, 256),
    out: values.out,
  }
}

async function readScenario(file: string): Promise<Scenario> {
  const text = await readFile(file, 'utf8')
  try {
    return parseScenario(text)
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error })
  }
}

function clockTime(name: string, text: string): number {
  const match = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text)
  if (match === null) throw new Error(`${name} is ${text}, expected a time from 00:00 to 23:59`)
  return Number(match[1]) * 3600 + Number(match[2]) * 60
}

function wholeNumber(name: string, text: string, most: number): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1 && value <= most) return value
  throw new Error(`${name} is ${text}, expected a whole number from 1 to ${most}`)
}

/** The edits of a scenario as far as this city can be given them; says of the others why not. */
function checkEdits({ scenario }: Asked, city: City, version: string): void {
  if (scenario === undefined) return
  if (scenario.base.city !== city.info.id)
    throw new Error(`the scenario is of ${scenario.base.city}, expected ${city.info.id}`)
  if (scenario.base.data !== version)
    throw new Error(
      `the scenario is of the data ${scenario.base.data}, ${city.info.id} has ${version}: its rows may be others`,
    )
  if (scenario.base.model !== MODEL_VERSION)
    console.error(
      `simulate: the scenario is of model ${scenario.base.model}, this is ${MODEL_VERSION}: its numbers may be others`,
    )
  const built = buildCity(scenario.edits, city)
  for (const { edit, refused } of [...built.refused, ...resolveEdits(built.edits, built.city).refused])
    console.error(`simulate: edit ${edit.id} (${edit.kind}) is not made: ${wordsOfRefusal(refused)}`)
}

async function simulate(asked: Asked): Promise<object> {
  const { cityId, date, from, horizonS, scenario, seeds, out } = asked
  const startedMs = performance.now()
  const folder = await openCity(citiesFolder, cityId)
  const city = parseCity(await readDatasets(folder))
  checkEdits(asked, city, dataVersion(folder))
  const dayMs = Date.parse(`${date}T00:00:00Z`)
  const offsetS = utcOffsetS(city.info.timeZone, dayMs)
  const seed = scenario?.base.seed ?? city.info.seed
  const startMs = dayMs - offsetS * 1000 + clockTime('from', from) * 1000
  const facts = { seed, startMs, utcOffsetS: offsetS }
  const edits = scenario?.edits ?? []
  const runs = seeds * (edits.length > 0 ? 2 : 1)
  const threads = Array.from(
    { length: Math.min(asked.threads, runs) },
    () => new RunThread({ root: citiesFolder, cityId, facts, isHour: true, isLowPriority: false }),
  )
  const pairs: Pair[] = []
  const tell = progressLine(`${runs} runs of ${horizonS / 3600} h`)
  try {
    await runEnsemble(
      threads,
      { state: undefined, seed, edits, horizonS, members: seeds, wantsTables: out !== undefined },
      { pair: (pair) => pairs.push(pair), progress: tell },
    )
  } finally {
    await Promise.all(threads.map((thread) => thread.close()))
  }
  pairs.sort((a, b) => a.member - b.member)
  if (out !== undefined) {
    const tablesOf = (side: 'base' | 'edited') => pairs.map((pair) => pair[side].tables as RunTables)
    await writeTables(join(out, 'base'), tablesOf('base'))
    if (edits.length > 0) await writeTables(join(out, 'edited'), tablesOf('edited'))
  }
  return {
    city: cityId,
    date,
    from,
    horizonS,
    seeds,
    seconds: Math.round((performance.now() - startedMs) / 100) / 10,
    hash: hex(pairs[0].edited.hash),
    outcomes: outcomes.map(({ id, unit, grain }) => {
      const base = pairs.map((pair) => pair.base.outcome[id])
      if (edits.length === 0) return { id, unit, base: mean(base) }
      const edited = pairs.map((pair) => pair.edited.outcome[id])
      const { difference, interval, isClear } = pairedDifference(base, edited, grain)
      return {
        id,
        unit,
        base: mean(base),
        edited: mean(edited),
        difference,
        interval80: interval ?? null,
        isClear,
      }
    }),
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function hex(hash: number): string {
  return hash.toString(16).padStart(8, '0')
}

/** Says now and then how far it is. */
function progressLine(what: string): (share: number) => void {
  let saidAtMs = performance.now()
  return (share) => {
    if (performance.now() - saidAtMs < 2000) return
    saidAtMs = performance.now()
    console.error(`simulate: ${what}, ${(share * 100).toFixed(0)} % done`)
  }
}

try {
  console.log(JSON.stringify(await simulate(await readAsked(process.argv.slice(2)))))
} catch (error) {
  console.error(`simulate: ${(error as Error).message}`)
  process.exitCode = 1
}
