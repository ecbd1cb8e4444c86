/**
 * `npm run warm -- <city> …`: runs normal days of a city and keeps what a start in the middle of a day needs: `warm.bin.gz`, the
 * half-hour states, and `yesterday.bin.gz`, what the charts compare today with.
 */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { jsonBytes } from '../../data/recipes/makeCity.ts'
import { withFiles } from '../../data/recipes/provenance.ts'
import { parseCity } from '../../twin/city.ts'
import { runNormalDays } from '../../twin/normalDays.ts'
import { writeWarm } from '../../twin/warmFile.ts'
import { writeYesterday } from '../../twin/yesterday.ts'
import { citiesFolder, listCities, openCity, readDatasets } from '../loop/cityFolder.ts'
import { utcOffsetS } from '../loop/cityTime.ts'

const known = listCities(citiesFolder)
const wanted = process.argv.slice(2)
const unknown = wanted.filter((id) => !known.includes(id))
if (wanted.length === 0 || unknown.length > 0) {
  console.error(`warm: got ${unknown.join(', ') || 'no city'}, expected some of: ${known.join(', ')}`)
  process.exit(1)
}

for (const id of wanted) {
  const folder = await openCity(citiesFolder, id)
  const city = parseCity(await readDatasets(folder))
  const offsetS = utcOffsetS(city.info.timeZone, Date.now())
  const startedMs = performance.now()
  const { warm, yesterday } = runNormalDays(city, offsetS, (line) => console.log(`${id}: ${line}`))
  for (const [file, bytes] of [
    ['warm.bin.gz', writeWarm(warm)],
    ['yesterday.bin.gz', writeYesterday(yesterday)],
  ] as const) {
    const packed = gzipSync(bytes, { level: 9 })
    await writeFile(join(folder.folder, file), packed)
    console.log(`${id}: ${file}, ${(packed.length / 1e6).toFixed(2)} MB`)
  }
  const info = withFiles(folder.info, ['warm.bin.gz', 'yesterday.bin.gz'])
  await writeFile(join(folder.folder, 'city.json'), jsonBytes(info))
  console.log(`${id}: done in ${((performance.now() - startedMs) / 1000).toFixed(0)} s`)
}
