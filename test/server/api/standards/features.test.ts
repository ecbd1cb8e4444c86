/**
 * OGC API Features: the abstract tests of core that can fail here (17-069r4, annex A), pages and boxes against the whole, values
 * against the tables of the twin, and a client of other people's making that reads it unchanged.
 */
import { OgcApiEndpoint } from '@camptocamp/ogc-client'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import {
  itemsQuery,
  QueryError,
  touches,
  type BBox,
} from '../../../../server/api/standards/features/query.ts'
import { Deviations } from '../../../../server/feeds/deviations.ts'
import { decodeFeedMessage } from '../../../../server/feeds/formats/gtfsRealtime/decode.ts'
import { linkTable } from '../../../../twin/traffic/tables.ts'
import { serveTown, type ServedTown } from '../../fixtures/servedTown.ts'

interface Link {
  readonly href: string
  readonly rel: string
  readonly type: string
}
interface Feature {
  readonly id: number
  readonly geometry: { readonly type: string; readonly coordinates: readonly (number | readonly number[])[] }
  readonly properties: Readonly<Record<string, unknown>>
  readonly links?: readonly Link[]
}
interface Page {
  readonly features: readonly Feature[]
  readonly links: readonly Link[]
  readonly numberMatched: number
  readonly numberReturned: number
  readonly timeStamp: string
}

let town: ServedTown
let root: string
beforeAll(async () => {
  // at its slowest, so that all is of one frame
  town = await serveTown(0.1, {}, undefined, true)
  root = `${town.address}/ogc`
}, 120_000)
afterAll(() => town?.close())

async function get<T>(url: string): Promise<T> {
  const answer = await fetch(url)
  expect([url, answer.status]).toEqual([url, 200])
  return (await answer.json()) as T
}

async function collections(): Promise<string[]> {
  const { collections: all } = await get<{ collections: { id: string }[] }>(`${root}/collections`)
  return all.map(({ id }) => id)
}

const itemsOf = (id: string, query = 'limit=10000') => get<Page>(`${root}/collections/${id}/items?${query}`)
const hrefOf = (links: readonly Link[], rel: string) => links.find((each) => each.rel === rel)?.href

describe('the addresses', () => {
  it('are found from the landing page by their relations', async () => {
    const { links } = await get<{ links: Link[] }>(root)
    expect(links.map(({ rel }) => rel).sort()).toEqual(['conformance', 'data', 'self', 'service-desc'])
    for (const { href, type } of links) {
      const answer = await fetch(href)
      expect([answer.status, answer.headers.get('content-type')?.split(';')[0]]).toEqual([
        200,
        type.split(';')[0],
      ])
    }
  })

  it('say what they conform to', async () => {
    const { conformsTo } = await get<{ conformsTo: string[] }>(`${root}/conformance`)
    expect(conformsTo).toContain('http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core')
  })

  it('are those of the definition, and no others', async () => {
    const { paths, openapi } = await get<{ openapi: string; paths: Record<string, unknown> }>(`${root}/api`)
    expect(openapi).toBe('3.0.3')
    const [id] = await collections()
    for (const path of Object.keys(paths)) {
      const url = `${root}${path.replace('{collectionId}', id).replace('{featureId}', '0')}`
      expect([url, (await fetch(url)).status]).toEqual([url, 200])
    }
  })

  it('refuse a parameter that is unknown, or has no meaning', async () => {
    const [id] = await collections()
    const items = `${root}/collections/${id}/items`
    const plain = [root, `${root}/api`, `${root}/conformance`, `${root}/collections`, `${items}/0`]
    const asked = [
      ...plain.flatMap((url) => [`${url}?limit=3`, `${url}?f=xml`]),
      `${items}?colour=red`,
      `${items}?limit=0`,
      `${items}?limit=some`,
      `${items}?limit=1&limit=2`,
      `${items}?bbox=1,2,3`,
      `${items}?bbox=1,5,3,2`,
      `${items}?bbox=a,b,c,d`,
      `${items}?datetime=yesterday`,
      `${items}?datetime=../..`,
      `${items}?datetime=2026-11-28T10:00:00Z/2026-11-28T09:00:00Z`,
    ]
    for (const url of asked) {
      const answer = await fetch(url)
      expect([url, answer.status]).toEqual([url, 400])
      expect(await answer.json()).toMatchObject({ code: 'InvalidParameterValue' })
    }
  })

  it('have nothing of what there is not', async () => {
    for (const path of [
      '/collections/ghosts',
      '/collections/ghosts/items',
      '/collections/streets/items/9999999',
    ])
      expect([path, (await fetch(`${root}${path}`)).status]).toEqual([path, 404])
  })
})

