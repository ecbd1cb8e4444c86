/** Where recorded moments come from: the server's doors, a piece of half a minute at a time, or a file that holds them all. */
import { deflateSync, inflateSync } from 'fflate'
import { publishedTables } from '../../twin/domains.ts'
import { eventKinds, eventTable, type EventKind } from '../../twin/events.ts'
import { TICKS_PER_S } from '../../twin/kernel/clock.ts'
import type { ColumnSpecs, Table, TableSpec } from '../../twin/kernel/table.ts'
import { Migration, recordedTables } from '../../twin/migrate.ts'
import { indicatorTable } from '../../twin/objectives/tables.ts'
import { schemaHash } from '../../twin/protocol/frame.ts'
import {
  readRecording,
  RecordingError,
  writeMoment,
  writeRecording,
  type Moment,
  type RecordedRun,
  type Recording,
} from '../../twin/protocol/recording.ts'
import { schemaText } from '../../twin/protocol/schemaText.ts'
import { newDecoder } from './newDecoder.ts'
import type { PastCourse, PastEvent, PastMarks, PastSpan } from './pastSource.ts'

/** As far apart as a server's keyframes, so that each piece begins with one. */
export const PIECE_MS = 30_000
/** A piece that is not here by then will not come on this connection; assumed. */
const PIECE_WITHIN_MS = 30_000

export interface Piece {
  readonly moments: readonly Moment[]
  readonly runs: readonly RecordedRun[]
  /** Nothing will be added to it. */
  readonly isWhole: boolean
}

export interface PastStore {
  span(): Promise<PastSpan>
  /** The keyframe at or before `fromMs`, and what follows it up to the piece's end. */
  piece(fromMs: number): Promise<Piece>
  /** What has come after a moment since. */
  more(after: Moment, toMs: number): Promise<Piece>
  /** Keyframes about `everyMs` apart. */
  keyframes(fromMs: number, toMs: number, everyMs: number): Promise<Piece>
  marks(fromMs: number, toMs: number, stepMs: number): Promise<PastMarks>
  values(row: number, fromMs: number, toMs: number): Promise<PastCourse>
  file(fromMs: number, toMs: number): Promise<Uint8Array<ArrayBuffer>>
}

/** What the server at `base` keeps. */
export function serverPast(base: string): PastStore {
  let version = ''
  const ask = async (path: string, signal?: AbortSignal): Promise<Response> => {
    const response = await fetch(`${base}/api/replay${path}`, { signal: signal ?? null })
    if (response.status === 200) return response
    const { error } = (await response.json().catch(() => ({}))) as { error?: string }
    throw new Error(error ?? `the server answered ${response.status}`)
  }
  const json = async <T>(path: string) => (await (await ask(path)).json()) as T
  const piece = async (query: string): Promise<Piece> => {
    const response = await ask(`?${query}&v=${version}`, AbortSignal.timeout(PIECE_WITHIN_MS))
    const { moments, header } = ours(readRecording(await bytesOf(response)))
    const isWhole = response.headers.get('cache-control')?.includes('immutable') === true
    return { moments, runs: header.runs, isWhole }
  }
  return {
    async span() {
      const span = await json<PastSpan & { version: string }>('/span')
      version = span.version
      return span
    },
    piece: (fromMs) => piece(`from=${fromMs}&to=${fromMs + PIECE_MS - 1}`),
    more: ({ run, cityMs }, toMs) => piece(`after=${cityMs}&run=${run}&to=${Math.max(cityMs, toMs)}`),
    keyframes: (fromMs, toMs, everyMs) => piece(`from=${fromMs}&to=${toMs}&every=${everyMs}`),
    marks: (fromMs, toMs, stepMs) => json(`/marks?from=${fromMs}&to=${toMs}&step=${stepMs}`),
    values: (row, fromMs, toMs) => json(`/values?row=${row}&from=${fromMs}&to=${toMs}`),
    file: async (fromMs, toMs) => bytesOf(await ask(`?from=${fromMs}&to=${toMs}`)),
  }
}

/** What a saved file holds. Throws `RecordingError` with a sentence when it cannot be shown on this page. */
export function filePast(bytes: Uint8Array<ArrayBuffer>, cityId: string): PastStore {
  const recording = ours(readRecording(bytes))
  const { header, moments } = recording
  if (header.cityId !== cityId)
    throw new RecordingError(`This recording is of ${header.cityId}; this page shows ${cityId}.`)
  if (moments.length === 0 || !moments[0].isKeyframe)
    throw new RecordingError('This recording holds no picture to begin from.')
  const { events, values } = contentsOf(recording)
  const part = { fromMs: moments[0].cityMs, toMs: moments[moments.length - 1].cityMs }
  const within = <T extends { timeMs: number }>(list: readonly T[], fromMs: number, toMs: number) =>
    list.filter(({ timeMs }) => timeMs >= fromMs && timeMs <= toMs)
  const stretch = (fromMs: number, toMs: number): Piece => {
    const first = moments.findLastIndex(({ isKeyframe, cityMs }) => isKeyframe && cityMs <= fromMs)
    const end = moments.findLastIndex(({ cityMs }) => cityMs <= toMs)
    return { moments: moments.slice(Math.max(0, first), end + 1), runs: header.runs, isWhole: true }
  }
  return {
    span: async () => ({ parts: [part], lost: [] }),
    piece: async (fromMs) => stretch(fromMs, fromMs + PIECE_MS - 1),
    more: async () => ({ moments: [], runs: header.runs, isWhole: true }),
    keyframes: async (fromMs, toMs) => {
      const found = stretch(fromMs, toMs)
      return { ...found, moments: found.moments.filter(({ isKeyframe }) => isKeyframe) }
    },
    marks: async (fromMs, toMs, stepMs) => marksOf(events, fromMs, toMs, stepMs),
    values: async (row, fromMs, toMs) => {
      const found = within(values, fromMs, toMs)
      return { timesMs: found.map(({ timeMs }) => timeMs), values: found.map((each) => each.values[row]) }
    },
    file: async (fromMs, toMs) => {
      const found = stretch(fromMs, toMs).moments.map(writeMoment)
      return writeRecording(header, found) as Uint8Array<ArrayBuffer>
    },
  }
}

