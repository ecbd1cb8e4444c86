/** Fetches the city's datasets from the server and parses them, telling how far it is. */
import { parseCity, type City, type CityInfo } from '../../twin/city.ts'
import type { Services } from '../../twin/reports/services.ts'
import { addressOf } from '../source/address.ts'

/** What a server answers that is not up yet, and after how long it is asked again. */
const STARTING = 202
const AGAIN_MS = 1000

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
  /** The static world of the city, without what the page does not draw. */
  city(progress: (doing: string, share: number) => void): Promise<City>
  /** A tile of the basemap, unpacked and empty where there is none; undefined where the server's door has them. */
  readonly tile?: (z: number, x: number, y: number) => Promise<ArrayBuffer>
}

/** The server's; `base` where it is not the page's own. */
export function serverFiles(base = ''): CityFiles {
  const index = checked(`${base}/api/city`).then(async (response) => (await response.json()) as CityIndex)
  return { info: () => index, city: async (progress) => loadCity(await index, progress, base) }
}

/** The static world of the city. Weather stays with the server: the page draws none of it. */
export async function loadCity(
  index: CityIndex,
  progress: (doing: string, share: number) => void,
  base = '',
): Promise<City> {
  const { datasets } = index
  const wanted = ['network', 'zones', 'grid', 'transit', 'reports'].filter((name) => datasets[name])
  const total = wanted.reduce((sum, name) => sum + datasets[name].bytes, 0)
  let done = 0
  progress('streets', 0)
  const fetched = async (name: string): Promise<Response> => {
    const response = await checked(base + datasets[name].url)
    done += datasets[name].bytes
    progress(name, total > 0 ? done / total : 1)
    return response
  }
  const bytesOf = async (name: string) => new Uint8Array(await (await fetched(name)).arrayBuffer())
  const given = <T>(name: string, get: (name: string) => Promise<T>) =>
    datasets[name] === undefined ? undefined : get(name)
  const [network, zones, grid, transit, reports] = await Promise.all([
    bytesOf('network'),
    bytesOf('zones'),
    given('grid', bytesOf),
    given('transit', bytesOf),
    given('reports', async (name) => (await (await fetched(name)).json()) as Services),
  ])
  const { datasets: _, ...info } = index
  return parseCity({ info, network, zones, grid, transit, reports })
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
