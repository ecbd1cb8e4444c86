/**
 * `npm run build:demo [-- <city>]`: a folder `demo/` that any web host serves as it is, under whatever path: the page with its
 * engine in a worker, the city's files and tiles, and a recorded quarter of an hour to go back to. No server is needed.
 */
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { PMTiles, type RangeResponse, type Source } from 'pmtiles'
import { build } from 'vite'
import { parseCity, type City } from '../../twin/city.ts'
import { publishedTables } from '../../twin/domains.ts'
import { timeMsAt } from '../../twin/kernel/clock.ts'
import { schemaHash } from '../../twin/protocol/frame.ts'
import { schemaText } from '../../twin/protocol/schemaText.ts'
import { writeMoment, writeRecording } from '../../twin/protocol/recording.ts'
import { citiesFolder, listCities, openCity, readDatasets, type CityFolder } from '../loop/cityFolder.ts'
import { momentAt, utcOffsetS } from '../loop/cityTime.ts'
import { baseOf } from '../loop/drill/twins.ts'
import { Framer } from '../loop/framer.ts'
import { warmTwin } from '../loop/makeTwin.ts'
import { rootFolder } from './pageStamp.ts'

// The recorded evening: when it begins, how long it is, and a substation that fails in it and comes back, seconds.
const BEGINS_S = 18 * 3600
const LASTS_S = 900
const FAILS_S = 240
const RETURNS_S = 600
const KEYFRAME_EVERY_S = 30
/** The style asks for no closer tiles. */
const MAX_ZOOM = 15

const known = listCities(citiesFolder)
const [cityId = known.includes('montevideo') ? 'montevideo' : known[0]] = process.argv.slice(2)
if (!known.includes(cityId)) {
  console.error(`build:demo: got ${cityId}, expected one of: ${known.join(', ')}`)
  process.exit(1)
}
const target = join(rootFolder, 'demo')
const folder = await openCity(citiesFolder, cityId)
const city = parseCity(await readDatasets(folder))
const offsetS = utcOffsetS(city.info.timeZone, Date.now())

async function buildDemo(): Promise<void> {
  await rm(target, { recursive: true, force: true })
  await buildPage()
  await layCity()
  console.log(`demo: ${await layTiles()} tiles`)
  console.log(`demo: a recording of ${(await layRecording(city, folder)) >> 20} MB`)
  await writeFile(join(target, 'demo.json'), JSON.stringify({ utcOffsetS: offsetS, drill: baseOf(folder) }))
  console.log('demo: done; put the folder demo/ on any web host')
}

async function buildPage(): Promise<void> {
  await build({
    configFile: join(rootFolder, 'vite.config.ts'),
    mode: 'demo',
    base: './',
    logLevel: 'warn',
    build: { outDir: target, chunkSizeWarningLimit: 5000 },
    plugins: [
      {
        name: 'no-server',
        // the first words of a page with a server
        transformIndexHtml: (html) => html.replace(/<link rel="preload" href="[^"]*api\/now"[^>]*>/, ''),
      },
    ],
  })
}

/** Under the names that the server's doors have, unpacked: not every host says how a file is packed. */
async function layCity(): Promise<void> {
  await mkdir(join(target, 'city'), { recursive: true })
  await mkdir(join(target, 'api'), { recursive: true })
  const datasets: Record<string, { url: string; bytes: number }> = {}
  for (const [name, { gzipped }] of folder.datasets) {
    const bytes = gunzipSync(gzipped)
    await writeFile(join(target, 'city', name), bytes)
    datasets[name] = { url: `/city/${name}`, bytes: bytes.length }
  }
  const warm = join(folder.folder, 'warm.bin.gz')
  await cp(warm, join(target, 'city/warm')).then(
    () => (datasets['warm'] = { url: '/city/warm', bytes: 0 }),
    // a city without stored life begins empty
    () => undefined,
  )
  await writeFile(join(target, 'api/city'), JSON.stringify({ ...folder.info, datasets }))
}

/** Every tile of the city's bounds, empty ones too, since a host without the file would answer 404. */
async function layTiles(): Promise<number> {
  const archive = new PMTiles(new MemorySource(await readFile(join(folder.folder, 'basemap.pmtiles'))))
  const [west, south, east, north] = folder.info.bounds
  let count = 0
  for (let z = 0; z <= MAX_ZOOM; z++) {
    const [left, top] = tileAt(west, north, z)
    const [right, bottom] = tileAt(east, south, z)
    // the view reaches a little beyond
    for (let x = Math.max(0, left - 1); x <= Math.min(2 ** z - 1, right + 1); x++) {
      await mkdir(join(target, `tiles/${z}/${x}`), { recursive: true })
      for (let y = Math.max(0, top - 1); y <= Math.min(2 ** z - 1, bottom + 1); y++) {
        const tile = await archive.getZxy(z, x, y)
        await writeFile(
          join(target, `tiles/${z}/${x}/${y}.mvt`),
          new Uint8Array(tile?.data ?? new ArrayBuffer(0)),
        )
        count++
      }
    }
  }
  return count
}

async function layRecording(made: City, { folder: path, info }: CityFolder): Promise<number> {
  const startMs = momentAt(BEGINS_S, Date.now() - 86_400_000, offsetS)
  const twin = await warmTwin(made, path, { seed: info.seed, startMs, utcOffsetS: offsetS })
  const framer = new Framer(twin.tables)
  const moments: Uint8Array[] = []
  const substation = made.grid === undefined ? undefined : Math.min(3, made.grid.substations.name.length - 1)
  for (let s = 0; s < LASTS_S; s++) {
    if (s > 0) twin.step()
    if (substation !== undefined && (s === FAILS_S || s === RETURNS_S))
      twin.command({ kind: 'setSubstationInService', substation, isInService: s === RETURNS_S })
    const cityMs = timeMsAt(twin.clock, twin.clock.tick)
    const delta = framer.next(twin.clock.tick)
    const key = s > 0 && s % KEYFRAME_EVERY_S === 0 ? framer.keyframe() : undefined
    for (const { isKeyframe, tick, bytes } of key === undefined ? [delta] : [delta, key])
      moments.push(
        writeMoment({ isKeyframe, run: 1, tick, cityMs, wallMs: cityMs, frame: new Uint8Array(bytes) }),
      )
  }
  const runs = [{ run: 1, startMs: twin.clock.startMs, utcOffsetS: offsetS }]
  const header = {
    cityId,
    schemaHash: schemaHash(publishedTables),
    schema: schemaText(publishedTables),
    epoch: 'demo',
    runs,
  }
  const file = writeRecording(header, moments)
  await writeFile(join(target, 'recording.citytwin'), file)
  return file.length
}

/** An archive that is read whole. */
class MemorySource implements Source {
  private readonly bytes: Buffer

  constructor(bytes: Buffer) {
    this.bytes = bytes
  }

  getKey(): string {
    return 'basemap'
  }

  async getBytes(offset: number, length: number): Promise<RangeResponse> {
    return { data: new Uint8Array(this.bytes.subarray(offset, offset + length)).buffer }
  }
}

/** Column and row of a place in the web's grid of tiles. */
function tileAt(lng: number, lat: number, zoom: number): [number, number] {
  const n = 2 ** zoom
  const sin = Math.sin((lat * Math.PI) / 180)
  const y = 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)
  return [Math.floor(((lng + 180) / 360) * n), Math.floor(y * n)]
}

await buildDemo()
