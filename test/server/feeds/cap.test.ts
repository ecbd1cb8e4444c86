/** CAP 1.2: alerts by the standard's text and its examples, lists of them, each rule met once, and bytes with things wrong in them. */
import { describe, expect, it } from 'vitest'
import { FeedError } from '../../../server/feeds/format.ts'
import { cap } from '../../../server/feeds/formats/cap/cap.ts'
import { expectHardy, feedFile, readFeed, type Read } from '../../fixtures/feedFacts.ts'

const NOW_MS = Date.parse('2026-08-05T12:00:00Z')
const options = { nowMs: NOW_MS, utcOffsetS: -3 * 3600 }
const CAP = 'xmlns="urn:oasis:names:tc:emergency:cap:1.2"'

const elements = (of: Record<string, string>) =>
  Object.entries(of)
    .map(([name, text]) => `<${name}>${text}</${name}>`)
    .join('')

const header = {
  identifier: 'KSTO1055887203',
  sender: 'KSTO@NWS.NOAA.GOV',
  sent: '2026-08-05T08:57:00-03:00',
  status: 'Actual',
  msgType: 'Alert',
  scope: 'Public',
}
const said = {
  category: 'Met',
  event: 'SEVERE THUNDERSTORM',
  urgency: 'Immediate',
  severity: 'Severe',
  certainty: 'Observed',
  expires: '2026-08-05T16:00:00-03:00',
  headline: 'Severe thunderstorm warning',
  description: 'Hail up to 2 cm.',
  instruction: 'Take cover.',
  web: 'https://example.org/warning',
}
// The polygon of the standard's example of a severe thunderstorm, A.2.
const polygon = '38.47,-120.14 38.34,-119.95 38.52,-119.74 38.62,-119.89 38.47,-120.14'
const area = `<area><areaDesc>Plaza</areaDesc><polygon>${polygon}</polygon></area>`

const info = (more: Record<string, string> = {}, areas = area) =>
  `<info>${elements({ ...said, ...more })}${areas}</info>`
const alert = (more: Record<string, string> = {}, infos = info()) =>
  `<alert ${CAP}>${elements({ ...header, ...more })}${infos}</alert>`

function read(text: string): Read {
  return readFeed(cap, feedFile(text), options)
}

