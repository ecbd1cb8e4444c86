/**
 * Seeking in a recorded day of Montevideo, and what the day weighs. The day's frames are real: by default two hours are stepped
 * whole, without pacing, and of the others a few minutes, laid down until the hour is full; with CITYTWIN_BENCH_DAY=whole all 86,400 seconds are
 * stepped, which takes about half an hour.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { City } from '../../twin/city.ts'
import { eventTable } from '../../twin/events.ts'
import type { ColumnSpecs, Table, TableSpec } from '../../twin/kernel/table.ts'
import { indicatorTable } from '../../twin/objectives/tables.ts'
import { writeRecording } from '../../twin/protocol/recording.ts'
import type { Twin } from '../../twin/twin.ts'
import { openSegmentLog } from '../../server/history/log/segmentLog.ts'
import { Recorder } from '../../server/history/recorder.ts'
import { RecordIndex } from '../../server/history/recordIndex.ts'
import { Replay } from '../../server/history/replay.ts'
import { citiesFolder, openCity, readDatasets } from '../../server/loop/cityFolder.ts'
import { utcOffsetS } from '../../server/loop/cityTime.ts'
import { Framer, type Framed } from '../../server/loop/framer.ts'
import { warmTwin } from '../../server/loop/makeTwin.ts'
import { parseCity } from '../../twin/city.ts'

const CITY = 'montevideo'
// Any Monday will do; local midnight.
const MIDNIGHT_MS = Date.parse('2026-11-23T03:00:00Z')
const HOUR_MS = 3_600_000
const SAMPLE_S = 120
/** The quietest and the fullest are stepped to their end. */
const REAL_HOURS = [3, 18]
const SEEKS = 1000

export async function bench(log: (line: string) => void): Promise<void> {
  const isWhole = process.env['CITYTWIN_BENCH_DAY'] === 'whole'
  const folder = await openCity(citiesFolder, CITY)
  const city = parseCity(await readDatasets(folder))
  const place = mkdtempSync(join(tmpdir(), 'citytwin-day-'))
  try {
    const day = new Day(place)
    await day.open()
    const startMs = performance.now()
    let twin: Twin | undefined
    for (let hour = 0; hour < 24; hour++) {
      const before = day.bytes
      if (twin === undefined || !isWhole)
        twin = await warmAt(city, folder.folder, MIDNIGHT_MS + hour * HOUR_MS)
      await day.hour(twin, hour, isWhole || REAL_HOURS.includes(hour) ? 3600 : SAMPLE_S)
      if (REAL_HOURS.includes(hour))
        log(
          JSON.stringify({
            bench: 'replay',
            what: `hour of ${hour}:00`,
            megabytes: mega(day.bytes - before),
          }),
        )
    }
    log(
      JSON.stringify({
        bench: 'replay',
        what: 'a day on disk',
        city: CITY,
        made: isWhole
          ? 'all seconds stepped'
          : `hours ${REAL_HOURS.join(' and ')} whole; of others ${SAMPLE_S} s, laid down ${3600 / SAMPLE_S} times`,
        megabytes: mega(day.bytes),
        frames: day.frames,
        minutesToMake: Math.round((performance.now() - startMs) / 6000) / 10,
      }),
    )
    log(JSON.stringify({ bench: 'replay', what: 'seek at the server', ...(await day.seeks()) }))
    await day.close()
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}

async function warmAt(city: City, folder: string, startMs: number): Promise<Twin> {
  const offsetS = utcOffsetS(city.info.timeZone, startMs)
  return warmTwin(city, folder, { seed: city.info.seed, startMs, utcOffsetS: offsetS })
}

/** A recording whose wall clock is the city's. */
class Day {
  frames = 0
  private readonly place: string
  private wallMs = MIDNIGHT_MS
  private logs!: Awaited<ReturnType<Day['make']>>
  private recorder!: Recorder

  constructor(place: string) {
    this.place = place
  }

  get bytes(): number {
    return this.logs.frames.bytes + this.logs.index.bytes
  }

  async open(): Promise<void> {
    this.logs = await this.make()
    this.recorder = new Recorder({
      frames: this.logs.frames,
      index: this.logs.index,
      lastRun: 0,
      schemaHash: 1,
      log: (line) => console.error(line),
      nowMs: () => this.wallMs,
    })
  }

  /** One hour of frames: `steps` are made, and laid down again and again until the hour is full. */
  async hour(twin: Twin, hour: number, steps: number): Promise<void> {
    const framer = new Framer(twin.tables)
    const table = <S extends ColumnSpecs>(spec: TableSpec<S>) =>
      twin.tables.find(({ spec: { name } }) => name === spec.name) as unknown as Table<S>
    const made: { delta: Framed; key: Framed | undefined }[] = []
    const startMs = MIDNIGHT_MS + hour * HOUR_MS
    framer.next(twin.clock.tick)
    for (let s = 0; s < 3600; s++) {
      if (made.length < steps) {
        if (s > 0) twin.step()
        const delta = framer.next(twin.clock.tick)
        made.push({ delta, key: s % 30 === 0 ? framer.keyframe() : undefined })
      }
      const { delta, key } = made[s % made.length]
      const tick = s * 50
      this.wallMs = startMs + s * 1000
      const first = s === 0 && key !== undefined
      this.recorder.frame(first ? { ...key, tick } : { ...delta, tick, isKeyframe: false }, {
        startMs,
        utcOffsetS: 0,
      })
      this.recorder.note(table(eventTable), table(indicatorTable), tick)
      if (key !== undefined) this.recorder.keyframe({ ...key, tick })
      this.frames++
      if (s % 30 === 0) await this.recorder.settled()
    }
    await this.recorder.settled()
    await this.logs.frames.trim()
  }

  /** Random moments of the day, each as a server that has just started would answer the first of them. */
  async seeks(): Promise<object> {
    await this.close()
    const openedMs = performance.now()
    this.logs = await this.make()
    const index = new RecordIndex()
    await index.load(this.logs.index)
    const openMs = performance.now() - openedMs
    const replay = new Replay(this.logs.frames, index)
    const times: number[] = []
    let bytes = 0
    let random = 1
    for (let i = 0; i < SEEKS; i++) {
      random = (Math.imul(random, 1_664_525) + 1_013_904_223) >>> 0
      const timeMs = MIDNIGHT_MS + Math.floor((random / 2 ** 32) * 86_399) * 1000
      const fromMs = performance.now()
      const { moments, runs } = await replay.stretch(timeMs, timeMs)
      const body = writeRecording({ cityId: CITY, schemaHash: 1, epoch: '', runs }, moments)
      times.push(performance.now() - fromMs)
      bytes += body.length
    }
    times.sort((a, b) => a - b)
    const at = (share: number) => Math.round(times[Math.floor(share * (times.length - 1))] * 100) / 100
    return {
      seeks: SEEKS,
      p50Ms: at(0.5),
      p99Ms: at(0.99),
      maxMs: at(1),
      meanBodyBytes: Math.round(bytes / SEEKS),
      openMs: Math.round(openMs),
    }
  }

  async close(): Promise<void> {
    await this.logs.frames.close()
    await this.logs.index.close()
  }

  private async make() {
    const nowMs = () => this.wallMs
    const keepMs = 25 * HOUR_MS
    return {
      frames: await openSegmentLog({ folder: join(this.place, 'frames'), nowMs, keepMs }),
      index: await openSegmentLog({ folder: join(this.place, 'index'), nowMs, keepMs }),
    }
  }
}

function mega(bytes: number): number {
  return Math.round(bytes / 1e4) / 100
}
