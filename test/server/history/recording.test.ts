/** What a release with other tables recorded is kept, shown with what is recorded now, and never goes without a word. */
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inflateRawSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openSegmentLog } from '../../../server/history/log/segmentLog.ts'
import { openRecording, type Recording } from '../../../server/history/recording.ts'
import { Recorder } from '../../../server/history/recorder.ts'
import { Framer } from '../../../server/loop/framer.ts'
import { publishedTables } from '../../../twin/domains.ts'
import { eventTable } from '../../../twin/events.ts'
import { makeTable, type Table } from '../../../twin/kernel/table.ts'
import { indicatorTable } from '../../../twin/objectives/tables.ts'
import { FrameDecoder } from '../../../twin/protocol/frame.ts'
import { readMoment, readRecording } from '../../../twin/protocol/recording.ts'
import { linkTable } from '../../../twin/traffic/tables.ts'
import { makePulseTwin } from '../fixtures/pulseTwin.ts'
import { tempFolder } from '../fixtures/tempFolder.ts'

const first = readRecording(
  new Uint8Array(readFileSync(new URL('../../fixtures/recordings/firstSchema.citytwin', import.meta.url))),
)
const FIRST_MS = first.moments[0].cityMs
const LAST_MS = first.moments.at(-1)!.cityMs
const name = first.header.schemaHash.toString(16).padStart(8, '0')

/** What the first release left in its folder: two runs of the same few seconds, an hour apart, and an event. */
async function leaveFirst(folder: string): Promise<void> {
  const nowMs = () => Date.now()
  const [frames, index] = await Promise.all(
    ['frames', 'index'].map((log) => openSegmentLog({ folder: join(folder, name, log), nowMs })),
  )
  const { schemaHash } = first.header
  const recorder = new Recorder({ frames, index, lastRun: 0, schemaHash, log: () => {}, nowMs })
  const events = makeTable(eventTable, 1)
  events.columns.kind[0] = 7
  events.columns.row[0] = 3
  events.columns.tick[0] = first.moments[2].tick
  for (const startMs of [first.header.runs[0].startMs, first.header.runs[0].startMs + 3_600_000]) {
    for (const { frame, tick, isKeyframe } of first.moments) {
      const bytes = frame.slice().buffer as ArrayBuffer
      recorder.frame({ tick, isKeyframe, bytes }, { startMs, utcOffsetS: 0 })
      recorder.note(events, makeTable(indicatorTable, 1), tick)
    }
  }
  await recorder.settled()
  await Promise.all([frames.close(), index.close()])
}

async function open(folder: string): Promise<{ recording: Recording; logged: string[] }> {
  const logged: string[] = []
  const log = (line: string) => void logged.push(line)
  const recording = await openRecording({ folder, keepHours: 24, keepBytes: 1e9, log })
  onTestFinished(() => recording.close())
  return { recording, logged }
}

function shown(moments: readonly Uint8Array[]): Table {
  const decoder = new FrameDecoder(publishedTables.map((spec) => makeTable(spec, 0)))
  for (const bytes of moments)
    expect(decoder.apply(inflateRawSync(readMoment(bytes).frame)), 'no frame is missing').toBe(true)
  return decoder.tables.find(({ spec }) => spec.name === linkTable.name)!
}

