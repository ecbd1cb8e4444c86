/** The past of a city that runs in the page itself: its moments as they come, the last hour of them, in memory and nowhere else. */
import { publishedTables } from '../../twin/domains.ts'
import { eventKinds, eventTable } from '../../twin/events.ts'
import { TICKS_PER_S } from '../../twin/kernel/clock.ts'
import type { ColumnSpecs, Table, TableSpec } from '../../twin/kernel/table.ts'
import { indicatorTable } from '../../twin/objectives/tables.ts'
import { schemaHash } from '../../twin/protocol/frame.ts'
import { writeMoment, writeRecording, type Moment, type RecordedRun } from '../../twin/protocol/recording.ts'
import { schemaText } from '../../twin/protocol/schemaText.ts'
import { newDecoder } from './newDecoder.ts'
import type { PastEvent } from './pastSource.ts'
import { marksOf, openFrame, PIECE_MS, type PastStore, type Piece } from './pastStore.ts'

/** What is older is let go. */
export const MEMORY_MS = 3_600_000
/** And what does not fit in so many bytes, deflated. */
export const MEMORY_BYTES = 200e6
const VALUES_EVERY_MS = 5000

export interface MemoryPast extends PastStore {
  /** In their order; the first is a keyframe. `startMs` is the Unix time of tick 0. */
  keep(moments: readonly Moment[], run: RecordedRun): void
}

export function memoryPast(cityId: string): MemoryPast {
  let moments: Moment[] = []
  let runs: RecordedRun[] = []
  let bytes = 0
  const decoder = newDecoder()
  const table = <S extends ColumnSpecs>(spec: TableSpec<S>) =>
    decoder.tables.find((each) => each.spec.name === spec.name) as unknown as Table<S>
  const events = new Map<string, PastEvent>()
  let values: { readonly timeMs: number; readonly values: Float32Array }[] = []

  const note = (moment: Moment, startMs: number) => {
    if (!decoder.apply(openFrame(moment))) return
    const { kind, row, tick, value } = table(eventTable).columns
    for (let i = 0; i < table(eventTable).rows; i++) {
      const name = eventKinds[kind[i]]
      if (name === undefined || name === 'none') continue
      const timeMs = startMs + tick[i] * (1000 / TICKS_PER_S)
      events.set(`${i} ${timeMs} ${name}`, { kind: name, row: row[i], value: value[i], timeMs })
    }
    const last = values.at(-1)
    if (last !== undefined && moment.cityMs - last.timeMs < VALUES_EVERY_MS) return
    values.push({
      timeMs: moment.cityMs,
      values: table(indicatorTable).columns.value.slice() as Float32Array,
    })
  }
  /** The oldest go, up to the next keyframe: what is left begins with a whole picture. */
  const letGo = () => {
    const newestMs = moments.at(-1)?.cityMs ?? 0
    const isDue = () => bytes > MEMORY_BYTES || newestMs - moments[0].cityMs > MEMORY_MS + PIECE_MS
    while (moments.length > 1 && isDue()) {
      const next = moments.findIndex(({ isKeyframe }, i) => i > 0 && isKeyframe)
      if (next < 0) return
      for (const { frame } of moments.slice(0, next)) bytes -= frame.length
      moments = moments.slice(next)
      const oldestMs = moments[0].cityMs
      values = values.filter(({ timeMs }) => timeMs >= oldestMs)
      for (const [key, { timeMs }] of events) if (timeMs < oldestMs) events.delete(key)
    }
  }
  const stretch = (fromMs: number, toMs: number): Moment[] => {
    const first = moments.findLastIndex(({ isKeyframe, cityMs }) => isKeyframe && cityMs <= fromMs)
    const end = moments.findLastIndex(({ cityMs }) => cityMs <= toMs)
    return moments.slice(Math.max(0, first), end + 1)
  }
  const pieceOf = (found: readonly Moment[], toMs: number): Piece => ({
    moments: found,
    runs,
    isWhole: (moments.at(-1)?.cityMs ?? -Infinity) > toMs,
  })

  return {
    keep(more, run) {
      if (!runs.some((known) => known.run === run.run)) runs = [...runs, run]
      for (const moment of more) {
        moments.push(moment)
        bytes += moment.frame.length
        note(moment, run.startMs)
      }
      letGo()
    },
    span: async () => ({
      parts: moments.length === 0 ? [] : [{ fromMs: moments[0].cityMs, toMs: moments.at(-1)!.cityMs }],
      lost: [],
    }),
    piece: async (fromMs) => pieceOf(stretch(fromMs, fromMs + PIECE_MS - 1), fromMs + PIECE_MS - 1),
    more: async ({ cityMs }, toMs) =>
      pieceOf(
        moments.filter((moment) => moment.cityMs > cityMs && moment.cityMs <= toMs),
        toMs,
      ),
    keyframes: async (fromMs, toMs) =>
      pieceOf(
        stretch(fromMs, toMs).filter(({ isKeyframe }) => isKeyframe),
        toMs,
      ),
    marks: async (fromMs, toMs, stepMs) => {
      const found = [...events.values()].sort((a, b) => a.timeMs - b.timeMs)
      return marksOf(found, fromMs, toMs, stepMs)
    },
    values: async (row, fromMs, toMs) => {
      const found = values.filter(({ timeMs }) => timeMs >= fromMs && timeMs <= toMs)
      return { timesMs: found.map(({ timeMs }) => timeMs), values: found.map((each) => each.values[row]) }
    },
    file: async (fromMs, toMs) => {
      const header = {
        cityId,
        schemaHash: schemaHash(publishedTables),
        schema: schemaText(publishedTables),
        epoch: 'page',
        runs,
      }
      return writeRecording(header, stretch(fromMs, toMs).map(writeMoment)) as Uint8Array<ArrayBuffer>
    },
  }
}
