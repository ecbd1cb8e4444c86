/** A page that goes through the past has at every moment the tables that whoever watched live had. */
import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newDecoder } from '../../../client/source/newDecoder.ts'
import { filePast, type PastStore } from '../../../client/source/pastStore.ts'
import { ReplayPlayer } from '../../../client/source/replayPlayer.ts'
import { publishedTables } from '../../../twin/domains.ts'
import { FrameEncoder, schemaHash } from '../../../twin/protocol/frame.ts'
import { readRecording, writeMoment, writeRecording, type Moment } from '../../../twin/protocol/recording.ts'
import { makePulseTwin } from '../../server/fixtures/pulseTwin.ts'

const START_MS = 1_700_000_040_000
const SECONDS = 400
const tablesNow = (tables: readonly { rows: number; columns: object }[]) =>
  JSON.stringify(
    tables.map(({ rows, columns }) => [rows, Object.values(columns).map((c: number[]) => [...c])]),
  )

/** Two runs with a gap of a minute between; `truth` is what was shown live at each second. */
function record(): { file: Uint8Array<ArrayBuffer>; truth: Map<number, string> } {
  const moments: Moment[] = []
  const truth = new Map<number, string>()
  for (const [run, beginMs, seconds] of [
    [1, START_MS, 200],
    [2, START_MS + 260_000, SECONDS - 260],
  ] as const) {
    const twin = makePulseTwin(24, beginMs)
    const encoder = new FrameEncoder(twin.tables)
    const live = newDecoder()
    for (let s = 0; s <= seconds; s++) {
      if (s > 0) twin.step()
      if (s === 50) twin.command({ kind: 'setLinkClosed', link: 3, isClosed: true })
      const { tick } = twin.clock
      const cityMs = beginMs + s * 1000
      const add = (isKeyframe: boolean, frame: Uint8Array) =>
        moments.push({
          isKeyframe,
          run,
          tick,
          cityMs,
          wallMs: 0,
          frame: new Uint8Array(deflateRawSync(frame)),
        })
      const delta = encoder.delta(tick)
      live.apply(delta)
      add(s === 0, delta)
      if (s > 0 && s % 30 === 0) add(true, encoder.keyframe())
      truth.set(cityMs, tablesNow(live.tables))
    }
  }
  const runs = [
    { run: 1, startMs: START_MS, utcOffsetS: 0 },
    { run: 2, startMs: START_MS + 260_000, utcOffsetS: 0 },
  ]
  const header = { cityId: 'small', schemaHash: schemaHash(publishedTables), epoch: 'e', runs }
  return { file: writeRecording(header, moments.map(writeMoment)) as Uint8Array<ArrayBuffer>, truth }
}

const { file, truth } = record()
/** The last recorded second at or before. */
const shownAt = (timeMs: number) => Math.max(...[...truth.keys()].filter((key) => key <= timeMs))

