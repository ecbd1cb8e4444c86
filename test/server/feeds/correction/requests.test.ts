/** Reports of another desk join those here: each once, under this city's services, and what does not join is counted by why. */
import { expect, it } from 'vitest'
import type { CitizenRequest } from '../../../../server/feeds/content.ts'
import { idOf, RequestsIn, type Joining } from '../../../../server/feeds/correction/requests.ts'
import { smallCity } from '../../../fixtures/smallCity.ts'

const NOW_MS = 1_785_000_000_000
const { services } = smallCity()
const [{ serviceCode, name }] = services!.services

function request(id: string, more: Partial<CitizenRequest> = {}): CitizenRequest {
  return {
    id,
    status: 'open',
    serviceCode,
    serviceName: '',
    description: `report ${id}`,
    requestedMs: NOW_MS - 60_000,
    updatedMs: NaN,
    lng: -56.2,
    lat: -34.9,
    address: '',
    mediaUrl: '',
    ...more,
  }
}

function world(first: readonly CitizenRequest[], names?: Record<string, string>) {
  const filed: Joining[] = []
  const state = { isDead: false, reading: { content: { madeMs: NaN, requests: first } } }
  const requests = new RequestsIn(
    [
      {
        declaration: { id: 'desk', services: names },
        get reading() {
          return state.reading
        },
      },
    ],
    {
      services: () => services,
      isInside: (lng) => lng < -56,
      file: async (report) => {
        if (state.isDead) throw new Error('the disk is full')
        filed.push(report)
      },
      nowMs: () => NOW_MS,
    },
  )
  const look = async () => {
    requests.look()
    await new Promise((done) => setImmediate(done))
    return filed.splice(0)
  }
  const read = (...next: CitizenRequest[]) => (state.reading = { content: { madeMs: NaN, requests: next } })
  return { requests, state, look, read }
}

it('an open one joins once, however often the feed says it', async () => {
  const { look, read, requests } = world([request('1')])
  expect(await look()).toEqual([
    { clientId: idOf('desk', '1'), serviceCode, lng: -56.2, lat: -34.9, description: 'report 1' },
  ])
  expect(await look()).toEqual([])
  read(request('1', { description: 'said anew' }), request('2'))
  expect((await look()).map(({ description }) => description)).toEqual(['report 2'])
  expect(requests.told('desk')).toMatchObject({ joined: 2, waiting: 0 })
})

it('its id is a UUID of the feed and the request, and of no other', () => {
  expect(idOf('desk', '1')).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/)
  expect(idOf('desk', '1')).toBe(idOf('desk', '1'))
  expect(new Set([idOf('desk', '1'), idOf('desk', '2'), idOf('desk1', ''), idOf('des', 'k1')]).size).toBe(4)
})

it('what does not join is counted by why', async () => {
  const { look, requests } = world([
    request('closed', { status: 'closed' }),
    request('old', { requestedMs: NOW_MS - 86_400_001 }),
    request('undated', { requestedMs: NaN }),
    request('other', { serviceCode: 'dragons', serviceName: 'Dragon seen' }),
    request('far', { lng: 10 }),
    request('here'),
  ])
  expect(await look()).toHaveLength(1)
  expect(requests.told('desk')).toEqual({
    joined: 1,
    waiting: 0,
    closed: 1,
    old: 2,
    noService: 1,
    outside: 1,
    tooMany: 0,
  })
  expect(requests.told('nobody')).toBeUndefined()
})

it('a service is known by its name, or as the owner of the feed says', async () => {
  const { look } = world(
    [
      request('named', { serviceCode: 'x', serviceName: name.es.toUpperCase() }),
      request('mapped', { serviceCode: '77' }),
    ],
    { '77': serviceCode },
  )
  expect((await look()).map((one) => one.serviceCode)).toEqual([serviceCode, serviceCode])
})

it('what cannot be kept now joins later, and no flood is written at once', async () => {
  const { look, state, requests } = world(Array.from({ length: 12 }, (_, i) => request(`${i}`)))
  state.isDead = true
  expect(await look()).toEqual([])
  expect(requests.told('desk')).toMatchObject({ joined: 0, waiting: 12 })
  state.isDead = false
  expect(await look()).toHaveLength(5)
  expect(await look()).toHaveLength(5)
  expect(await look()).toHaveLength(2)
})
