/** Requests to every HTTP door with paths, queries, headers and bodies that are not what they should be. */
import { connect } from 'node:net'
import type { Dice } from './dice.ts'
import { anyJson, mangledBytes, mangledText } from './mangle.ts'

/** One good request to each door; `test/prove/fuzz` is told of new ones by `test/server/fuzz.test.ts`. */
export const doors: readonly string[] = [
  '/',
  '/plan',
  '/wall',
  '/plan/',
  '/assets/main-1a2b3c.js',
  '/icon.svg',
  '/api/access',
  '/api/session',
  '/api/city',
  '/city/network?v=1',
  '/tiles/1/0/0.mvt',
  '/api/now',
  '/api/search?q=unica&near=-56.1,-34.9',
  '/api/stops/0/departures',
  '/api/lines/0/0/delays?minutes=60',
  '/api/history/traffic.links/0?minutes=60',
  '/api/replay?from=1700000000000&to=1700000060000&every=60000&v=1',
  '/api/replay?after=1700000000000&run=1&to=1700000060000',
  '/api/feeds',
  '/catalogue.jsonld',
  '/ogc',
  '/ogc/api',
  '/ogc/conformance',
  '/ogc/collections',
  '/ogc/collections/streets',
  '/ogc/collections/streets/items?bbox=-56.2,-34.9,-56.1,-34.8&datetime=2026-11-27T18:00:00Z/..&limit=3&offset=1',
  '/ogc/collections/streets/items/0',
  '/open311/discovery.xml',
  '/open311/v2/services.json',
  '/open311/v2/services/pothole.xml',
  '/open311/v2/requests.json?service_code=pothole&status=open&start_date=2026-11-01T00:00:00Z&end_date=2026-11-28',
  '/open311/v2/requests/7c9e6679-7425-40de-944b-e07fc1f90ae7.xml',
  '/open311/v2/tokens/7c9e6679-7425-40de-944b-e07fc1f90ae7.json',
  '/sim/open311/v2/services.xml',
  '/sim/open311/v2/services/pothole.json',
  '/sim/open311/v2/requests.xml?service_request_id=0-0',
  '/sim/open311/v2/requests/0-0.json',
  '/sim/gtfs.zip',
  '/sim/gtfs-rt/trip-updates.pb',
  '/cap/alerts.atom',
  '/cap/alerts/abc-1.xml',
  '/sim/gtfs-rt/alerts.pb',
  '/sim/gtfs-rt/vehicle-positions.pb',
  '/api/forecast',
  '/api/forecast/scores',
  '/api/forecast/pictures?made=1700000000000',
  '/api/replay/span',
  '/api/replay/marks?from=1700000000000&to=1700000060000&step=60000',
  '/api/replay/values?row=0&from=1700000000000&to=1700000060000',
  '/api/requests/0',
  '/api/requests/7c9e6679-7425-40de-944b-e07fc1f90ae7',
  '/api/events',
  '/api/scenarios',
  '/api/acknowledgements',
  '/api/alarms',
  '/api/alarms/acts',
  '/api/incidents',
  '/api/incidents/7c9e6679-7425-40de-944b-e07fc1f90ae7',
  '/api/reports',
  '/api/shifts',
  '/api/desk/acts?from=1700000000000&to=1700000060000',
  '/api/comments?request=7c9e6679-7425-40de-944b-e07fc1f90ae7',
  '/published?id=7c9e6679-7425-40de-944b-e07fc1f90ae7',
  '/published/7c9e6679-7425-40de-944b-e07fc1f90ae7',
  '/api/scenario-base',
  '/api/moments',
  '/api/branches',
  '/api/trees/7c9e6679-7425-40de-944b-e07fc1f90ae7',
  '/api/versions/7c9e6679-7425-40de-944b-e07fc1f90ae7',
  '/api/published',
  '/api/published/7c9e6679-7425-40de-944b-e07fc1f90ae7',
  '/api/published/7c9e6679-7425-40de-944b-e07fc1f90ae7/picture',
  '/api/published/7c9e6679-7425-40de-944b-e07fc1f90ae7/scenario.json',
  '/api/published/7c9e6679-7425-40de-944b-e07fc1f90ae7/withdrawal',
  '/api/published/7c9e6679-7425-40de-944b-e07fc1f90ae7/comments',
  '/api/published/7c9e6679-7425-40de-944b-e07fc1f90ae7/comments/7c9e6679-7425-40de-944b-e07fc1f90ae7',
  '/health',
  '/metrics',
  '/docs',
  '/docs/access.md',
  '/docs/atkinson.woff2',
  '/socket.io/?EIO=4&transport=polling',
  '/socket.io/?EIO=4&transport=polling&sid=abc',
  '/socket.io/?EIO=3&transport=websocket&j=0',
]
const methods = [
  'GET',
  'GET',
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'DELETE',
  'OPTIONS',
  'PATCH',
  'QUERY',
  'G\0T',
  '',
]
const headers = [
  'Origin',
  'Cookie',
  'Accept-Encoding',
  'If-None-Match',
  'Range',
  'X-Forwarded-For',
  'X-Forwarded-Host',
  'Content-Type',
  'Content-Encoding',
  'Transfer-Encoding',
  'Expect',
  'Upgrade',
  'Sec-WebSocket-Key',
  '__proto__',
]
const values = [
  '',
  '*',
  'bytes=0-',
  'bytes=9-3',
  'gzip;q=0',
  'chunked',
  '100-continue',
  'websocket',
  'a=b; =;;',
]
const MAX_WAIT_MS = 5000
/** A poll is answered when there is something to say; we do not wait for it. */
const POLL_MS = 200
/** Nothing came for so long: the request was not whole, or its answer is and the line is kept open. */
const PATIENCE_MS = 100

