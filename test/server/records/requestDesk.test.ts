/** A report goes to the disk, then to the twin, then back to the page; once, whatever dies in between. */
import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { TryAgainError } from '../../../server/hub/tryAgain.ts'
import type { StoredRequest } from '../../../server/records/records.ts'
import { RequestDesk } from '../../../server/records/requestDesk.ts'
import type { FileRequest } from '../../../twin/protocol/messages.ts'
import { smallCity } from '../../fixtures/smallCity.ts'

const city = smallCity({ side: 4 })
const report = (more: Partial<FileRequest> = {}): FileRequest => ({
  clientId: randomUUID(),
  serviceCode: 'outage',
  lng: -56.17,
  lat: -34.89,
  description: 'Dark',
  ...more,
})

/** A store in memory and a twin that counts; each can be made to fail, or to wait. */
function makeDesk() {
  const stored = new Map<string, StoredRequest>()
  const world = {
    told: 0,
    storeFails: false,
    twinFails: false,
    /** What the twin waits for before it answers. */
    answer: Promise.resolve(),
    stored,
  }
  const desk = new RequestDesk(
    {
      fileRequest: async (request) => {
        if (world.storeFails) throw new Error('disk I/O error')
        if (!stored.has(request.clientId)) stored.set(request.clientId, request)
        return stored.get(request.clientId) ?? request
      },
      requestsSince: async (_city, sinceMs) =>
        [...stored.values()].filter(({ filedMs }) => filedMs >= sinceMs),
    },
    async () => {
      if (world.twinFails) throw new Error('the twin is being restarted')
      const row = world.told++
      await world.answer
      return row
    },
  )
  return { desk, world }
}

describe('a report', () => {
  let desk: RequestDesk
  let world: ReturnType<typeof makeDesk>['world']
  beforeEach(() => {
    ;({ desk, world } = makeDesk())
  })

  it('sent twice at once is told to the twin once, and both hear the same row', async () => {
    const one = report()
    expect(await Promise.all([desk.file(city, one), desk.file(city, one)])).toEqual([0, 0])
    expect(world.told).toBe(1)
    expect(desk.written(0)).toMatchObject(one)
  })

  it('with other words under an id that is taken is refused', async () => {
    const one = report()
    await desk.file(city, one)
    await expect(desk.file(city, { ...one, description: 'Light' })).rejects.toThrow('with other words')
    expect(world.told).toBe(1)
  })

  it('that cannot be kept is not told to the twin, and may be sent again', async () => {
    const one = report()
    world.storeFails = true
    await expect(desk.file(city, one)).rejects.toThrow(TryAgainError)
    expect(world.told).toBe(0)
    world.storeFails = false
    expect(await desk.file(city, one)).toBe(0)
  })

  it('that the twin cannot take now is kept, may be sent again, and is told once when the twin is back', async () => {
    const one = report()
    world.twinFails = true
    await expect(desk.file(city, one)).rejects.toThrow(TryAgainError)
    expect(world.stored.size).toBe(1)
    world.twinFails = false
    await desk.refile(city, undefined)
    expect(await desk.file(city, one)).toBe(0)
    expect(world.told).toBe(1)
  })

  it('is told again to a fresh run, and not to one that goes on from a later state', async () => {
    const one = report()
    await desk.file(city, one)
    await desk.refile(city, Date.now() + 1)
    expect(world.told).toBe(1)
    await desk.refile(city, undefined)
    expect(world.told).toBe(2)
    expect(await desk.file(city, one)).toBe(1)
  })

  it('is told again to a run that goes on from a state before it', async () => {
    const savedAtMs = Date.now()
    await desk.file(city, report())
    await desk.refile(city, savedAtMs)
    expect(world.told).toBe(2)
  })

  it('under way while a run begins is told to it once', async () => {
    let go = () => {}
    world.answer = new Promise((resolve) => (go = resolve))
    const filing = desk.file(city, report())
    await desk.refile(city, undefined)
    go()
    expect(await filing).toBe(0)
    expect(world.told).toBe(1)
  })
})
