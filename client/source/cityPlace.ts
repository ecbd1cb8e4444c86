/** Where a worker finds the city that it runs: datasets at addresses, or a town that this browser keeps. */
import { parseCity, type City, type CityDatasets, type CityInfo } from '../../twin/city.ts'
import type { Services } from '../../twin/reports/services.ts'
import { readTownFile } from './town/townStore.ts'

export type CityPlace =
  /** `urls` by name of dataset, as `/api/city` gives them. */
  { readonly info: CityInfo; readonly urls: Readonly<Record<string, string>> } | { readonly town: string }

const GZIP_MAGIC = [0x1f, 0x8b]

/** The bytes of a dataset by its name, unpacked; undefined where the city has none. */
export type Reader = (name: string) => Promise<Uint8Array | undefined>

export function readerOf(place: CityPlace): Reader {
  if ('town' in place)
    return async (name) => {
      const file = name === 'reports' ? 'reports.json' : `${name}.bin.gz`
      const bytes = await readTownFile(place.town, file)
      return bytes && unpacked(bytes)
    }
  return async (name) => {
    const url = place.urls[name]
    return url === undefined ? undefined : fetchBytes(url)
  }
}

/** Throws when the town is not kept here. */
export async function infoOf(place: CityPlace): Promise<CityInfo> {
  return 'town' in place ? infoOfTown(place.town) : place.info
}

export async function infoOfTown(id: string): Promise<CityInfo> {
  const bytes = await readTownFile(id, 'city.json')
  if (bytes === undefined) throw new Error(`this browser keeps no town ${id}`)
  // a city's own file; its shape is vouched for by the recipe that wrote it
  return JSON.parse(new TextDecoder().decode(bytes)) as CityInfo
}

/** What `parseCity` takes. */
export async function readDatasets(info: CityInfo, read: Reader): Promise<CityDatasets> {
  const due = async (name: string): Promise<Uint8Array> => {
    const bytes = await read(name)
    if (bytes === undefined) throw new Error(`the city has no ${name}`)
    return bytes
  }
  const reports = await read('reports')
  return {
    info,
    network: await due('network'),
    zones: await due('zones'),
    grid: await read('grid'),
    weather: await read('weather'),
    transit: await read('transit'),
    reports: reports && (JSON.parse(new TextDecoder().decode(reports)) as Services),
  }
}

export async function readCity(place: CityPlace): Promise<City> {
  return parseCity(await readDatasets(await infoOf(place), readerOf(place)))
}

async function fetchBytes(url: string): Promise<Uint8Array> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url} answers ${response.status}`)
  return unpacked(new Uint8Array(await response.arrayBuffer()))
}

/** A plain file host gives `.gz` files as they are; the server's doors have had them unpacked on the way. */
async function unpacked(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  if (bytes[0] !== GZIP_MAGIC[0] || bytes[1] !== GZIP_MAGIC[1]) return bytes
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}