export function strangeRequest(dice: Dice, host: string): Buffer {
  const door = dice.pick(doors)
  const target = dice.once(4) ? door : strangeTarget(dice, door)
  const body = dice.once(3) ? Buffer.from(JSON.stringify(anyJson(dice))) : Buffer.alloc(0)
  const lines = [
    `${dice.once(6) ? dice.pick(methods) : dice.once(3) ? 'POST' : 'GET'} ${target} HTTP/1.1`,
    `Host: ${dice.once(20) ? mangledText(dice, host) : host}`,
    'Connection: close',
  ]
  for (let more = dice.below(3); more > 0; more--)
    lines.push(`${dice.pick(headers)}: ${dice.once(3) ? mangledText(dice, 'some=value') : dice.pick(values)}`)
  if (body.length > 0) {
    lines.push('Content-Type: application/json')
    lines.push(`Content-Length: ${dice.once(5) ? dice.below(5000) : body.length}`)
  }
  const request = Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), body])
  return dice.once(10) ? Buffer.from(mangledBytes(dice, request)) : request
}

function strangeTarget(dice: Dice, door: string): string {
  const at = door.indexOf('?')
  const query = at < 0 ? '' : door.slice(at + 1)
  const path = at < 0 ? door : door.slice(0, at)
  const pairs = new URLSearchParams(query)
  switch (dice.below(6)) {
    case 0:
      return mangledText(dice, door).replaceAll(/[\s]/g, '%20')
    case 1: {
      const key = dice.pick([...pairs.keys(), 'q', '__proto__', 'v'])
      pairs.set(key, mangledText(dice, pairs.get(key) ?? ''))
      return `${path}?${pairs.toString()}`
    }
    case 2:
      // the same name twice, and a list
      return `${door}${at < 0 ? '?' : '&'}${dice.pick([...pairs.keys(), 'q'])}=1&a[b][c]=2&__proto__[x]=1`
    case 3:
      return `${path}?${encodeURIComponent(JSON.stringify(anyJson(dice)))}=%`
    case 4: {
      const parts = path.split('/')
      parts[dice.below(parts.length)] = dice.pick([
        '..',
        '%2e%2e',
        '%ff',
        '-1',
        '1e9',
        '__proto__',
        '%00',
        'NaN',
      ])
      return parts.join('/') || '/'
    }
    default:
      return dice.pick([
        `http://elsewhere${door}`,
        `//${door}`,
        '*',
        '?',
        `${path}//`,
        `${path};x`,
        '/\\',
        '[::',
      ])
  }
}

/** The first line of the answer; '' when the server hung up without one. Rejects when it does neither. */
export function askStrangely(address: string, dice: Dice): Promise<{ asked: string; said: string }> {
  const { hostname, port, host } = new URL(address)
  const request = strangeRequest(dice, host)
  const asked = request.toString('latin1').slice(0, 300)
  return new Promise((resolve, failed) => {
    const tcp = connect(Number(port), hostname)
    let said = ''
    const isPoll = asked.includes('socket.io')
    const timer = setTimeout(
      () => {
        tcp.destroy()
        if (isPoll || said !== '') resolve({ asked, said: firstLine(said) })
        else failed(new Error(`no answer within ${MAX_WAIT_MS} ms to ${JSON.stringify(asked)}`))
      },
      isPoll ? POLL_MS : MAX_WAIT_MS,
    )
    const giveUp = setTimeout(() => tcp.end(), PATIENCE_MS)
    tcp.on('data', (chunk: Buffer) => {
      giveUp.refresh()
      if (said.length < 200) said += chunk.toString('latin1')
    })
    tcp.on('error', () => undefined)
    tcp.on('close', () => {
      clearTimeout(timer)
      clearTimeout(giveUp)
      resolve({ asked, said: firstLine(said) })
    })
    tcp.write(request)
  })
}

function firstLine(text: string): string {
  return text.split('\r\n', 1)[0]
}