describe('an alert of CAP', () => {
  it('says what, when, how sure and where; longitude comes first here', () => {
    const { content, rules } = read(`<?xml version="1.0" encoding="UTF-8"?>\n${alert()}`)
    expect(rules).toEqual({})
    expect(content).toEqual({
      madeMs: Date.parse('2026-08-05T11:57:00Z'),
      notices: [
        {
          id: 'KSTO1055887203',
          headline: { 'en-US': 'Severe thunderstorm warning' },
          text: { 'en-US': 'Hail up to 2 cm.\n\nTake cover.' },
          fromMs: Date.parse('2026-08-05T11:57:00Z'),
          untilMs: Date.parse('2026-08-05T19:00:00Z'),
          severity: 'Severe',
          urgency: 'Immediate',
          certainty: 'Observed',
          isExercise: false,
          areas: [[[-120.14, 38.47], [-119.95, 38.34], [-119.74, 38.52], [-119.89, 38.62], [-120.14, 38.47]]], // prettier-ignore
          routeIds: [],
          stopIds: [],
          url: 'https://example.org/warning',
          isCancelled: false,
        },
      ],
    })
  })

  it('begins with its onset, else when it is in force', () => {
    const times = { effective: '2026-08-05T10:00:00-03:00', onset: '2026-08-05T11:00:00-03:00' }
    const from = (more: Record<string, string>) => read(alert({}, info(more))).content.notices![0].fromMs
    expect(from(times)).toBe(Date.parse('2026-08-05T14:00:00Z'))
    expect(from({ effective: times.effective })).toBe(Date.parse('2026-08-05T13:00:00Z'))
    // Said anew before it begins.
    expect(from({ ...times, onset: '2026-08-06T00:00:00-03:00' })).toBe(Date.parse('2026-08-05T13:00:00Z'))
  })

  it('is one notice in several languages, and several where it says several things', () => {
    const spanish = info({
      language: 'es-UY',
      headline: 'Tormenta fuerte',
      description: 'Granizo.',
      instruction: '',
    })
    const { content, rules } = read(alert({}, info() + spanish + info({ severity: 'Minor' })))
    expect(rules).toEqual({})
    expect(content.notices!.map(({ id, severity }) => [id, severity])).toEqual([
      ['KSTO1055887203', 'Severe'],
      ['KSTO1055887203#2', 'Minor'],
    ])
    expect(content.notices![0].text).toEqual({
      'en-US': 'Hail up to 2 cm.\n\nTake cover.',
      'es-UY': 'Granizo.',
    })
  })

  it('twice in one language is two notices', () => {
    expect(read(alert({}, info() + info({ headline: 'Another' }))).content.notices).toHaveLength(2)
  })

  it.for([
    ['Actual', false],
    ['Exercise', true],
    ['System', true],
    ['Test', true],
    ['Draft', true],
  ] as const)('with status %s: that it is no more than an exercise is %s', ([status, isExercise]) => {
    expect(read(alert({ status })).content.notices).toMatchObject([{ isExercise }])
  })

  it('of a status that nobody knows is not taken for real', () => {
    const { content, rules } = read(alert({ status: 'Real' }))
    expect(content.notices).toEqual([])
    expect(rules).toEqual({ enum: 1 })
  })

  it('that is not for the public is left out', () => {
    const { content, rules } = read(alert({ scope: 'Private' }))
    expect(content.notices).toEqual([])
    expect(rules).toEqual({ scope: 1 })
  })

  it.for(['Ack', 'Error'])('of type %s is no notice', (msgType) => {
    expect(read(alert({ msgType })).content.notices).toEqual([])
  })

  it('of type Cancel takes back what it names', () => {
    const references = 'KSTO@NWS.NOAA.GOV,first,2026-08-05T08:00:00-03:00 a,second,2026-08-05T08:00:00-03:00'
    const { content } = read(alert({ msgType: 'Cancel', references }))
    expect(content.notices!.map(({ id, isCancelled }) => [id, isCancelled])).toEqual([
      ['first', true],
      ['second', true],
    ])
  })

  it('of type Update takes back what it names, and says anew', () => {
    const { content } = read(alert({ msgType: 'Update', references: 'a,first,2026-08-05T08:00:00-03:00' }))
    expect(content.notices!.map(({ id, isCancelled }) => [id, isCancelled])).toEqual([
      ['first', true],
      ['KSTO1055887203', false],
    ])
  })

  it('of type Alert takes nothing back', () => {
    const { content } = read(alert({ references: 'a,first,2026-08-05T08:00:00-03:00' }))
    expect(content.notices).toHaveLength(1)
  })

  it.for<[circle: string, radiusKm: number]>([
    ['32.9525,-115.5527 0', 0], // the standard's example of an earthquake, A.3
    ['-34.9,-56.19 5', 5],
    ['70,25 100', 100],
  ])('a circle %s is a closed ring of %d km around', ([circle, radiusKm]) => {
    const { content, rules } = read(alert({}, info({}, `<area><circle>${circle}</circle></area>`)))
    const [ring] = content.notices![0].areas
    const [lat, lng] = circle.split(/[ ,]/).map(Number)
    expect(rules).toEqual({})
    expect(ring.at(-1)).toEqual(ring[0])
    for (const [east, north] of ring) {
      const metres = greatCircleM(lng, lat, east, north)
      expect(Math.abs(metres - radiusKm * 1000)).toBeLessThanOrEqual(radiusKm * 1000 * 0.03)
    }
  })

  it.for<[rule: string, text: string]>([
    ['required', alert().replace(/<sender>.*<\/sender>/, '')],
    ['enum', alert({}, info({ severity: 'Bad' }))],
    ['dateTime', alert({ sent: '2026-08-05T11:57:00Z' })],
    ['dateTime', alert({ sent: '2026-08-05T08:57:00' })],
    ['time', alert({ sent: '1970-01-01T00:00:00-00:00' })],
    ['time', alert({}, info({ expires: 'soon' }))],
    ['place', alert({}, info({}, '<area><polygon>138,-56 1,1 2,2 138,-56</polygon></area>'))],
    ['place', alert({}, info({}, '<area><circle>here 5</circle></area>'))],
    ['polygon', alert({}, info({}, '<area><polygon>1,1 2,2</polygon></area>'))],
    ['polygon', alert({}, info({}, '<area><polygon>1,1 1,2 2,2</polygon></area>'))],
    ['circle', alert({}, info({}, '<area><circle>1,1 wide</circle></area>'))],
    ['references', alert({ msgType: 'Update', references: 'first' })],
  ])('%s is noted, and the rest is read', ([rule, text]) => {
    const { content, rules } = read(text)
    expect(rules).toEqual({ [rule]: 1 })
    expect(content.notices).toHaveLength(1)
  })

  it('a time without a zone is of the city', () => {
    const { content } = read(alert({ sent: '2026-08-05T08:57:00' }))
    expect(content.madeMs).toBe(Date.parse('2026-08-05T11:57:00Z'))
  })

  it('a link to what is not on the web is none', () => {
    expect(read(alert({}, info({ web: 'javascript:alert(1)' }))).content.notices![0].url).toBe('')
  })

  it('may write its names with a prefix', () => {
    const prefixed = alert()
      .replace(/<(\/?)(\w)/g, '<$1cap:$2')
      .replace('xmlns=', 'xmlns:cap=')
    expect(read(prefixed).content).toEqual(read(alert()).content)
  })
})

const atom = (entries: string) =>
  `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:cap="urn:oasis:names:tc:emergency:cap:1.2">
  <updated>2026-08-05T11:59:00Z</updated>${entries}</feed>`