describe('the features', () => {
  it('come page by page, each once, in the order of the whole', async () => {
    for (const id of await collections()) {
      const whole = await itemsOf(id)
      expect(whole.numberReturned).toBe(whole.features.length)
      const ids: number[] = []
      let next: string | undefined = `${root}/collections/${id}/items?limit=7`
      while (next !== undefined && ids.length < 50) {
        const page: Page = await get<Page>(next)
        expect(page.numberMatched).toBe(whole.numberMatched)
        expect(page.features.length).toBeLessThanOrEqual(7)
        ids.push(...page.features.map((feature) => feature.id))
        next = hrefOf(page.links, 'next')
      }
      expect(ids).toEqual(whole.features.slice(0, ids.length).map((feature) => feature.id))
      if (next === undefined) expect(ids.length).toBe(whole.numberMatched)
    }
  })

  it('within a box are those of the whole that it touches', async () => {
    const { features } = await itemsOf('streets')
    const boxes = features.map(({ geometry }) => boxOf(geometry.coordinates as readonly number[][]))
    const asked = boxes[boxes.length >> 1]
    const { features: found } = await itemsOf('streets', `limit=10000&bbox=${asked.join(',')}`)
    const due = features.filter((_, i) => touches(asked, boxes[i])).map(({ id }) => id)
    expect(found.map(({ id }) => id)).toEqual(due)
    expect(found.length).toBeGreaterThan(0)
    expect(found.length).toBeLessThan(features.length)
    expect((await itemsOf('streets', 'bbox=-120,10,-119,11')).numberMatched).toBe(0)
  })

  it('are as of the frame: of that time all, of another none', async () => {
    const { numberMatched, timeStamp } = await itemsOf('streets')
    expect(numberMatched).toBeGreaterThan(0)
    const of = async (datetime: string) => (await itemsOf('streets', `datetime=${datetime}`)).numberMatched
    expect(await of(`${timeStamp}/..`)).toBe(numberMatched)
    expect(await of('../2000-01-01T00:00:00Z')).toBe(0)
  })

  it('have the values of the tables, and say that they are simulated and by whose word', async () => {
    const { served } = town
    const { network } = await served.cityReady
    const { live } = served.context
    // of one frame: asked again when another came meanwhile
    let page = await itemsOf('streets')
    for (let tick = -1; tick !== live.tick; page = await itemsOf('streets')) tick = live.tick
    const { speedMps, vehicles } = live.table(linkTable).columns
    expect(page.features).toHaveLength(network.links.lanes.length)
    for (const { id, properties } of page.features) {
      expect(properties).toMatchObject({
        lanes: network.links.lanes[id],
        vehicles: vehicles[id],
        kind: 'simulated',
        quality: 'good',
        sources: 'model network zones',
      })
      expect(properties['speedMps']).toBeCloseTo(speedMps[id], 3)
    }
  })

  it('are the same one by one', async () => {
    const { features } = await itemsOf('signals')
    const { links, ...one } = await get<Feature>(`${root}/collections/signals/items/${features[0].id}`)
    expect({ ...one.geometry }).toEqual(features[0].geometry)
    expect(hrefOf(links ?? [], 'collection')).toBe(`${root}/collections/signals`)
  })

  it('may be read by pages of elsewhere', async () => {
    expect((await fetch(`${root}/collections`)).headers.get('access-control-allow-origin')).toBe('*')
  })
})

it('is read by a client of other people’s making', async () => {
  // it reads addresses against the page it is on
  vi.stubGlobal('location', new URL(root))
  const endpoint = new OgcApiEndpoint(root)
  expect((await endpoint.info).title).toMatch(/^Citytwin/)
  expect(await endpoint.featureCollections).toEqual(await collections())
  const items = await endpoint.getCollectionItems('streets', 5)
  expect(items).toEqual((await itemsOf('streets', 'limit=5')).features)
  vi.unstubAllGlobals()
})

describe('a query', () => {
  it('is a query or a refusal in words, whatever is written', () => {
    const names = fc.constantFrom('bbox', 'datetime', 'limit', 'offset', 'f')
    const texts = fc.oneof(fc.string(), fc.stringMatching(/^[\d.,:/TZ+-]{0,40}$/), fc.constant('json'))
    fc.assert(
      fc.property(fc.dictionary(names, texts), (query) => {
        try {
          const { fromMs, untilMs, limit, offset, bbox } = itemsQuery(query)
          expect(fromMs).toBeLessThanOrEqual(untilMs)
          expect(limit).toBeGreaterThan(0)
          expect(offset).toBeGreaterThanOrEqual(0)
          if (bbox !== undefined) expect(bbox.every(Number.isFinite)).toBe(true)
        } catch (error) {
          expect(error).toBeInstanceOf(QueryError)
        }
      }),
    )
  })

  it('reads a box over the 180th meridian as the two sides of it', () => {
    const pacific: BBox = [170, -10, -170, 10]
    expect(touches(pacific, [175, 0, 176, 1])).toBe(true)
    expect(touches(pacific, [-176, 0, -175, 1])).toBe(true)
    expect(touches(pacific, [0, 0, 1, 1])).toBe(false)
  })
})

function boxOf(course: readonly (readonly number[])[]): BBox {
  const lng = course.map((at) => at[0])
  const lat = course.map((at) => at[1])
  return [Math.min(...lng), Math.min(...lat), Math.max(...lng), Math.max(...lat)]
}

it('serves the trip updates of its buses under /sim/ alone, and says what a city has not', async () => {
  const answer = await fetch(`${town.address}/sim/gtfs-rt/trip-updates.pb`)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/x-protobuf'])
  const { header } = decodeFeedMessage(new Uint8Array(await answer.arrayBuffer()), new Deviations())
  expect(header).toMatchObject({ version: '2.0', incrementality: 'FULL_DATASET' })
  expect((await fetch(`${town.address}/gtfs-rt/trip-updates.pb`)).status).toBe(404)
  // the town of tests was not made with the command that writes it
  expect((await fetch(`${town.address}/sim/gtfs.zip`)).status).toBe(404)
})
