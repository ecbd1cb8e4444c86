/** Response plans that pages ask for: run as forks, ranked as they come, stopped, and gone with their page. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Responses } from '../../../server/loop/response/responses.ts'
import { openCity, readDatasets } from '../../../server/loop/cityFolder.ts'
import { parseCity } from '../../../twin/city.ts'
import type { ResponseState } from '../../../twin/protocol/responseMessages.ts'
import { nowOf } from '../../../twin/scenario/response/now.ts'
import { createTwin } from '../../../twin/twin.ts'
import { makeTownFolder, type TownFolder } from '../fixtures/townFolder.ts'

const facts = { seed: 5, startMs: Date.UTC(2024, 2, 12, 20), utcOffsetS: -3 * 3600 }
const asked = {
  do: 'start',
  incident: { kind: 'substationOut', substation: 0 },
  horizonS: 300,
  members: 2,
} as const
let town: TownFolder
let responses: Responses
const told: ResponseState[] = []
const last = (id: string) => told.findLast((state) => state.id === id)

beforeAll(async () => {
  town = makeTownFolder()
  const city = parseCity(await readDatasets(await openCity(town.root, 'small')))
  const live = createTwin(city, facts)
  live.advance(300)
  responses = new Responses({
    root: town.root,
    cityId: 'small',
    threads: 2,
    city: () => city,
    now: () => nowOf(live),
    fork: async () => ({ ...facts, state: live.save() }),
    tell: (_owner, state) => told.push(state),
    log: () => {},
  })
})
afterAll(() => {
  responses.close()
  town.remove()
})

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400 && !isSo(); tries++) await new Promise((resolve) => setTimeout(resolve, 50))
  expect(isSo()).toBe(true)
}

describe('response plans', () => {
  test('for a lost substation are ranked by customer-minutes, and ties come before doing nothing', async () => {
    const id = responses.take(asked, 'me')
    await until(() => last(id)?.state === 'done')
    const { plans, measure, share } = last(id)!
    expect([measure, share]).toEqual(['customerMinutesOut', 1])
    expect(plans.every(({ runs }) => runs === 2)).toBe(true)
    const differences = plans.map(({ against }) => against!.customerMinutesOut.difference)
    expect(differences).toEqual([...differences].sort((a, b) => a - b))
    const ids = plans.map((plan) => plan.id)
    expect(ids.indexOf('ties')).toBeLessThan(ids.indexOf('nothing'))
    expect(plans.find((plan) => plan.id === 'nothing')!.against!.customerMinutesOut.difference).toBe(0)
    expect(plans[0].against!.customerMinutesOut.interval).toBeDefined()
  })

  test('are refused of what the city has not, and end with their page', async () => {
    expect(() => responses.take({ ...asked, incident: { kind: 'feederOut', feeder: 99 } }, 'me')).toThrow(
      /row 99/,
    )
    const id = responses.take({ ...asked, horizonS: 7200, members: 10 }, 'me')
    await until(() => last(id)?.state === 'running')
    expect(() => responses.take({ do: 'stop', id }, 'you')).toThrow('you have no plans')
    responses.left('me')
    expect(last(id)?.state).toBe('stopped')
    expect(responses.running).toBe(0)
  })
})
