/** Open311 GeoReport v2: what the standard says, what servers in the field do, and answers with things wrong in them. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { FeedError } from '../../../server/feeds/format.ts'
import { open311 } from '../../../server/feeds/formats/open311/open311.ts'
import { cases } from '../../fixtures/cases.ts'
import { expectHardy, feedFile, readFeed, type Read } from '../../fixtures/feedFacts.ts'

const options = { nowMs: Date.parse('2026-08-05T12:00:00Z'), utcOffsetS: -3 * 3600 }

const request = {
  service_request_id: '638344',
  status: 'closed',
  status_notes: 'Duplicate request.',
  service_name: 'Sidewalk and Curb Issues',
  service_code: '006',
  description: null,
  agency_responsible: null,
  service_notice: null,
  requested_datetime: '2026-08-04T09:37:38-03:00',
  updated_datetime: '2026-08-04T10:37:38-03:00',
  expected_datetime: null,
  address: '8TH AVE and JUDAH ST',
  address_id: '545483',
  zipcode: '94122',
  lat: -34.9012,
  long: -56.1916,
  media_url: 'http://city.example.org/media/638344.jpg',
}

const xml = `<?xml version="1.0" encoding="utf-8"?>
<service_requests>
  <request>
    <service_request_id>638344</service_request_id>
    <status>closed</status>
    <status_notes>Duplicate request.</status_notes>
    <service_name>Sidewalk and Curb Issues</service_name>
    <service_code>006</service_code>
    <description></description>
    <agency_responsible/>
    <requested_datetime>2026-08-04T09:37:38-03:00</requested_datetime>
    <updated_datetime>2026-08-04T10:37:38-03:00</updated_datetime>
    <expected_datetime/>
    <address>8TH AVE and JUDAH ST</address>
    <lat>-34.9012</lat>
    <long>-56.1916</long>
    <media_url>http://city.example.org/media/638344.jpg</media_url>
  </request>
</service_requests>`

const services = [
  {
    service_code: '001',
    service_name: 'Cans left out 24x7',
    description: 'Garbage or recycling cans that have been left out',
    metadata: true,
    type: 'realtime',
    keywords: 'lorem, ipsum',
    group: 'sanitation',
  },
]

const servicesXml = `<services is_array="true"><service><service_code>001</service_code>
<service_name>Cans left out 24x7</service_name><metadata>true</metadata><type>realtime</type>
<description>Garbage or recycling cans that have been left out</description><keywords/><group>sanitation</group>
</service></services>`

function read(answer: unknown): Read {
  const text = typeof answer === 'string' ? answer : JSON.stringify(answer)
  return readFeed(open311, feedFile(text), options)
}

const read1 = (more: Record<string, unknown>) => read([{ ...request, ...more }])

describe('Open311 requests', () => {
  it('are the same in JSON and in XML, and deviate in nothing', () => {
    const json = read([request])
    expect(json.rules).toEqual({})
    expect(json.content.requests).toEqual([
      {
        id: '638344',
        status: 'closed',
        serviceCode: '006',
        serviceName: 'Sidewalk and Curb Issues',
        description: '',
        requestedMs: Date.parse('2026-08-04T12:37:38Z'),
        updatedMs: Date.parse('2026-08-04T13:37:38Z'),
        lng: -56.1916,
        lat: -34.9012,
        address: '8TH AVE and JUDAH ST',
        mediaUrl: 'http://city.example.org/media/638344.jpg',
      },
    ])
    expect(read(xml).content).toEqual(json.content)
    expect(read(xml).rules).toEqual({})
  })

  it.for<[quirk: string, rule: string, answer: unknown]>([
    ['a list in an object', 'wrapping', { requests: [request] }],
    ['a list in an object in an object', 'wrapping', { service_requests: { request: [request] } }],
    ['one request alone', 'wrapping', request],
    ['one request alone, in XML', 'wrapping', /<request>[^]*<\/request>/.exec(xml)![0]],
    ['places as texts', 'type', [{ ...request, lat: '-34.9012', long: '-56.1916' }]],
    ['an id as a number', 'type', [{ ...request, service_request_id: 638_344 }]],
    ['a time without a zone', 'timeZone', [{ ...request, requested_datetime: '2026-08-04T09:37:38' }]],
    ['a status with a capital', 'enum', [{ ...request, status: 'Closed' }]],
  ])('%s is read all the same, and noted (%s)', ([, rule, answer]) => {
    const { content, deviations, rules } = read(answer)
    expect(content).toEqual(read([request]).content)
    expect(Object.keys(rules)).toEqual([rule])
    expect(deviations.examples().every(({ severity }) => severity === 'warning')).toBe(true)
  })

  it('empty elements turned into objects are nothing', () => {
    const { content, rules } = read1({ description: {}, agency_responsible: [], updated_datetime: '' })
    expect(content.requests![0]).toMatchObject({ description: '', updatedMs: NaN })
    expect(rules).toEqual({})
  })

  it('with an address alone have no place', () => {
    const { content, rules } = read1({ lat: null, long: null })
    expect(content.requests![0]).toMatchObject({ lng: NaN, lat: NaN, address: '8TH AVE and JUDAH ST' })
    expect(rules).toEqual({})
  })

  it.for<[rule: string, more: Record<string, unknown>, left: number]>([
    ['required', { service_code: null }, 1],
    ['required', { requested_datetime: null }, 0],
    ['missingId', { service_request_id: '' }, 0],
    ['place', { lat: -134.9 }, 1],
    ['place', { lat: 0, long: 0 }, 1],
    ['place', { lat: 'here' }, 1],
    ['time', { requested_datetime: '1970-01-01T00:00:00Z' }, 0],
    ['time', { requested_datetime: '2100-01-01T00:00:00Z' }, 0],
    ['time', { updated_datetime: 'yesterday' }, 1],
    ['enum', { status: 'on its way' }, 1],
    ['maxLength', { description: 'a'.repeat(4001) }, 1],
  ])('%s is noted of %j, with %d left', ([rule, more, left]) => {
    const { content, rules } = read1(more)
    expect(rules[rule]).toBe(1)
    expect(content.requests).toHaveLength(left)
  })

  it('with the same id are one', () => {
    const { content, rules } = read([request, request])
    expect(content.requests).toHaveLength(1)
    expect(rules).toEqual({ duplicateId: 1 })
  })

  it('what is not closed is open', () => {
    expect(read1({ status: 'acknowledged' }).content.requests![0].status).toBe('open')
  })

  it('link to what is on the web alone', () => {
    expect(read1({ media_url: 'javascript:alert(1)' }).content.requests![0].mediaUrl).toBe('')
  })

  it.for(['[]', '<service_requests/>', '{"requests":[]}'])('%s is none', (text) => {
    expect(read(text).content.requests).toEqual([])
  })
})

describe('Open311 services', () => {
  it('are the same in JSON and in XML', () => {
    const { content, rules } = read(services)
    expect(rules).toEqual({})
    expect(content.services).toEqual([
      {
        code: '001',
        name: 'Cans left out 24x7',
        description: 'Garbage or recycling cans that have been left out',
        group: 'sanitation',
      },
    ])
    expect(read(servicesXml).content).toEqual(content)
  })
})

describe('Open311 refusals', () => {
  it.for([
    '[{"code": 403, "description": "Forbidden"}]',
    '{"errors": [{"code": "403", "description": "Forbidden"}]}',
    '<errors><error><code>403</code><description>Forbidden</description></error></errors>',
  ])('%s tells what the server said', (text) => {
    expect(() => read(text)).toThrow(new FeedError('open311: the server answered 403: Forbidden'))
  })

  it.for(['', 'no', '{}', '{"requests":{}}', '<html></html>', '<a>'])('%j is no answer', (text) => {
    expect(() => read(text)).toThrow(FeedError)
  })
})

describe('Open311 at a glance', () => {
  it.for<[isLike: boolean, text: string, name?: string]>([
    [true, JSON.stringify([request])],
    [true, JSON.stringify({ requests: [request] })],
    [true, xml],
    [true, JSON.stringify(services)],
    [true, servicesXml],
    [true, '[]', 'https://a.org/open311/v2/requests.json?status=open'],
    [true, '<service_requests/>', 'https://a.org/open311/v2/requests.xml'],
    [false, '[]', 'https://a.org/vehicles.json'],
    [false, '{"type":"FeatureCollection","features":[{"properties":{"service_request_id":"1"}}]}'],
    [false, '{"last_updated":1,"ttl":0,"data":{"stations":[]}}'],
    [false, '<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">'],
    [false, '<feed xmlns="http://www.w3.org/2005/Atom">'],
    [false, 'service_request_id,status\n1,open'],
  ])('%s: %s', ([isLike, text, name]) => {
    expect(open311.isLike(feedFile(text, name))).toBe(isLike)
  })
})

it.skipIf(cases('schemas/open311') === undefined)(
  'what the published schemas require is what is noted missing',
  () => {
    const requiredBy = (name: string) =>
      (JSON.parse(readFileSync(cases(`schemas/open311/${name}.json`)!, 'utf8')) as { required: string[] })
        .required
    for (const key of requiredBy('request')) {
      const { rules } = read1({ [key]: null })
      expect([key, (rules['required'] ?? 0) + (rules['missingId'] ?? 0)]).toEqual([key, 1])
    }
    for (const key of requiredBy('service')) {
      const { rules } = read([...services, { ...services[0], service_code: '002', [key]: null }])
      expect([key, (rules['required'] ?? 0) + (rules['missingId'] ?? 0)]).toEqual([key, 1])
    }
  },
)

it('Open311 with things wrong in it is read or refused, and what is read can be', () => {
  const documents = [JSON.stringify([request, { ...request, service_request_id: '2' }]), xml, servicesXml]
  expectHardy(open311, [...documents, JSON.stringify(services)], options)
})