describe('going through the past', () => {
  it('in any order shows at each second what was live, played on, sought or made ready before', async () => {
    const second = fc.integer({ min: 0, max: SECONDS })
    const move = fc.record({ toS: second, isJump: fc.boolean(), readyS: fc.option(second) })
    const moves = fc.array(move, { minLength: 1, maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(moves, async (list) => {
        const player = new ReplayPlayer(filePast(file, 'small'))
        const page = newDecoder()
        for (const { toS, isJump, readyS } of list) {
          const timeMs = START_MS + toS * 1000
          if (readyS !== null) await player.prepare(START_MS + readyS * 1000)
          const picture = await player.show({ timeMs, isJump, isCoarse: false })
          expect(picture.timeMs).toBe(shownAt(timeMs))
          expect(page.apply(picture.bytes), 'nothing is missing before it').toBe(true)
          expect(picture.startMs + page.tick * 20).toBe(picture.timeMs)
          expect(tablesNow(page.tables)).toBe(truth.get(picture.timeMs))
        }
      }),
      { numRuns: 12, seed: 5 },
    )
  })

  it('in whole minutes shows pictures that were live', async () => {
    const player = new ReplayPlayer(filePast(file, 'small'))
    const page = newDecoder()
    for (let s = 0; s <= SECONDS; s += 75) {
      const picture = await player.show({ timeMs: START_MS + s * 1000, isJump: s === 0, isCoarse: true })
      page.apply(picture.bytes)
      expect(tablesNow(page.tables)).toBe(truth.get(picture.timeMs))
    }
  })

  it('follows a piece that is still being recorded without fetching it twice', async () => {
    const whole = filePast(file, 'small')
    const { moments, header } = readRecording(file)
    let nowMs = START_MS + 70_000
    const fetched: string[] = []
    const growing: PastStore = {
      ...whole,
      async piece(fromMs) {
        fetched.push('piece')
        const piece = await whole.piece(fromMs)
        return { ...piece, isWhole: false, moments: piece.moments.filter(({ cityMs }) => cityMs <= nowMs) }
      },
      async more({ cityMs: afterMs }, toMs) {
        fetched.push('more')
        const fresh = moments.filter(
          ({ cityMs, isKeyframe }) => cityMs > afterMs && cityMs <= Math.min(toMs, nowMs) && !isKeyframe,
        )
        return { moments: fresh, runs: header.runs, isWhole: false }
      },
    }
    const player = new ReplayPlayer(growing)
    const page = newDecoder()
    for (let s = 65; s < 110; s++) {
      nowMs = Math.max(nowMs, START_MS + s * 1000)
      const picture = await player.show({ timeMs: START_MS + s * 1000, isJump: s === 65, isCoarse: false })
      page.apply(picture.bytes)
      expect(picture.timeMs).toBe(START_MS + s * 1000)
      expect(tablesNow(page.tables)).toBe(truth.get(picture.timeMs))
    }
    expect(fetched.filter((each) => each === 'more').length).toBeGreaterThan(30)
    expect(fetched.filter((each) => each === 'piece').length).toBeLessThan(8)
  })
})

describe('a saved recording', () => {
  it('says what it spans, and what a number did', async () => {
    const past = filePast(file, 'small')
    const { parts } = await past.span()
    expect(parts).toEqual([{ fromMs: START_MS, toMs: START_MS + SECONDS * 1000 }])
    const { timesMs, values } = await past.values(0, START_MS, START_MS + 100_000)
    expect(timesMs).toHaveLength(11)
    expect(values[5]).toBe(50)
    const { incidents } = await past.marks(START_MS, START_MS + 100_000, 60_000)
    expect(incidents.map(({ kind, row }) => [kind, row])).toEqual([['linkClosed', 3]])
  })

  it('saved again in part shows the same', async () => {
    const part = await filePast(file, 'small').file(START_MS + 100_000, START_MS + 150_000)
    const player = new ReplayPlayer(filePast(part, 'small'))
    const page = newDecoder()
    const picture = await player.show({ timeMs: START_MS + 140_000, isJump: true, isCoarse: false })
    page.apply(picture.bytes)
    expect(tablesNow(page.tables)).toBe(truth.get(START_MS + 140_000))
  })

  it('of another city, of other tables or without a picture is refused with a sentence', () => {
    expect(() => filePast(file, 'astana')).toThrow('This recording is of small; this page shows astana.')
    const { header, moments } = readRecording(file)
    const make = (change: object, list: readonly Moment[]) =>
      writeRecording({ ...header, ...change }, list.map(writeMoment)) as Uint8Array<ArrayBuffer>
    expect(() => filePast(make({ schemaHash: 1 }, moments), 'small')).toThrow(/another release of Citytwin/)
    expect(() => filePast(make({}, moments.slice(1)), 'small')).toThrow(/no picture to begin from/)
    expect(() => filePast(make({}, []), 'small')).toThrow(/no picture to begin from/)
    expect(() => filePast(make({}, [moments[0], moments[5]]), 'small')).toThrow(/lacks a frame/)
    expect(() => filePast(make({ runs: [] }, moments), 'small')).toThrow(/does not say when it began/)
  })
})

it('a file whose pictures cannot be read says so in a sentence, though its checksums are right', () => {
  const { header, moments } = readRecording(file)
  const [first, second, ...rest] = moments
  const broken = [first, { ...second, frame: second.frame.subarray(0, 5) }, ...rest].map(writeMoment)
  const said = writeRecording(header, broken) as Uint8Array<ArrayBuffer>
  expect(() => filePast(said, 'small')).toThrow('This recording is damaged')
})
