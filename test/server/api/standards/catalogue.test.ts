/** The catalogue: every file, layer and feed is in it once, every address in it answers, and it holds by the shapes of DCAT-AP 3.0.1. */
import { readFileSync } from 'node:fs'
import jsonld from 'jsonld'
import { Parser, Store } from 'n3'
import ShaclValidator from 'rdf-validate-shacl'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { catalogueOf } from '../../../../server/api/standards/catalogue/catalogue.ts'
import { ofFeed, type Dataset } from '../../../../server/api/standards/catalogue/datasets.ts'
import type { CityInfo } from '../../../../twin/city.ts'
import { cases } from '../../../fixtures/cases.ts'
import { serveTown, type ServedTown } from '../../fixtures/servedTown.ts'

interface Entry {
  readonly 'dct:identifier': string
  readonly 'dct:title': readonly { readonly '@value': string; readonly '@language': string }[]
  readonly 'dcat:distribution': readonly { readonly 'dcat:accessURL': { readonly '@id': string } }[]
}
interface Catalogue {
  readonly 'dcat:dataset': readonly Entry[]
}

let town: ServedTown
beforeAll(async () => {
  town = await serveTown(10)
}, 120_000)
afterAll(() => town?.close())

const read = async () => (await (await fetch(`${town.address}/catalogue.jsonld`)).json()) as Catalogue

it('names every file of the city and every layer once, in the words they have', async () => {
  const info = (await (await fetch(`${town.address}/api/city`)).json()) as CityInfo
  const { 'dcat:dataset': datasets } = await read()
  const ids = datasets.map((one) => one['dct:identifier'])
  expect(new Set(ids).size).toBe(ids.length)
  for (const { file } of info.files) expect(ids).toContain(`file-${file.split('.')[0]}`)
  const { collections } = (await (await fetch(`${town.address}/ogc/collections`)).json()) as {
    collections: { id: string }[]
  }
  for (const { id } of collections) expect(ids).toContain(`live-${id}`)
  for (const one of datasets) expect(one['dct:title'][0]['@value']).not.toBe('')
})

it('gives addresses that answer', async () => {
  const { 'dcat:dataset': datasets } = await read()
  const urls = datasets.flatMap((one) => one['dcat:distribution'].map((way) => way['dcat:accessURL']['@id']))
  expect(urls.length).toBeGreaterThan(5)
  for (const url of urls) {
    const answer = await fetch(url)
    await answer.body?.cancel()
    // the small town keeps no timetable of its own as a file
    if (!url.endsWith('gtfs.zip')) expect([url, answer.status]).toEqual([url, 200])
  }
})

const feed = ofFeed({
  id: 'buses',
  title: 'Buses',
  format: 'gtfs-rt',
  owner: { name: 'Buses Ltd', role: 'private', contact: 'data@buses.example' },
  licence: 'CC BY 4.0',
  promise: { cadenceS: 10, freshnessS: 60 },
} as Parameters<typeof ofFeed>[0])

describe.skipIf(cases('schemas/dcat-ap') === undefined)('by the shapes of DCAT-AP', () => {
  const shapes = new Store(
    new Parser().parse(readFileSync(cases('schemas/dcat-ap/dcat-ap-SHACL.ttl') ?? '', 'utf8')),
  )
  const violations = async (document: object) => {
    const quads = (await jsonld.toRDF(document as never, { format: 'application/n-quads' })) as string
    const report = await new ShaclValidator(shapes).validate(new Store(new Parser().parse(quads)))
    return report.results.map(({ path, message }) => `${path?.value}: ${message.map(String).join()}`)
  }

  it('what is served holds', async () => {
    expect(await violations(await read())).toEqual([])
  })

  it('a feed of a private owner holds, and one without a title does not', async () => {
    const info = { name: 'Town', bounds: [0, 0, 1, 1], files: [] } as unknown as CityInfo
    const of = (dataset: Dataset) => catalogueOf(info, [dataset], 'http://localhost')
    expect(await violations(of(feed))).toEqual([])
    expect((await violations(of({ ...feed, title: {} as never }))).join()).toMatch(/title/)
  })
})
