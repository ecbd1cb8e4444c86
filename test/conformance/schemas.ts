/** Open311 and DCAT-AP by the schemas and shapes that their publishers give. */
import { readFileSync } from 'node:fs'
import Ajv from 'ajv'
import jsonld from 'jsonld'
import { Parser, Store } from 'n3'
import ShaclValidator from 'rdf-validate-shacl'
import { cases } from '../fixtures/cases.ts'
import type { Finding, Surface } from './finding.ts'

const OPEN311 = 'schemas/open311'
const SHAPES = 'schemas/dcat-ap/dcat-ap-SHACL.ttl'

/** Files a report first, so that there is one. */
export async function open311(surface: Surface, at: { lng: number; lat: number }): Promise<Finding> {
  const by = 'the JSON schemas of GeoReport v2'
  const folder = cases(OPEN311)
  if (folder === undefined)
    return { standard: 'Open311', by, checked: 0, failures: [], skipped: `there is no ${OPEN311}` }
  const schema = (name: string) => JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as object
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true })
  for (const name of ['request.json', 'service.json']) ajv.addSchema(schema(name), name)
  const services = await surface.json<{ service_code: string }[]>('/open311/v2/services.json')
  const { status } = await fetch(`${surface.address}/open311/v2/requests.json`, {
    method: 'POST',
    body: new URLSearchParams({
      service_code: services[0].service_code,
      lat: String(at.lat),
      long: String(at.lng),
      description: 'Held against the standard',
    }),
  })
  const failures = status === 200 ? [] : [`filing a report answers ${status}, 200 was due`]
  let checked = 0
  for (const [name, path] of [
    ['services.json', '/open311/v2/services.json'],
    ...services.map(
      (one) => ['service-definition.json', `/open311/v2/services/${one.service_code}.json`] as const,
    ),
    ['requests.json', '/open311/v2/requests.json'],
    ['requests.json', '/sim/open311/v2/requests.json'],
  ] as const) {
    const isValid = ajv.getSchema(name) ?? ajv.addSchema(schema(name), name).getSchema(name)!
    const tree = await surface.json<unknown>(path)
    const isHeld = isValid(tree) as boolean
    checked += Array.isArray(tree) ? tree.length : 1
    if (!isHeld) failures.push(`${path}: ${ajv.errorsText(isValid.errors)}`)
  }
  return { standard: 'Open311', by, checked, failures }
}

export async function catalogue(surface: Surface): Promise<Finding> {
  const by = 'the SHACL shapes of DCAT-AP 3.0.1'
  const file = cases(SHAPES)
  if (file === undefined)
    return { standard: 'DCAT-AP', by, checked: 0, failures: [], skipped: `there is no ${SHAPES}` }
  const shapes = new Store(new Parser().parse(readFileSync(file, 'utf8')))
  const document = await surface.json<{ 'dcat:dataset': unknown[] }>('/catalogue.jsonld')
  const quads = (await jsonld.toRDF(document as never, { format: 'application/n-quads' })) as string
  const report = await new ShaclValidator(shapes).validate(new Store(new Parser().parse(quads)))
  return {
    standard: 'DCAT-AP',
    by,
    checked: document['dcat:dataset'].length,
    failures: report.results.map(({ path, message }) => `${path?.value}: ${message.map(String).join()}`),
  }
}
