/** Every city in data/cities/: it parses, fits together, says where each file came from, and names no mapper. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { CityInfo } from '../twin/city.ts'
import { makeProjection } from '../twin/geo/projection.ts'
import { makeSearch } from '../twin/geo/search.ts'
import { searchSchema } from '../twin/geo/searchTables.ts'
import { readColumnsFile, type FileSchema } from '../twin/kernel/columnsFile.ts'
import { buildingsSchema, gridSchema, NO_TRANSFORMER } from '../twin/power/grid.ts'
import { weatherSchema } from '../twin/power/weather.ts'
import { networkSchema } from '../twin/traffic/network.ts'
import { zonesSchema } from '../twin/traffic/zones.ts'
import { timetableSchema } from '../twin/transit/timetable.ts'

const root = fileURLToPath(new URL('../data/cities/', import.meta.url))
const cities = readdirSync(root).filter((name) => existsSync(join(root, name, 'city.json')))

/** What a committed city may weigh, megabytes. */
const MOST_MB: Readonly<Record<string, number>> = { montevideo: 25, astana: 8 }
const DEFAULT_MOST_MB = 25

it('two cities are committed', () => {
  expect(cities).toEqual(expect.arrayContaining(['astana', 'montevideo']))
})

describe.each(cities)('%s', (name) => {
  const folder = join(root, name)
  const files = readdirSync(folder)
  const info = JSON.parse(readFileSync(join(folder, 'city.json'), 'utf8')) as CityInfo
  const read = <S extends FileSchema>(schema: S, file: string) =>
    readColumnsFile(schema, gunzipSync(readFileSync(join(folder, file)))).tables
  const network = read(networkSchema, 'network.bin.gz')

  it('weighs no more than agreed', () => {
    const bytes = files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0)
    expect(bytes / 1e6).toBeLessThanOrEqual(MOST_MB[name] ?? DEFAULT_MOST_MB)
  })

  it('says of every file what it is, whether it is real, its source, date and licence', () => {
    expect(info.files.map((source) => source.file).sort()).toEqual([...files].sort())
    for (const source of info.files) {
      expect(source.kind).toMatch(/^(real|synthesised|simulated)$/)
      for (const key of ['source', 'licence'] as const)
        expect(source[key], `${source.file} ${key}`).toBeTruthy()
      for (const language of ['en', 'es'] as const) {
        expect(source.what[language], `${source.file} what`).toBeTruthy()
        if (source.kind !== 'real') expect(source.how?.[language], `${source.file} how`).toBeTruthy()
      }
      if (source.source === 'OpenStreetMap') expect(source.date).toMatch(/^20\d\d-[01]\d$/)
    }
    expect(info.attribution).toMatch(/OpenStreetMap contributors/)
  })

  it('has a centre within its bounds and a time zone that clocks know', () => {
    const [west, south, east, north] = info.bounds
    expect(info.center[0]).toBeGreaterThan(west)
    expect(info.center[0]).toBeLessThan(east)
    expect(info.center[1]).toBeGreaterThan(south)
    expect(info.center[1]).toBeLessThan(north)
    expect(() => new Intl.DateTimeFormat('en', { timeZone: info.timeZone })).not.toThrow()
  })

  it('has links that join nodes it has, each reachable from each', () => {
    const { links, nodes } = network
    expect(Math.max(...links.fromNode, ...links.toNode)).toBeLessThan(nodes.xM.length)
    expect(Math.max(...links.signal)).toBeLessThan(network.signals.xM.length)
    expect(reachedFrom(0, nodes.xM.length, links.fromNode, links.toNode)).toBe(nodes.xM.length)
    expect(reachedFrom(0, nodes.xM.length, links.toNode, links.fromNode)).toBe(nodes.xM.length)
  })

  it('has residents and jobs in zones that its nodes lie in', () => {
    const { zones, nodes } = read(zonesSchema, 'zones.bin.gz')
    expect(nodes.zone.length).toBe(network.nodes.xM.length)
    expect(nodes.zone.every((zone) => zone < zones.xM.length)).toBe(true)
    expect(zones.residents.reduce((sum, value) => sum + value, 0)).toBeGreaterThan(1000)
  })

  it('has buildings, each supplied by a transformer there is', () => {
    const { buildings } = read(buildingsSchema, 'buildings.bin.gz')
    const { transformers, signals } = read(gridSchema, 'grid.bin.gz')
    expect(buildings.xM.length).toBeGreaterThan(1000)
    expect(
      buildings.transformer.every((row) => row !== NO_TRANSFORMER && row < transformers.bus.length),
    ).toBe(true)
    expect(signals.transformer.length).toBe(network.signals.xM.length)
  })

  it('has bus patterns whose links follow one another', () => {
    const { patterns, patternLinks, trips } = read(timetableSchema, 'transit.bin.gz')
    expect(trips.pattern.length).toBeGreaterThan(0)
    for (let row = 0; row < patterns.route.length; row++) {
      for (let i = patterns.firstLink[row] + 1; i < patterns.firstLink[row] + patterns.linkCount[row]; i++) {
        expect(network.links.fromNode[patternLinks.link[i]]).toBe(
          network.links.toNode[patternLinks.link[i - 1]],
        )
      }
    }
  })

  it('has a year of weather and report categories', () => {
    expect(read(weatherSchema, 'weather.bin.gz').hours.temperatureC.length).toBe(8760)
    expect(JSON.parse(readFileSync(join(folder, 'reports.json'), 'utf8'))).toHaveProperty(
      'services.0.serviceCode',
    )
  })

  it('finds its own name and its longest street', () => {
    const search = makeSearch(read(searchSchema, 'search.bin.gz'), makeProjection(info.center))
    const street =
      network.names.text[
        network.links.name[network.links.lengthM.indexOf(Math.max(...network.links.lengthM))]
      ]
    if (street !== '') expect(search(street, 20).map((hit) => hit.name)).toContain(street)
    expect(search(network.names.text[1], 5).length).toBeGreaterThan(0)
  })

  it('names no mapper and no changeset in any file', () => {
    for (const file of files) {
      const bytes = readFileSync(join(folder, file))
      const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1')
      expect(text.match(/@user|@uid|@changeset|changeset"/), file).toBeNull()
    }
  })
})

function reachedFrom(start: number, nodeCount: number, from: Uint32Array, to: Uint32Array): number {
  const next: number[][] = Array.from({ length: nodeCount }, () => [])
  from.forEach((node, link) => next[node].push(to[link]))
  const seen = new Uint8Array(nodeCount)
  const stack = [start]
  let count = 0
  seen[start] = 1
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    count++
    for (const other of next[node]) {
      if (seen[other] === 0) {
        seen[other] = 1
        stack.push(other)
      }
    }
  }
  return count
}