describe('a recording of the first release', () => {
  it('is the past of a server of today, with its events and in today’s tables', async () => {
    const folder = tempFolder()
    await leaveFirst(folder)
    const { recording, logged } = await open(folder)
    expect(logged.join()).toContain('is read along')
    const { parts, unreadable } = await recording.replay.span()
    expect(unreadable).toBe(0)
    expect(parts.map(({ fromMs, toMs }) => [fromMs, toMs])).toEqual([
      [FIRST_MS, LAST_MS],
      [FIRST_MS + 3_600_000, LAST_MS + 3_600_000],
    ])
    const { moments, runs } = await recording.replay.stretch(FIRST_MS, LAST_MS)
    expect(moments).toHaveLength(first.moments.length)
    expect(runs.map(({ run }) => run)).toEqual([parts[0].run])
    expect(readMoment(moments[0]).run).toBe(parts[0].run)
    const links = shown(moments).columns
    expect(links['isClosed'][3]).toBe(1)
    expect(shown(moments.slice(0, 1)).columns['isClosed'][3]).toBe(0)
    const events = await recording.replay.events(FIRST_MS, LAST_MS)
    expect(events).toMatchObject([{ kind: 'linkClosed', row: 3 }])
    expect((await recording.replay.keyframes(FIRST_MS, LAST_MS + 3_600_000, 1_800_000)).moments).toHaveLength(
      2,
    )
  })

  it('goes before what is recorded now, whose runs are others, and gives way where both showed the same hour', async () => {
    const folder = tempFolder()
    await leaveFirst(folder)
    const { recording } = await open(folder)
    const twin = makePulseTwin(24)
    const framer = new Framer(twin.tables)
    const startMs = FIRST_MS + 600_000
    for (let s = 0; s < 3; s++) {
      if (s > 0) twin.step()
      recording.recorder.frame(framer.next(twin.clock.tick), { startMs, utcOffsetS: 0 })
    }
    await recording.recorder.settled()
    await expect.poll(async () => (await recording.replay.span()).parts.length).toBe(2)
    const { parts } = await recording.replay.span()
    expect(parts.map(({ fromMs, toMs }) => [fromMs, toMs])).toEqual([
      [FIRST_MS, LAST_MS],
      [startMs, startMs + 2000],
    ])
    expect(new Set(parts.map(({ run }) => run)).size).toBe(2)
    const across = await recording.replay.stretch(LAST_MS - 1000, startMs + 2000)
    expect(across.moments.map((bytes) => readMoment(bytes).run)).toContain(parts[1].run)
    expect(shown(across.moments).rows).toBe(24)
    expect(
      shown((await recording.replay.stretch(LAST_MS + 60_000, LAST_MS + 60_000)).moments).rows,
    ).toBeGreaterThan(24)
    const rest = await recording.replay.after(parts[0].run, LAST_MS - 1000, LAST_MS)
    expect(rest.moments.map((bytes) => readMoment(bytes).cityMs)).toEqual([LAST_MS])
  })
})

describe('a recording that nothing here can read', () => {
  it('is kept, counted for the page and named in the log', async () => {
    const folder = tempFolder()
    const other = join(folder, 'deadbeef')
    mkdirSync(join(other, 'frames'), { recursive: true })
    writeFileSync(join(other, 'frames/000.seg'), 'not ours')
    const { recording, logged } = await open(folder)
    expect((await recording.replay.span()).unreadable).toBe(1)
    expect(logged.join()).toMatch(/cannot show .*deadbeef/)
    expect(readFileSync(join(other, 'frames/000.seg'), 'utf8')).toBe('not ours')
    expect(readdirSync(other)).toEqual(['frames'])
  })

  it('goes when all in it is older than recordings are kept, and that is said', async () => {
    const folder = tempFolder()
    const other = join(folder, 'deadbeef')
    mkdirSync(other)
    writeFileSync(join(other, 'a'), '')
    const longAgo = new Date(Date.now() - 25 * 3_600_000)
    utimesSync(join(other, 'a'), longAgo, longAgo)
    const { logged } = await open(folder)
    expect(existsSync(other)).toBe(false)
    expect(logged.join()).toContain('is gone')
  })
})

it('a recording says in its folder how it is read', async () => {
  const folder = tempFolder()
  await open(folder)
  const [own] = readdirSync(folder)
  expect(readFileSync(join(folder, own, 'tables.txt'), 'utf8')).toMatch(
    /^traffic\.links speedMps:f32\/0\.25 /,
  )
})
