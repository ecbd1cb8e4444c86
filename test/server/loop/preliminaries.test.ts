/** First answers for pages: the last question of each counts, and the others are let go. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Preliminaries } from '../../../server/loop/preliminary/preliminaries.ts'
import type { AskPreliminary } from '../../../twin/protocol/messages.ts'
import { makeTownFolder, type TownFolder } from '../fixtures/townFolder.ts'

const facts = { seed: 5, startMs: Date.UTC(2024, 2, 12, 20), utcOffsetS: -3 * 3600 }
const asked: AskPreliminary = {
  edits: [{ kind: 'changeDemand', id: 'more', factor: 2 }],
  horizonS: 1800,
  atS: 18 * 3600,
}
const logged: string[] = []
let town: TownFolder
let preliminaries: Preliminaries

beforeAll(() => {
  town = makeTownFolder()
  preliminaries = new Preliminaries({
    root: town.root,
    cityId: 'small',
    facts: () => facts,
    timeMs: () => facts.startMs,
    log: (line) => logged.push(line),
  })
})
afterAll(async () => {
  await preliminaries.close()
  town.remove()
})

test('the last question of a page is answered, and the one before it given up', async () => {
  const first = preliminaries.ask(asked, 'me')
  const other = preliminaries.ask({ ...asked, atS: undefined }, 'you')
  const last = preliminaries.ask({ ...asked, edits: [] }, 'me')
  // that is no fault of the page, and no refusal
  expect(await first).toBeUndefined()
  const [mine, yours] = (await Promise.all([last, other])).map((answer) => answer!)
  expect(mine.hour).toBe(18)
  expect(mine.measures.every(({ difference }) => difference === 0)).toBe(true)
  expect(yours.hour).toBe(17)
  expect(yours.measures.find(({ id }) => id === 'tripsEnded')!.difference).toBeGreaterThan(0)
  expect(mine.seconds).toBeGreaterThan(0)
  expect(logged).toEqual([])
})

test('who leaves is not waited for, and others are answered all the same', async () => {
  const gone = preliminaries.ask(asked, 'me')
  preliminaries.left('me')
  expect(await gone).toBeUndefined()
  expect((await preliminaries.ask(asked, 'you'))?.isDemandEdited).toBe(true)
})
