/** Drills in their threads: played to the end, proved by their file, refused in words, and gone with their page. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Drills } from '../../../server/loop/drill/drills.ts'
import type { DrillState } from '../../../twin/protocol/drillMessages.ts'
import { makeTownFolder, type TownFolder } from '../fixtures/townFolder.ts'

let town: TownFolder
let drills: Drills
let frames = 0
const told: DrillState[] = []
const last = (id: string) => told.findLast((state) => state.id === id)

beforeAll(() => {
  town = makeTownFolder()
  const silent = () => undefined
  drills = new Drills(
    { root: town.root, cityId: 'small' },
    {
      opened: silent,
      frame: () => frames++,
      keyframe: silent,
      closed: silent,
      state: (_owners, state) => told.push(state),
    },
    silent,
  )
})
afterAll(async () => {
  await drills.close()
  town.remove()
})

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 600 && !isSo(); tries++) await new Promise((resolve) => setTimeout(resolve, 50))
  expect(isSo()).toBe(true)
}

describe('drills', () => {
  test('are played to their end, and their file is true', async () => {
    const id = await drills.take({ do: 'start' }, 'me')
    await until(() => (last(id)?.offers.length ?? 0) > 0)
    const offer = last(id)!.offers.find(({ crew, refused }) => crew === 'grid' && refused === undefined)!
    await drills.take({ do: 'act', id, edits: [...offer.edits] }, 'me')
    await expect(drills.take({ do: 'act', id, edits: [...offer.edits] }, 'me')).rejects.toThrow()
    await expect(drills.take({ do: 'undo', id, act: 'a1' }, 'you')).rejects.toThrow('you have no drill')
    await drills.take({ do: 'pace', id, pace: 1000 }, 'me')
    await until(() => last(id)?.state === 'done')
    const { file, score, work } = last(id)!
    expect(work).toHaveLength(offer.edits.length)
    expect(score.customerMinutes.played).toBeLessThan(score.customerMinutes.base)
    expect(frames).toBeGreaterThan(2)
    const check = await drills.take({ do: 'verify', file: file! }, 'me')
    await until(() => last(check)?.verdict !== undefined)
    expect(last(check)!.verdict).toMatchObject({ isTrue: true, came: score })
  })

  test('of a file that is none, or of other data, fail with a sentence', async () => {
    const id = await drills.take({ do: 'verify', file: '{}' }, 'me')
    await until(() => last(id)?.state === 'failed')
    expect(last(id)!.error).toMatch(/^drill: line 1/)
  })

  test('wait for their turn, and end with their page', async () => {
    const ids = await Promise.all(['a', 'b', 'c'].map((owner) => drills.take({ do: 'start' }, owner)))
    await until(() => last(ids[1])?.state === 'playing')
    expect(last(ids[2])?.state).toBe('queued')
    drills.left('a')
    expect(last(ids[0])?.state).toBe('stopped')
    await until(() => last(ids[2])?.state === 'playing')
    drills.left('b')
    drills.left('c')
    expect(drills.running).toBe(0)
  })
})
