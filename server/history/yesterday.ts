/** The simulated yesterday of a city laid under today: the same clock time, a day earlier, with today's times. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import {
  readYesterday,
  YESTERDAY_EVERY_S,
  YESTERDAY_STEPS,
  yesterdayOf,
  type Yesterday,
} from '../../twin/yesterday.ts'
import type { Series } from './tableRing.ts'

const STEP_MS = YESTERDAY_EVERY_S * 1000

/** A city without stored days gives undefined. */
export async function loadYesterday(cityFolder: string): Promise<Yesterday | undefined> {
  const path = join(cityFolder, 'yesterday.bin.gz')
  return existsSync(path) ? readYesterday(await promisify(gunzip)(await readFile(path))) : undefined
}

/**
 * One row between two moments of today, a step more at either end, so that a line drawn through it spans them. A value is the
 * mean of its step and stands at the step's middle. Undefined when the day has not this row.
 */
export function yesterdaySeries(
  day: Yesterday,
  table: string,
  row: number,
  fromMs: number,
  toMs: number,
  utcOffsetS: number,
): Series | undefined {
  const columns = yesterdayOf(day, table, row)
  if (columns === undefined) return undefined
  const localMs = utcOffsetS * 1000
  const first = Math.floor((fromMs + localMs) / STEP_MS - 0.5)
  const last = Math.ceil((toMs + localMs) / STEP_MS - 0.5)
  const steps = Array.from({ length: last - first + 1 }, (_, i) => first + i)
  return {
    timesMs: steps.map((step) => (step + 0.5) * STEP_MS - localMs),
    values: Object.fromEntries(
      Object.entries(columns).map(([name, column]) => [
        name,
        steps.map((step) => Number(column[step % YESTERDAY_STEPS].toPrecision(6))),
      ]),
    ),
  }
}
