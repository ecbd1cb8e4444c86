/** What is recorded is what was sent; any moment of it can be shown again; the stream never waits for the disk. */
import { inflateRawSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { Framer } from '../../../server/loop/framer.ts'
import type { Log } from '../../../server/history/log/log.ts'
import { Chronicle, presentVolume } from '../../../server/history/chronicle.ts'
import { openSegmentLog } from '../../../server/history/log/segmentLog.ts'
import { Recorder } from '../../../server/history/recorder.ts'
import { RecordIndex } from '../../../server/history/recordIndex.ts'
import { Replay } from '../../../server/history/replay.ts'
import { publishedTables } from '../../../twin/domains.ts'
import { eventTable } from '../../../twin/events.ts'
import { makeTable, type ColumnSpecs, type Table, type TableSpec } from '../../../twin/kernel/table.ts'
import { indicatorTable } from '../../../twin/objectives/tables.ts'
import { FrameDecoder } from '../../../twin/protocol/frame.ts'
import { readMoment } from '../../../twin/protocol/recording.ts'
import { makePulseTwin } from '../fixtures/pulseTwin.ts'
import { tempFolder } from '../fixtures/tempFolder.ts'

const START_MS = 1_700_000_040_000

interface Rig {
  readonly replay: Chronicle
  readonly recorder: Recorder
  readonly logged: string[]
  /** Every frame that was sent, by its city time. */
  readonly sent: Map<number, Uint8Array>
  /** Starts a twin, or starts it again. */
  begin(startMs: number): void
  run(seconds: number): Promise<void>
  command(link: number): void
  wallMs: number
  /** Bytes the disk still takes. */
  room: number
}

async function rig(): Promise<Rig> {
  const folder = tempFolder()
  const made: Log[] = []
  onTestFinished(async () => {
    for (const log of made) await log.close()
  })
  const open = async (name: string) => {
    const log = await openSegmentLog({
      folder: `${folder}/${name}`,
      nowMs: () => self.wallMs,
      write: async (file, bytes, at) => {
        const fitting = Math.min(self.room, bytes.length)
        self.room -= fitting
        await file.write(bytes, 0, fitting, at)
        if (fitting < bytes.length) throw new Error('no space left on device')
      },
    })
    made.push(log)
    return log
  }
  let twin = makePulseTwin(24)
  let framer = new Framer(twin.tables, START_MS)
  let startMs = START_MS
  const logged: string[] = []
  const find = <S extends ColumnSpecs>(spec: TableSpec<S>) =>
    twin.tables.find(({ spec: { name } }) => name === spec.name) as unknown as Table<S>
  const self = { wallMs: 0, room: 1e9 } as { -readonly [K in keyof Rig]: Rig[K] }
  const frames = await open('frames')
  const indexLog = await open('index')
  const index = new RecordIndex()
  void index.follow(indexLog)
  const recorder = new Recorder({
    frames,
    index: indexLog,
    lastRun: 0,
    schemaHash: 1,
    log: (line) => logged.push(line),
    nowMs: () => self.wallMs,
  })
  const send = () => {
    const frame = framer.next(twin.clock.tick)
    self.sent.set(startMs + twin.clock.tick * 20, new Uint8Array(frame.bytes))
    recorder.frame(frame, { startMs, utcOffsetS: 0 })
    recorder.note(find(eventTable), find(indicatorTable), frame.tick)
    const key = framer.dueKeyframe()
    if (key !== undefined) recorder.keyframe(key)
  }
  return Object.assign(self, {
    replay: new Chronicle([presentVolume(new Replay(frames, index))], 0),
    recorder,
    logged,
    sent: new Map<number, Uint8Array>(),
    begin(atMs: number) {
      startMs = atMs
      twin = makePulseTwin(24, atMs)
      framer = new Framer(twin.tables, atMs)
      send()
    },
    async run(seconds: number) {
      for (let s = 0; s < seconds; s++) {
        self.wallMs += 1000
        twin.step()
        send()
        if (s % 20 === 0) await recorder.settled()
      }
      await recorder.settled()
      while (index.at < (await indexLog.head())) await new Promise((resolve) => setImmediate(resolve))
    },
    command: (link: number) => twin.command({ kind: 'setLinkClosed', link, isClosed: true }),
  })
}

/** The tables at the end of a stretch, as a page would have them. */
function shown(moments: readonly Uint8Array[]): FrameDecoder {
  const decoder = new FrameDecoder(publishedTables.map((spec) => makeTable(spec, 0)))
  for (const bytes of moments)
    expect(decoder.apply(inflateRawSync(readMoment(bytes).frame)), 'no frame is missing').toBe(true)
  return decoder
}

const columnsOf = ({ tables }: FrameDecoder) =>
  tables.map(({ columns, rows }) => [rows, Object.values(columns).map((column) => [...column])])

describe('the recorder', () => {
  it('keeps every frame bit for bit as it was sent', async () => {
    const { run, begin, replay, sent } = await rig()
    begin(START_MS)
    await run(150)
    const { moments } = await replay.stretch(START_MS, START_MS + 150_000)
    const deltas = moments.map((bytes) => readMoment(bytes))
    expect(deltas.map(({ cityMs }) => cityMs)).toEqual([...sent.keys()])
    for (const { cityMs, frame } of deltas) expect(Buffer.compare(frame, sent.get(cityMs)!)).toBe(0)
  })

  it('shows at any second the same tables as whoever watched live had', async () => {
    const { run, begin, replay, sent, command } = await rig()
    begin(START_MS)
    await run(50)
    command(3)
    await run(100)
    const live = new FrameDecoder(publishedTables.map((spec) => makeTable(spec, 0)))
    for (const [timeMs, frame] of sent) {
      live.apply(inflateRawSync(frame))
      const { moments } = await replay.stretch(timeMs, timeMs)
      expect(moments.length).toBeLessThanOrEqual(61)
      const then = shown(moments)
      expect([then.tick, columnsOf(then)]).toEqual([live.tick, columnsOf(live)])
    }
  })

  it.each([0, 789, 7_300, 16_800, 28_900])(
    'begun %d ms into a half minute, soon has a keyframe within a second before each, so that a piece brings nothing older',
    async (intoMs) => {
      const { run, begin, replay } = await rig()
      begin(START_MS + intoMs)
      await run(200)
      for (let pieceMs = START_MS + 60_000; pieceMs <= START_MS + 180_000; pieceMs += 30_000) {
        const { moments } = await replay.stretch(pieceMs, pieceMs + 29_999)
        const first = readMoment(moments[0])
        expect(first.isKeyframe).toBe(true)
        expect(pieceMs - first.cityMs).toBeLessThanOrEqual(1000)
      }
    },
  )

  it('gives who has a moment only what follows it', async () => {
    const { run, begin, replay } = await rig()
    begin(START_MS)
    await run(130)
    const first = await replay.stretch(START_MS + 50_000, START_MS + 55_000)
    const rest = await replay.after(1, START_MS + 55_000, START_MS + 125_000)
    expect(rest.moments.length).toBe(70)
    const whole = await replay.stretch(START_MS + 125_000, START_MS + 125_000)
    expect(columnsOf(shown([...first.moments, ...rest.moments]))).toEqual(columnsOf(shown(whole.moments)))
  })

  it('that a twin is started again begins a run; of two that showed the same hour the later is the past', async () => {
    const { run, begin, replay } = await rig()
    begin(START_MS)
    await run(100)
    begin(START_MS + 60_000)
    await run(10)
    const { parts } = await replay.span()
    expect(parts.map(({ run: id, fromMs, toMs }) => [id, fromMs - START_MS, toMs - START_MS])).toEqual([
      [1, 0, 60_000],
      [2, 60_000, 70_000],
    ])
    const across = await replay.stretch(START_MS + 55_000, START_MS + 65_000)
    expect(across.runs.map(({ run: id }) => id)).toEqual([1, 2])
    expect(shown(across.moments).tick).toBe(5 * 50)
    // between two parts, the last picture before the gap
    begin(START_MS + 200_000)
    await run(3)
    expect(shown((await replay.stretch(START_MS + 100_000, START_MS + 100_000)).moments).tick).toBe(10 * 50)
  })

  it('on a full disk lets the stream go on, says so once a minute, and marks the gap', async () => {
    const rigged = await rig()
    const { run, begin, replay, recorder, logged } = rigged
    begin(START_MS)
    await run(70)
    rigged.room = 100
    await run(130)
    expect(recorder.state).toMatchObject({ state: 'failing', why: 'no space left on device' })
    const told = logged.filter((line) => line.includes('Nothing is being recorded')).length
    expect([2, 3]).toContain(told)
    rigged.room = 1e9
    await run(60)
    expect(recorder.state).toEqual({ state: 'recording' })
    const { lost, parts } = await replay.span()
    expect(lost).toHaveLength(1)
    expect(lost[0].fromMs).toBeGreaterThanOrEqual(START_MS + 70_000)
    expect(lost[0].toMs).toBeLessThanOrEqual(START_MS + 211_000)
    expect(parts).toHaveLength(1)
    // before, in and after the gap the chain of frames holds
    for (const s of [65, 150, 205, 230, 259]) {
      const { moments } = await replay.stretch(START_MS + s * 1000, START_MS + s * 1000)
      expect(shown(moments).tick).toBeLessThanOrEqual(s * 50)
    }
    expect(shown((await replay.stretch(START_MS + 60_000, START_MS + 259_000)).moments).tick).toBe(259 * 50)
  })

  it('keeps what happened and the course of the indicators', async () => {
    const { run, begin, replay, command } = await rig()
    begin(START_MS)
    await run(30)
    command(5)
    await run(90)
    const events = await replay.events(START_MS, START_MS + 120_000)
    expect(events).toEqual([{ kind: 'linkClosed', row: 5, value: 0, timeMs: START_MS + 31_000 }])
    expect(await replay.events(START_MS + 40_000, START_MS + 120_000)).toEqual([])
    const { timesMs, values } = await replay.values(0, START_MS, START_MS + 120_000, 100)
    expect(timesMs).toEqual(Array.from({ length: 13 }, (_, i) => START_MS + i * 10_000))
    expect(values[3]).toBe(30)
  })

  it('gives keyframes alone, as far apart as asked', async () => {
    const { run, begin, replay } = await rig()
    begin(START_MS)
    await run(400)
    const { moments } = await replay.keyframes(START_MS, START_MS + 400_000, 120_000)
    const read = moments.map((bytes) => readMoment(bytes))
    expect(read.every(({ isKeyframe }) => isKeyframe)).toBe(true)
    expect(read).toHaveLength(4)
    for (const bytes of moments) shown([bytes])
  })
})
