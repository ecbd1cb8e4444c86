/** OGC API Features: the abstract tests of core (17-069r4, annex A) that a server can fail, over every collection. */
import { Failures, type Finding, type Surface } from './finding.ts'

interface Link {
  readonly href: string
  readonly rel: string
}
interface Linked {
  readonly links: readonly Link[]
}
interface Page extends Linked {
  readonly type: string
  readonly features: readonly { readonly id: number; readonly geometry: { coordinates: unknown } }[]
  readonly numberMatched: number
  readonly numberReturned: number
  readonly timeStamp: string
}

const CORE = 'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core'

export async function features(surface: Surface): Promise<Finding> {
  const found = new Failures()
  const hrefOf = ({ links }: Linked, rel: string) => links.find((link) => link.rel === rel)?.href
  const landing = await surface.json<Linked>('/ogc')
  for (const rel of ['service-desc', 'conformance', 'data'])
    found.expect(hrefOf(landing, rel) !== undefined, `/ogc has no link ${rel} (A.2.2.2)`)
  const { conformsTo } = await surface.json<{ conformsTo: string[] }>(hrefOf(landing, 'conformance') ?? '')
  found.expect(conformsTo.includes(CORE), `conformsTo lacks ${CORE} (A.2.3)`)
  const api = await surface.json<{ openapi?: string }>(hrefOf(landing, 'service-desc') ?? '')
  found.expect(
    api.openapi?.startsWith('3.') === true,
    `service-desc says openapi ${api.openapi}, 3.x is due (A.2.2.4)`,
  )
  const { collections } = await surface.json<{ collections: (Linked & { id: string })[] }>(
    hrefOf(landing, 'data') ?? '',
  )
  for (const { id, ...collection } of collections) {
    const items = `/ogc/collections/${id}/items`
    found.expect(hrefOf(collection, 'items') !== undefined, `${id} has no link items (A.2.5)`)
    const first = await surface.json<Page>(`${items}?limit=7`)
    found.expect(first.type === 'FeatureCollection', `${items} is a ${first.type} (A.2.7)`)
    found.expect(first.features.length <= 7, `${items}: ${first.features.length} came, limit was 7 (A.2.7.4)`)
    found.expect(
      first.numberReturned === first.features.length,
      `${items}: numberReturned ${first.numberReturned}`,
    )
    found.expect(!Number.isNaN(Date.parse(first.timeStamp)), `${items}: timeStamp ${first.timeStamp}`)
    await followPages(surface, items, first, found)
    for (const [wrong, test] of [
      ['bbox=1,2,3', 'A.2.7.3'],
      ['limit=none', 'A.2.7.4'],
      ['nonsense=1', 'A.2.7.2'],
    ]) {
      const { status, body } = await fetch(`${surface.address}${items}?${wrong}`)
      await body?.cancel()
      found.expect(status === 400, `${items}?${wrong} answers ${status}, 400 is due (${test})`)
    }
    const one = first.features[0]
    if (one === undefined) continue
    const alone = await surface.json<{ id: number; type: string }>(`${items}/${one.id}`)
    found.expect(alone.type === 'Feature' && alone.id === one.id, `${items}/${one.id} is another (A.2.8)`)
  }
  return {
    standard: 'OGC API Features 1.0',
    by: 'the abstract tests of core',
    checked: found.checked,
    failures: found.all,
  }
}

/** Three pages on, no feature twice (A.2.7.5, and the links of a page). */
async function followPages(surface: Surface, items: string, first: Page, found: Failures): Promise<void> {
  const seen = new Set(first.features.map(({ id }) => id))
  let page = first
  for (let i = 0; i < 3; i++) {
    const next = page.links.find(({ rel }) => rel === 'next')?.href
    if (next === undefined) break
    page = await surface.json<Page>(next)
    for (const { id } of page.features) {
      found.expect(!seen.has(id), `${items}: feature ${id} is on two pages`)
      seen.add(id)
    }
  }
}
