/** A report goes to the disk, then to the twin, then back to the page; once, whatever dies in between. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TryAgainError } from '../../../server/hub/tryAgain.ts'
import { Records } from '../../../server/records/records.ts'
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

/** Records in SQLite, and a twin of so many rows that counts; each can be made to fail, or to wait. */
async function makeDesk(rows = 1000) {
  const stateFolder = mkdtempSync(join(tmpdir(), 'citytwin-desk-'))
  const records = await Records.open({ stateFolder, databaseUrl: undefined })
  const world = {
    told: 0,
    /** Said to walls, by their ids. */
    said: [] as string[],
    storeFails: false,
    twinFails: false,
    /** What the twin waits for before it answers. */
    answer: Promise.resolve(),
    stored: () => records.requestsSince(city.info.id, 0),
    end: async () => {
      await records.close()
      rmSync(stateFolder, { recursive: true, force: true })
    },
  }
  const desk = new RequestDesk(
    {
      fileRequest: async (request, actor) => {
        if (world.storeFails) throw new Error('disk I/O error')
        return records.fileRequest(request, actor)
      },
      request: (clientId) => records.request(clientId),
      requestsSince: (cityId, sinceMs) => records.requestsSince(cityId, sinceMs),
    },
    async () => {
      if (world.twinFails) throw new Error('the twin is being restarted')
      const row = world.told++ % rows
      await world.answer
      return row
    },
    ({ clientId }) => world.said.push(clientId),
  )
  return { desk, world }
}

describe('a report', () => {
  let desk: RequestDesk
  let world: Awaited<ReturnType<typeof makeDesk>>['world']
  beforeEach(async () => {
    ;({ desk, world } = await makeDesk())
  })
  afterEach(() => world.end())

  it('sent twice at once is told to the twin once, and both hear the same row', async () => {
    const one = report()
    expect(await Promise.all([desk.file(city, one), desk.file(city, one)])).toEqual([0, 0])
    expect(world.told).toBe(1)
    expect(await desk.written(0)).toMatchObject(one)
    expect(await world.stored()).toHaveLength(1)
    expect(world.said).toEqual([one.clientId])
  })

  it('is said to walls as soon as it is kept, once, and not again after a restart', async () => {
    const one = report()
    let goOn = () => {}
    world.answer = new Promise((resolve) => (goOn = resolve))
    const filed = desk.file(city, one)
    await expect.poll(() => world.said).toEqual([one.clientId])
    goOn()
    await filed
    await desk.file(city, one)
    await desk.refile(city, undefined)
    expect(world.said).toEqual([one.clientId])
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
    expect(await world.stored()).toHaveLength(1)
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

  it('of forty that a twin of eight rows was told is remembered for as long as it has a row', async () => {
    const small = await makeDesk(8)
    const reports = Array.from({ length: 40 }, () => report())
    for (const [i, one] of reports.entries()) expect(await small.desk.file(city, one)).toBe(i % 8)
    expect(small.desk.size).toBe(8)
    expect(await small.desk.written(7)).toMatchObject(reports[39])
    // all are kept, and one that has its row is not told again
    expect(await small.world.stored()).toHaveLength(40)
    expect(await small.desk.file(city, reports[38])).toBe(6)
    await expect(small.desk.file(city, { ...reports[0], description: 'Light' })).rejects.toThrow(
      'with other words',
    )
    expect(small.world.told).toBe(40)
    await small.desk.refile(city, undefined)
    expect(small.world.told).toBe(80)
    expect(small.desk.size).toBe(8)
    await small.world.end()
  })
})