/** The file at `url`, fetched when it is first asked for something; of whatever city, since it lies beside its page. */
export function fetchedPast(url: string): PastStore {
  let fetched: Promise<PastStore> | undefined
  const past = () => {
    fetched ??= fetch(url).then(async (response) => {
      if (!response.ok) throw new Error(`${url} answers ${response.status}`)
      const bytes = await bytesOf(response)
      return filePast(bytes, readRecording(bytes).header.cityId)
    })
    return fetched
  }
  return {
    span: async () => (await past()).span(),
    piece: async (...given) => (await past()).piece(...given),
    more: async (...given) => (await past()).more(...given),
    keyframes: async (...given) => (await past()).keyframes(...given),
    marks: async (...given) => (await past()).marks(...given),
    values: async (...given) => (await past()).values(...given),
    file: async (...given) => (await past()).file(...given),
  }
}

/** The frame of a moment as the decoder takes it. */
export function openFrame({ frame }: Moment): Uint8Array {
  return inflateSync(frame)
}

/** Of events in their order. */
export function marksOf(
  events: readonly PastEvent[],
  fromMs: number,
  toMs: number,
  stepMs: number,
): PastMarks {
  const found = events.filter(({ timeMs }) => timeMs >= fromMs && timeMs <= toMs)
  const counts = new Map<number, Partial<Record<EventKind, number>>>()
  for (const { kind, timeMs } of found) {
    const atMs = Math.floor(timeMs / stepMs) * stepMs
    const kinds = counts.get(atMs) ?? {}
    kinds[kind] = (kinds[kind] ?? 0) + 1
    counts.set(atMs, kinds)
  }
  return {
    incidents: found.filter(({ kind }) => isIncident(kind)),
    counts: [...counts].map(([timeMs, kinds]) => ({ timeMs, kinds })),
    stepMs,
  }
}

function isIncident(kind: EventKind): boolean {
  return !['requestOpened', 'requestClosed', 'busLate', 'queueLong'].includes(kind)
}

/** A recording of another release is read anew as one of this page's. */
function ours(recording: Recording): Recording {
  const own = schemaHash(publishedTables)
  const { header } = recording
  if (header.schemaHash === own) return recording
  const migration = new Migration(recordedTables(header))
  const moments = recording.moments.map((moment) => {
    const frame = readable(() => migration.frame(openFrame(moment), moment.isKeyframe))
    if (frame === undefined) throw lacksFrame()
    return { ...moment, frame: deflateSync(frame, { level: 1 }) }
  })
  return { header: { ...header, schemaHash: own, schema: schemaText(publishedTables) }, moments }
}

/** What a file says of events and indicators, read through once. */
function contentsOf({ header, moments }: Recording) {
  const decoder = newDecoder()
  const table = <S extends ColumnSpecs>(spec: TableSpec<S>) =>
    decoder.tables.find((each) => each.spec.name === spec.name) as unknown as Table<S>
  const events = new Map<string, PastEvent>()
  const values: { timeMs: number; values: Float32Array }[] = []
  for (const moment of moments) {
    if (!readable(() => decoder.apply(openFrame(moment)))) throw lacksFrame()
    const startMs = header.runs.find(({ run }) => run === moment.run)?.startMs
    if (startMs === undefined)
      throw new RecordingError('This recording is damaged: it does not say when it began.')
    const { kind, row, tick, value } = table(eventTable).columns
    for (let i = 0; i < table(eventTable).rows; i++) {
      const name = eventKinds[kind[i]]
      if (name === undefined || name === 'none') continue
      const timeMs = startMs + tick[i] * (1000 / TICKS_PER_S)
      events.set(`${i} ${timeMs} ${name}`, { kind: name, row: row[i], value: value[i], timeMs })
    }
    const last = values.at(-1)
    if (last === undefined || moment.cityMs - last.timeMs >= 10_000)
      values.push({
        timeMs: moment.cityMs,
        values: table(indicatorTable).columns.value.slice() as Float32Array,
      })
  }
  return { events: [...events.values()].sort((a, b) => a.timeMs - b.timeMs), values }
}

/** A frame that is none is said in a sentence. */
function readable<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw new RecordingError('This recording is damaged: one of its pictures cannot be read.', {
      cause: error,
    })
  }
}

function lacksFrame(): RecordingError {
  return new RecordingError('This recording lacks a frame in the middle.')
}

async function bytesOf(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await response.arrayBuffer())
}
