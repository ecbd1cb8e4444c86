/** Fetches the city's files from the server, telling how far it is, and parses them. */
import { parseCity, type City, type CityInfo } from '../../twin/city.ts'
import type { Services } from '../../twin/reports/services.ts'
import { addressOf } from '../source/address.ts'

/** What a server answers that is not up yet, and after how long it is asked again. */
const STARTING = 202
const AGAIN_MS = 1000
/** Weather stays with the server: the page draws none of it. */
const drawn = ['network', 'zones', 'grid', 'transit', 'reports'] as const

type Fetched = ReadonlyMap<string, Uint8Array>

interface DatasetPlace {
  readonly url: string
  /** On the wire. */
  readonly bytes: number
}

/** What GET /api/city answers. */
export interface CityIndex extends CityInfo {
  readonly datasets: Readonly<Record<string, DatasetPlace>>
}

/** Where a page finds its city. */
export interface CityFiles {
  /** The city's own description; small, for the first words. */
  info(): Promise<CityInfo>
  /** Sends for what `city` will need. */
  ahead(): void
  /** The static world of the city, without what the page does not draw. */
  city(progress: (doing: string, share: number) => void): Promise<City>
  /** A tile of the basemap, unpacked and empty where there is none; undefined where the server's door has them. */
  readonly tile?: (z: number, x: number, y: number) => Promise<ArrayBuffer>
}

/** The server's; `base` where it is not the page's own. */
export function serverFiles(base = ''): CityFiles {
  const index = checked(`${base}/api/city`).then(async (response) => (await response.json()) as CityIndex)
  let tell: ((doing: string, share: number) => void) | undefined
  let files: Promise<Fetched> | undefined
  const fetched = (isAhead: boolean) =>
    (files ??= index.then((found) =>
      fetchFiles(found, (doing, share) => tell?.(doing, share), base, isAhead),
    ))
  return {
    info: () => index,
    ahead() {
      fetched(true).catch(() => {
        // `city` asks again, or has been told
        files = undefined
      })
    },
    async city(progress) {
      tell = progress
      const found = await fetched(false)
      files = undefined
      return cityOf(await index, found)
    },
  }
}

/** The city's files by name, ungzipped. One at a time they leave the line's other turns to what else is fetched. */
export async function fetchFiles(
  { datasets }: CityIndex,
  progress: (doing: string, share: number) => void,
  base = '',
  isOneAtATime = false,
): Promise<Fetched> {
  const wanted = drawn.filter((name) => datasets[name])
  const total = wanted.reduce((sum, name) => sum + datasets[name].bytes, 0)
  let done = 0
  progress('streets', 0)
  const files = new Map<string, Uint8Array>()
  const get = async (name: string) => {
    const response = await checked(base + datasets[name].url)
    files.set(name, new Uint8Array(await response.arrayBuffer()))
    done += datasets[name].bytes
    progress(name, total > 0 ? done / total : 1)
  }
  if (!isOneAtATime) await Promise.all(wanted.map(get))
  else for (const name of wanted) await get(name)
  return files
}

/** The static world of the city. */
export function cityOf(index: CityIndex, files: Fetched): City {
  const { datasets: _, ...info } = index
  const reports = files.get('reports')
  return parseCity({
    info,
    network: fileOf(files, 'network'),
    zones: fileOf(files, 'zones'),
    grid: files.get('grid'),
    transit: files.get('transit'),
    // the file's shape is vouched for by the server
    reports: reports && (JSON.parse(new TextDecoder().decode(reports)) as Services),
  })
}

function fileOf(files: Fetched, name: string): Uint8Array {
  const file = files.get(name)
  if (file === undefined) throw new Error(`the city has no ${name}`)
  return file
}

async function checked(url: string): Promise<Response> {
  const response = await fetch(addressOf(url))
  if (response.status === STARTING) {
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
    return checked(url)
  }
  if (!response.ok) throw new Error(`${url}: the server answered ${response.status}`)
  return response
}
