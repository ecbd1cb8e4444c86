/** Fetches a city's files in a worker, unpacked. */
import type { CityDatasets, CityInfo } from '../../twin/city.ts'
import type { Services } from '../../twin/reports/services.ts'

const GZIP_MAGIC = [0x1f, 0x8b]

/** What a twin is made from, by the addresses that `/api/city` gives. Throws with the address that does not answer. */
export async function fetchDatasets(
  info: CityInfo,
  urls: Readonly<Record<string, string>>,
): Promise<CityDatasets> {
  const get = async (name: string): Promise<Uint8Array | undefined> => {
    return urls[name] === undefined ? undefined : fetchBytes(urls[name])
  }
  const due = async (name: string): Promise<Uint8Array> => {
    const bytes = await get(name)
    if (bytes === undefined) throw new Error(`city: the city has no ${name}`)
    return bytes
  }
  const reports = await get('reports')
  return {
    info,
    network: await due('network'),
    zones: await due('zones'),
    grid: await get('grid'),
    weather: await get('weather'),
    transit: await get('transit'),
    // a city's own file; its shape is vouched for by the recipe that wrote it
    reports: reports && (JSON.parse(new TextDecoder().decode(reports)) as Services),
  }
}

export async function fetchBytes(url: string): Promise<Uint8Array> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`city: ${url} answers ${response.status}`)
  return unpacked(new Uint8Array(await response.arrayBuffer()))
}

/** A plain file host gives `.gz` files as they are; the server's doors have had them unpacked on the way. */
async function unpacked(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  if (bytes[0] !== GZIP_MAGIC[0] || bytes[1] !== GZIP_MAGIC[1]) return bytes
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}
