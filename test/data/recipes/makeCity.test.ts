/** A whole city from a small map: all files, each accounted for, the same bytes every time, a map that shows what was drawn. */
import { gunzipSync } from 'fflate'
import { PMTiles } from 'pmtiles'
import { describe, expect, it } from 'vitest'
import { makeCity } from '../../../data/recipes/makeCity.ts'
import { tilesOver } from '../../../data/recipes/mercator.ts'
import { readVectorTile } from '../../../data/recipes/vectorTile.ts'
import { readColumnsFile } from '../../../twin/kernel/columnsFile.ts'
import { buildingsSchema, gridSchema, NO_TRANSFORMER } from '../../../twin/power/grid.ts'
import { gridStreets, osmMap } from '../../fixtures/osmMap.ts'

const house = (x: number, y: number) =>
  [{ building: 'apartments', 'building:levels': '3' }, [[x, y], [x + 20, y], [x + 20, y + 15], [x, y + 15], [x, y]]] as const // prettier-ignore
const extract = osmMap(
  [
    ...gridStreets(5, 200),
    ...[15, 60, 110, 260, 420, 640].flatMap((x) => [house(x, 20), house(x, 240), house(x, 450)]),
    [{ leisure: 'park', name: 'Parque' }, [[420, 420], [580, 420], [580, 580], [420, 580], [420, 420]]], // prettier-ignore
    [{ natural: 'coastline' }, [[-1000, -100], [1000, -100]]], // prettier-ignore
  ],
  [
    [{ place: 'city', name: 'Testville', population: '5000' }, [400, 400]],
    [{ amenity: 'school', name: 'School' }, [65, 25]],
  ],
)
const order = { id: 'testville', extract, facts: { population: 5000, populationSource: 'a test' } }
const city = makeCity(order, () => undefined)
const packed = (name: string) => gunzipSync(city.files.get(name)!)

describe('a made city', () => {
  it('holds the files a twin needs, and says of each where it came from', () => {
    for (const name of [
      'network.bin.gz',
      'zones.bin.gz',
      'grid.bin.gz',
      'buildings.bin.gz',
      'weather.bin.gz',
      'reports.json',
      'search.bin.gz',
      'basemap.pmtiles',
      'city.json',
    ]) {
      // prettier-ignore
      expect(city.files.has(name), name).toBe(true)
    }
    expect(city.info.files.map((source) => source.file).sort()).toEqual([...city.files.keys()].sort())
    for (const source of city.info.files)
      expect(source).toMatchObject({
        licence: 'ODbL 1.0',
        ...(source.source === 'OpenStreetMap' && { date: '2020-02' }),
      })
  })

  it('says what was assumed for want of facts', () => {
    const told = city.info.files.find((source) => source.file === 'city.json')
    expect(told).toMatchObject({ kind: 'synthesised' })
    expect(told?.how?.en).toMatch(/timeZone/)
    expect(told?.how?.en).not.toMatch(/population[^S]/)
  })

  it('is the same to the byte when made again', () => {
    const again = makeCity(order, () => undefined)
    for (const [name, bytes] of city.files) expect(again.files.get(name), name).toEqual(bytes)
  })

  it('supplies every building from a transformer of its grid', () => {
    const { buildings } = readColumnsFile(buildingsSchema, packed('buildings.bin.gz')).tables
    const { transformers } = readColumnsFile(gridSchema, packed('grid.bin.gz')).tables
    expect(buildings.xM.length).toBe(18)
    for (const transformer of buildings.transformer) {
      expect(transformer).not.toBe(NO_TRANSFORMER)
      expect(transformer).toBeLessThan(transformers.bus.length)
    }
  })

  it('is drawn: sea, park, streets, houses with their height, the name of the place', async () => {
    const bytes = city.files.get('basemap.pmtiles')!
    const archive = new PMTiles({
      getKey: () => 'town',
      getBytes: (offset: number, length: number) =>
        Promise.resolve({ data: bytes.slice(offset, offset + length).buffer }),
    } as never)
    const seen: Record<string, Set<unknown>> = {}
    const { minX, minY, maxX, maxY } = tilesOver(15, extract.bounds)
    for (let x = minX; x <= maxX; x++) {
      for (let y = minY; y <= maxY; y++) {
        const tile = await archive.getZxy(15, x, y)
        for (const layer of readVectorTile(new Uint8Array(tile!.data))) {
          for (const { tags } of layer.features) (seen[layer.name] ??= new Set()).add(JSON.stringify(tags))
        }
      }
    }
    expect([...seen.earth]).toEqual(['{"kind":"earth"}'])
    expect([...seen.water]).toEqual(['{"kind":"ocean"}'])
    expect(seen.landuse).toEqual(new Set(['{"kind":"park"}', '{"kind":"park","name":"Parque"}']))
    expect([...seen.roads]).toContain('{"kind":"minor_road","kind_detail":"residential","name":"Street 1"}')
    expect([...seen.buildings]).toEqual(['{"kind":"building","height":9,"is_real":true}'])
    expect([...seen.places][0]).toMatch(/"kind":"locality","kind_detail":"city","name":"Testville"/)
    expect([...seen.pois][0]).toMatch(/"kind":"school"/)
  })

  it.each([
    [{ center: [0, 0] }, /center 0, 0 lies outside/],
    [{ timeZone: 'Mars/Olympus' }, /timeZone cannot be used/],
    [{ population: -1 }, /population cannot be used/],
    [{ climate: { source: 'x', meanMinC: [1], meanMaxC: [2], rainMmPerYear: 3 } }, /climate cannot be used/],
  ])('is refused with facts %o', (facts, message) => {
    expect(() => makeCity({ ...order, facts }, () => undefined)).toThrow(message)
  })

  it('is refused when the source is a region', () => {
    const region = { ...extract, bounds: [5, 40, 15, 55] as const }
    expect(() => makeCity({ ...order, extract: region }, () => undefined)).toThrow(/spans 10.0° by 15.0°/)
  })
})
