/** A town that is dropped on the page: the same bytes as the command's, each refusal with its reason, and no broken file that does harm. */
import { strToU8, unzipSync, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { makeTown, townSteps, type TownStep } from '../../../../client/source/town/makeTown.ts'
import { TownFault, type TownFaultFacts } from '../../../../client/source/town/townFault.ts'
import { townLimits } from '../../../../client/source/town/townLimits.ts'
import { makeCity } from '../../../../data/recipes/makeCity.ts'
import { readOsmPbf } from '../../../../data/recipes/osmPbf.ts'
import { readColumnsFile } from '../../../../twin/kernel/columnsFile.ts'
import { timetableSchema } from '../../../../twin/transit/timetable.ts'
import { gunzipSync } from 'fflate'
import { osmPbfBytes } from '../../../fixtures/osmBytes.ts'
import { at } from '../../../fixtures/osmMap.ts'
import { brokenBytes } from '../../../fixtures/outsideBytes.ts'
import { townFeedBytes, townMapBytes } from '../../../fixtures/townBytes.ts'

const map = townMapBytes(5)
const feed = townFeedBytes(5)
const quiet = () => undefined
const make = (bytes: Uint8Array, feedBytes?: Uint8Array, progress: Parameters<typeof makeTown>[1] = quiet) =>
  makeTown(
    {
      map: { name: 'my town.osm.pbf', bytes },
      feed: feedBytes && { name: 'buses.zip', bytes: feedBytes },
    },
    progress,
  )

/** Why no town could be made; throws on anything else that went wrong. */
function faultOf(bytes: Uint8Array, feedBytes?: Uint8Array): TownFaultFacts | undefined {
  try {
    make(bytes, feedBytes)
    return undefined
  } catch (error) {
    if (!(error instanceof TownFault)) throw error
    return error.facts
  }
}

/** A street to and fro, `lines` times over `sideM` metres. */
function meander(lines: number, sideM: number): Uint8Array {
  const stepM = sideM / lines
  const nodes = Array.from({ length: 2 * lines }, (_, i) => {
    const line = Math.floor(i / 2)
    const isRight = i % 2 === line % 2
    const [lng, lat] = at([isRight ? 0 : sideM, line * stepM])
    return { id: i + 1, lng, lat }
  })
  const refs = nodes.map(({ id }) => id)
  return osmPbfBytes({ nodes, ways: [{ id: 1, refs, tags: { highway: 'residential' } }] })
}

describe('a town', () => {
  it('has the same bytes as the city that the command makes of the file', () => {
    const town = make(map)
    const city = makeCity({ id: 'my-town', extract: readOsmPbf(map), facts: {} }, quiet)
    expect([...town.files.keys()]).toEqual([...city.files.keys()])
    for (const [name, bytes] of city.files) expect(town.files.get(name), name).toEqual(bytes)
  })

  it('runs the buses of the timetable that came with it', () => {
    const town = make(map, feed)
    const { trips, routes } = readColumnsFile(
      timetableSchema,
      gunzipSync(town.files.get('transit.bin.gz')!),
    ).tables
    expect(trips.pattern.length).toBe(30)
    expect(routes.shortName).toEqual(['1'])
  })

  it('tells each step that it takes, in order, and never goes back', () => {
    const told: (readonly [TownStep, number])[] = []
    make(map, feed, (step, share) => told.push([step, share]))
    const steps = [...new Set(told.map(([step]) => step))]
    // keeping it is the worker's
    expect(steps).toEqual(townSteps.filter((step) => step !== 'keep'))
    const shares = told.map(([, share]) => share)
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
    expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true)
  })
})

describe('what cannot be a town is refused with the reason', () => {
  it.each<[string, Uint8Array, Uint8Array | undefined, Partial<TownFaultFacts>]>([
    ['an empty file', new Uint8Array(0), undefined, { kind: 'empty' }],
    ['another format', strToU8('<osm version="0.6"/>'), undefined, { kind: 'notMap' }],
    ['a file cut short', map.slice(0, map.length >> 1), undefined, { kind: 'broken' }],
    [
      'a map without streets',
      osmPbfBytes({
        nodes: [
          { id: 1, lng: 10, lat: 50, tags: { amenity: 'bench' } },
          { id: 2, lng: 10.1, lat: 50.1 },
        ],
        ways: [],
      }),
      undefined,
      { kind: 'noStreets' },
    ],
    [
      'a region',
      meander(3, 90_000),
      undefined,
      { kind: 'tooWide', values: expect.objectContaining({ most: 2500 }) },
    ],
    ['more streets than a browser bears', meander(180, 20_000), undefined, { kind: 'tooManyStreets' }],
    ['a feed that is no zip', map, strToU8('not a zip'), { kind: 'feedBroken' }],
    ['a zip that is no feed', map, zipSync({ 'photo.txt': strToU8('x') }), { kind: 'feedBroken' }],
    ['a feed of elsewhere', map, townFeedBytes(6, 90_000), { kind: 'feedElsewhere' }],
  ])('%s', (_, bytes, feedBytes, facts) => {
    expect(faultOf(bytes, feedBytes)).toMatchObject(facts)
  })

  it('a zip that says it unpacks to more than a browser bears, without unpacking it', () => {
    const files = unzipSync(feed)
    const zip = zipSync({ ...files, 'shapes.txt': new Uint8Array(1e6) })
    // the size in the zip's own list of files
    const name = strToU8('shapes.txt')
    const view = new DataView(zip.buffer, zip.byteOffset)
    const starts = [...zip.keys()].filter((i) => name.every((byte, j) => zip[i + j] === byte))
    const entry = starts.at(-1)! - 46
    view.setUint32(entry + 24, townLimits.feedContentBytes + 1, true)
    expect(faultOf(map, zip)).toMatchObject({ kind: 'feedTooLarge' })
  })

  it('what is too large is told the command that cuts a part out that fits', () => {
    const { command } = faultOf(meander(180, 20_000))!
    const match =
      /^osmium extract --set-bounds --bbox ([-\d.,]+) 'my town\.osm\.pbf' -o town\.osm\.pbf$/.exec(
        command ?? '',
      )
    const [west, south, east, north] = match![1].split(',').map(Number)
    expect(west).toBeLessThan(east)
    expect(south).toBeLessThan(north)
    // a part of the 20 km that were too many
    expect((north - south) * 111.2).toBeLessThan(18)
  })
})

describe('broken files end in a town or in a reason', () => {
  // of what is not packed no checksum tells that it is broken: most are made a town
  it.each([
    [400, true],
    [16, false],
  ])('%i maps (packed: %s)', (count, isPacked) => {
    const kinds = [...brokenBytes(townMapBytes(3, isPacked), count)].map((bytes) => faultOf(bytes)?.kind)
    expect(kinds.filter((kind) => kind === 'failed')).toEqual([])
    expect(kinds).toContain('broken')
  })

  it('40 timetables', () => {
    const small = townMapBytes(3)
    const kinds = [...brokenBytes(townFeedBytes(3), 40)].map((bytes) => faultOf(small, bytes)?.kind)
    const feedKinds = [undefined, 'feedBroken', 'feedElsewhere', 'feedTooLarge']
    expect(kinds.filter((kind) => !feedKinds.includes(kind))).toEqual([])
  })
})
