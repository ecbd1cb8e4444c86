/** What a page remembers of a city that runs in it is what a file of the same moments holds, as far back as it remembers. */
import { deflateSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { MEMORY_MS, memoryPast } from '../../../client/source/memoryPast.ts'
import { filePast } from '../../../client/source/pastStore.ts'
import { publishedTables } from '../../../twin/domains.ts'
import { FrameEncoder, schemaHash } from '../../../twin/protocol/frame.ts'
import { writeMoment, writeRecording, type Moment } from '../../../twin/protocol/recording.ts'
import { makePulseTwin } from '../../server/fixtures/pulseTwin.ts'

const START_MS = 1_700_000_040_000
const run = { run: 1, startMs: START_MS, utcOffsetS: 3600 }

/** A frame a second, a keyframe in place of every thirtieth. */
function moments(seconds: number): Moment[] {
  const twin = makePulseTwin(24, START_MS)
  const encoder = new FrameEncoder(twin.tables)
  return Array.from({ length: seconds }, (_, s) => {
    if (s > 0) twin.step()
    if (s === 50) twin.command({ kind: 'setLinkClosed', link: 3, isClosed: true })
    const { tick } = twin.clock
    const delta = encoder.delta(tick)
    const isKeyframe = s % 30 === 0
    const cityMs = START_MS + s * 1000
    const frame = deflateSync(isKeyframe ? encoder.keyframe() : delta, { level: 1 })
    return { isKeyframe, run: 1, tick, cityMs, wallMs: cityMs, frame }
  })
}

describe('a page that remembers', () => {
  const all = moments(200)
  const memory = memoryPast('small')
  for (const moment of all) memory.keep([moment], run)
  const header = { cityId: 'small', schemaHash: schemaHash(publishedTables), epoch: 'e', runs: [run] }
  const file = filePast(writeRecording(header, all.map(writeMoment)) as Uint8Array<ArrayBuffer>, 'small')
  const endMs = START_MS + 200_000

  it('has the same span, marks and courses as a file of the same moments', async () => {
    expect(await memory.span()).toEqual(await file.span())
    expect(await memory.marks(START_MS, endMs, 60_000)).toEqual(await file.marks(START_MS, endMs, 60_000))
    const ours = await memory.values(0, START_MS, endMs)
    const theirs = await file.values(0, START_MS, endMs)
    // the page looks twice as often
    const seen = new Map(ours.timesMs.map((timeMs, i) => [timeMs, ours.values[i]]))
    expect(theirs.timesMs.map((timeMs) => seen.get(timeMs))).toEqual(theirs.values)
  })

  it.each([0, 15_000, 30_000, 100_500, 190_000])(
    'gives the same moments of the piece at %i ms',
    async (atMs) => {
      const piece = await memory.piece(START_MS + atMs)
      expect(piece.moments).toEqual((await file.piece(START_MS + atMs)).moments)
      expect(piece.moments[0].isKeyframe).toBe(true)
    },
  )

  it('says of the newest piece that it is not whole, and gives what has come since', async () => {
    const piece = await memory.piece(START_MS + 180_000)
    expect(piece.isWhole).toBe(false)
    expect((await memory.piece(START_MS)).isWhole).toBe(true)
    const more = await memory.more(all[190], endMs)
    expect(more.moments).toEqual(all.slice(191))
  })

  it('saves a file that opens', async () => {
    const saved = filePast(await memory.file(START_MS + 60_000, START_MS + 90_000), 'small')
    expect((await saved.span()).parts).toEqual([{ fromMs: START_MS + 60_000, toMs: START_MS + 90_000 }])
  })
})

it('forgets what is older than an hour, and still begins with a whole picture', async () => {
  const memory = memoryPast('small')
  // a frame every ten seconds is enough to see it
  for (const moment of moments(500).map((each, i) => ({ ...each, cityMs: START_MS + i * 10_000 })))
    memory.keep([moment], run)
  const [{ fromMs, toMs }] = (await memory.span()).parts
  expect(toMs - fromMs).toBeGreaterThan(MEMORY_MS - 300_000)
  expect(toMs - fromMs).toBeLessThan(MEMORY_MS + 400_000)
  expect((await memory.piece(fromMs)).moments[0].isKeyframe).toBe(true)
})