const fields = elements({
  'cap:event': 'Wind',
  'cap:status': 'Actual',
  'cap:message_type': 'Alert',
  'cap:sent': '2026-08-05T08:00:00-03:00',
  'cap:expires': '2026-08-05T20:00:00-03:00',
  'cap:severity': 'Moderate',
  'cap:polygon': polygon,
})
const entry = `<entry><id>https://a.org/1</id><title>Yellow wind</title>
  <link href="https://a.org/page"/><link type="application/cap+xml" href="https://a.org/1.cap"/>`

describe('a list of alerts', () => {
  it('holds them in its entries', () => {
    const { content } = read(
      atom(
        `<entry><id>1</id><content>${alert()}</content></entry><entry>${alert({ identifier: 'b' })}</entry>`,
      ),
    )
    expect(content.notices!.map(({ id }) => id)).toEqual(['KSTO1055887203', 'b'])
    expect(content.madeMs).toBe(Date.parse('2026-08-05T11:59:00Z'))
    expect(content.links).toBeUndefined()
  })

  it('may say in its entries what it is about, and where the whole alert is', () => {
    const { content } = read(atom(`${entry}${fields}</entry>`))
    expect(content.links).toEqual([{ name: 'Yellow wind', url: 'https://a.org/1.cap' }])
    expect(content.notices).toMatchObject([
      { id: 'https://a.org/1', severity: 'Moderate', headline: { '': 'Yellow wind' }, isExercise: false },
    ])
    expect(content.notices![0].areas[0]).toHaveLength(5)
  })

  it('may only point to them', () => {
    const { content } = read(atom(`${entry}</entry>`))
    expect(content).toMatchObject({ notices: [], links: [{ url: 'https://a.org/1.cap' }] })
    const rss = `<rss><channel><item><guid>1</guid><title>A</title><link>https://a.org/1</link></item></channel></rss>`
    expect(read(rss).content.links).toEqual([{ name: 'A', url: 'https://a.org/1' }])
  })

  it('in any order: what one of them takes back is gone', () => {
    const first = alert({ identifier: 'first' })
    const cancel = alert({
      identifier: 'c',
      msgType: 'Cancel',
      references: 'a,first,2026-08-05T08:00:00-03:00',
    })
    for (const list of [first + cancel, cancel + first])
      expect(read(`<alerts>${list}</alerts>`).content.notices).toMatchObject([
        { id: 'first', isCancelled: true },
      ])
  })

  it('with the same alert twice has it once', () => {
    const { content, rules } = read(`<alerts>${alert()}${alert()}</alerts>`)
    expect(content.notices).toHaveLength(1)
    expect(rules).toEqual({ duplicateId: 1 })
  })

  it('may be empty', () => {
    expect(read(atom('')).content.notices).toEqual([])
  })
})

it.for([
  ['text', 'no alert'],
  ['another root', '<html/>'],
  ['a document type', `<!DOCTYPE alert [<!ENTITY x SYSTEM "file:///etc/passwd">]>${alert()}`],
  ['an entity', alert({ sender: '&x;' })],
  ['an end that is missing', alert().slice(0, -10)],
  ['nesting without end', '<alert>'.repeat(1000)],
])('%s is refused', ([, text]) => {
  expect(() => read(text)).toThrow(FeedError)
})

describe('CAP at a glance', () => {
  it.for<[isLike: boolean, text: string, name?: string]>([
    [true, alert()],
    [
      true,
      `\ufeff<?xml version="1.0"?>\n<!-- <feed> --><cap:alert xmlns:cap="urn:oasis:names:tc:emergency:cap:1.2">`,
    ],
    [true, atom('')],
    [true, '<rss version="2.0"><channel>', 'https://a.org/cap/rss.xml'],
    [false, '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:espi="http://naesb.org/espi"><entry>'],
    [false, '<d2LogicalModel modelBaseVersion="2">'],
    [false, '<service_requests><request><service_request_id>'],
    [false, '{"alert": 1}'],
    [false, ''],
  ])('%s: %s', ([isLike, text, name]) => {
    expect(cap.isLike(feedFile(text, name))).toBe(isLike)
  })
})

it('CAP with things wrong in it is read or refused, and what is read can be', () => {
  const update = alert({
    identifier: 'u',
    msgType: 'Update',
    references: 'a,KSTO1055887203,2026-08-05T08:00:00-03:00',
  })
  const round = info({ language: 'es' }, '<area><circle>-34.9,-56.2 5</circle></area>')
  expectHardy(
    cap,
    [alert({}, info() + round), `<alerts>${alert()}${update}</alerts>`, atom(`${entry}${fields}</entry>`)],
    options,
  )
})

/** On a sphere of 6,371 km. */
function greatCircleM(lng1: number, lat1: number, lng2: number, lat2: number): number {
  const radians = Math.PI / 180
  const a =
    Math.sin(((lat2 - lat1) * radians) / 2) ** 2 +
    Math.cos(lat1 * radians) * Math.cos(lat2 * radians) * Math.sin(((lng2 - lng1) * radians) / 2) ** 2
  return 2 * 6_371_000 * Math.asin(Math.sqrt(a))
}
