/** Ensembles that pages ask for: one at a time, told as they go, sure in the end, and gone with their page. */
import { inflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Ensembles } from '../../../server/loop/ensemble/ensembles.ts'
import { openCity, readDatasets } from '../../../server/loop/cityFolder.ts'
import { parseCity } from '../../../twin/city.ts'
import type { EnsembleState, StartEnsemble } from '../../../twin/protocol/messages.ts'
import { placesOfBytes } from '../../../twin/scenario/placeBytes.ts'
import { outcomes } from '../../../twin/scenario/outcome.ts'
import { createTwin } from '../../../twin/twin.ts'
import { makeTownFolder, type TownFolder } from '../fixtures/townFolder.ts'

const facts = { seed: 5, startMs: Date.UTC(2024, 2, 12, 20), utcOffsetS: -3 * 3600 }
const asked: StartEnsemble = {
  edits: [{ kind: 'changeDemand', id: 'more', factor: 3 }],
  horizonS: 300,
  members: 3,
}
let town: TownFolder
let links: number
let ensembles: Ensembles
const told: EnsembleState[] = []
const of = (id: string) => told.filter((state) => state.id === id)

beforeAll(async () => {
  town = makeTownFolder()
  const city = parseCity(await readDatasets(await openCity(town.root, 'small')))
  const live = createTwin(city, facts)
  links = city.network.links.lengthM.length
  live.advance(300)
  ensembles = new Ensembles({
    root: town.root,
    cityId: 'small',
    threads: 2,
    facts: () => facts,
    timeMs: () => facts.startMs + 300_000,
    moment: () => Promise.reject(new Error('none is kept')),
    fork: async () => ({ ...facts, state: live.save() }),
    tell: (_owner, state) => told.push(state),
    log: () => {},
  })
})
afterAll(() => {
  ensembles.close()
  town.remove()
})

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400 && !isSo(); tries++) await new Promise((resolve) => setTimeout(resolve, 50))
  expect(isSo()).toBe(true)
}

describe('ensembles', () => {
  test('of more trips say that more vehicles are on the road, how surely, and of which zones they set out', async () => {
    const id = ensembles.start(asked, 'me')
    await until(() => of(id).at(-1)?.state === 'done')
    const last = of(id).at(-1)!
    expect(last).toMatchObject({ pairs: 3, members: 3, share: 1 })
    expect(last.outcomes.map((each) => each.id)).toEqual(outcomes.map((each) => each.id))
    const hours = last.outcomes.find((each) => each.id === 'vehicleHours')!
    expect(hours.difference).toBeCloseTo(hours.edited - hours.base, 9)
    expect(hours.isClear && hours.difference > 0).toBe(true)
    expect(last.runs!.members.toSorted()).toEqual([0, 1, 2])
    const trips = last.trips!.zones.reduce((sum, zone) => sum + zone.trips, 0)
    expect(trips).toBeGreaterThan(0)
    // the added trips are in one of the runs alone
    expect(last.trips!.unmatched).toBeGreaterThan(0)
    // where it differs is told too, also once all is done, and to its own page alone
    const { pairs, deflated } = ensembles.places(id, 'me')
    const places = placesOfBytes(inflateRawSync(Buffer.from(deflated, 'base64')), links)
    expect([pairs, places.pairs]).toEqual([3, 3])
    expect(places.link.length).toBeGreaterThan(0)
    expect(places.flowVph.difference.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(0)
    expect(() => ensembles.places(id, 'you')).toThrow('you have no ensemble')
    const shares = of(id).map(({ share }) => share)
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
  })

  test('wait for one another, and end with their page', async () => {
    const first = ensembles.start({ ...asked, horizonS: 14_400, members: 50 }, 'me')
    const second = ensembles.start(asked, 'you')
    await until(() => of(first).at(-1)?.state === 'running')
    expect(of(second).at(-1)).toMatchObject({ state: 'queued', ahead: 1 })
    expect(() => ensembles.stop(second, 'me')).toThrow('you have no ensemble')
    ensembles.left('me')
    await until(() => of(second).at(-1)?.state === 'done')
    expect(of(first).at(-1)?.state).toBe('stopped')
  })

  test('begin in another hour’s life when asked to', async () => {
    const id = ensembles.start({ ...asked, atS: 8 * 3600, members: 1 }, 'me')
    await until(() => of(id).at(-1)?.state === 'done')
    expect(of(id).at(-1)!.outcomes[0].interval).toBeUndefined()
  })
})
