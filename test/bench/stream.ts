/** Bytes a second that one viewer of the whole city is sent at the evening peak, against the same tables as JSON each second. */
import { citiesFolder, openCity, readDatasets } from '../../server/loop/cityFolder.ts'
import { utcOffsetS } from '../../server/loop/cityTime.ts'
import { Framer } from '../../server/loop/framer.ts'
import { warmTwin } from '../../server/loop/makeTwin.ts'
import { parseCity } from '../../twin/city.ts'
import type { Table } from '../../twin/kernel/table.ts'

const CITY = 'montevideo'
const SECONDS = 60
// A city without stored life begins empty: it is run until its streets are full.
const FEWEST_VEHICLES = 2000
const FILL_S = 2400
// Any Monday will do; 18:00 in Montevideo.
const PEAK_MS = Date.parse('2026-11-23T21:00:00Z')

export async function bench(log: (line: string) => void): Promise<void> {
  const folder = await openCity(citiesFolder, CITY)
  const city = parseCity(await readDatasets(folder))
  const offsetS = utcOffsetS(city.info.timeZone, PEAK_MS)
  const twin = await warmTwin(city, folder.folder, {
    seed: city.info.seed,
    startMs: PEAK_MS,
    utcOffsetS: offsetS,
  })
  const vehicles = () => twin.traffic.links.columns.vehicles.reduce((sum, count) => sum + count, 0)
  if (vehicles() < FEWEST_VEHICLES) twin.advance(FILL_S)
  const framer = new Framer(twin.tables)
  const keyframeBytes = framer.next(twin.clock.tick).bytes.byteLength
  let bytes = 0
  let jsonBytes = 0
  let encodeMs = 0
  for (let second = 0; second < SECONDS; second++) {
    twin.step()
    const fromMs = performance.now()
    bytes += framer.next(twin.clock.tick).bytes.byteLength
    encodeMs += performance.now() - fromMs
    jsonBytes += Buffer.byteLength(JSON.stringify(twin.tables.map(rowsOf)))
  }
  log(
    JSON.stringify({
      bench: 'stream',
      city: CITY,
      vehicles: vehicles(),
      bytesPerS: Math.round(bytes / SECONDS),
      jsonBytesPerS: Math.round(jsonBytes / SECONDS),
      ratio: Number((jsonBytes / bytes).toFixed(1)),
      keyframeBytes,
      encodeMsPerFrame: Number((encodeMs / SECONDS).toFixed(2)),
    }),
  )
}

/** A table as an API without columns would give it: one object a row. */
function rowsOf(table: Table): object[] {
  const names = Object.keys(table.columns)
  return Array.from({ length: table.rows }, (_, row) =>
    Object.fromEntries(names.map((name) => [name, rounded(table, name, row)])),
  )
}

/** No more digits than the stream carries, so that JSON is not blamed for noise. */
function rounded(table: Table, name: string, row: number): number {
  const { quantum } = table.spec.columns[name]
  if (quantum === 0) return Number(table.columns[name][row].toPrecision(7))
  return Number((Math.round(table.columns[name][row] / quantum) * quantum).toPrecision(7))
}
