/**
 * The recorded past over HTTP. `/api/replay` gives a keyframe and the deltas after it as one body (the format of
 * `twin/protocol/recording.ts`, which is also that of a saved file), `/api/replay/span` what there is, `/api/replay/marks` what
 * happened, `/api/replay/values` one indicator's course. Nothing is kept for whoever asks.
 */
import { Router as makeRouter, type Request, type Response, type Router } from 'express'
import * as v from 'valibot'
import { publishedTables } from '../../twin/domains.ts'
import { sourcesIn } from '../../twin/kernel/provenance.ts'
import { indicators } from '../../twin/objectives/indicators.ts'
import { indicatorTable } from '../../twin/objectives/tables.ts'
import { provenanceAt } from '../../twin/provenance/lookup.ts'
import { checkMessage } from '../../twin/protocol/messages.ts'
import { schemaText } from '../../twin/protocol/schemaText.ts'
import { writeRecording, type RecordingHeader } from '../../twin/protocol/recording.ts'
import type { EventKind } from '../../twin/events.ts'
import type { RecordedEvent } from '../history/recordIndex.ts'
import type { Recording } from '../history/recording.ts'
import type { Found } from '../history/replay.ts'
import { stillStarting, type ApiContext } from './context.ts'

const MINUTE_MS = 60_000
// One answer holds at most this much of the city's time; keyframes only, this many.
const MOST_MS = 15 * MINUTE_MS
const MOST_KEYFRAMES = 60
const MOST_POINTS = 720
const MOST_EVENTS = 4000
const DAY_S = 86_400
const schema = schemaText(publishedTables)

const text = (least: number, most: number) =>
  v.pipe(v.string(), v.regex(/^\d{1,16}$/), v.transform(Number), v.minValue(least), v.maxValue(most))
const timeMs = text(0, 8.64e15)
const replaySchema = v.pipe(
  v.strictObject({
    from: v.optional(timeMs),
    to: timeMs,
    /** Instead of `from`: only what follows this moment of run `run`. */
    after: v.optional(timeMs),
    run: v.optional(text(0, 0xffffffff)),
    /** Keyframes only, this far apart. */
    every: v.optional(text(MINUTE_MS, 86_400_000)),
    /** The span's version: as long as it is the present one, the answer may be kept. */
    v: v.optional(v.pipe(v.string(), v.maxLength(32))),
  }),
  v.check(
    ({ from, after, run }) => (from === undefined) !== (after === undefined || run === undefined),
    'from and to, or after, run and to',
  ),
)
const windowSchema = v.strictObject({ from: timeMs, to: timeMs, step: v.optional(text(1000, 86_400_000)) })
const valuesSchema = v.strictObject({ row: text(0, indicators.length - 1), from: timeMs, to: timeMs })

export function replayRoutes(context: ApiContext): Router {
  const router = makeRouter()

  /** The recording and the checked query, or an answer that says why not. */
  const asked = <T>(request: Request, response: Response, schema: v.GenericSchema<unknown, T>) => {
    const { recording } = context
    if (recording === undefined) {
      if (context.recordingFault === undefined) stillStarting(response)
      else response.status(404).json({ error: context.recordingFault })
      return undefined
    }
    const checked = checkMessage(schema, { ...request.query })
    if ('value' in checked) return { recording, query: checked.value }
    response.status(400).json({ error: checked.error })
    return undefined
  }

  router.get('/api/replay/span', async (request, response) => {
    const given = asked(request, response, v.strictObject({}))
    if (given === undefined) return
    response.set('Cache-Control', 'no-store').json(await given.recording.replay.span())
  })

  router.get('/api/replay/marks', async (request, response) => {
    const given = asked(request, response, windowSchema)
    if (given === undefined) return
    const { from, to, step = 5 * MINUTE_MS } = given.query
    const { replay } = given.recording
    const events = await replay.events(from, to)
    const isRare = ({ kind }: { kind: string }) => !frequent.has(kind)
    response.set('Cache-Control', 'no-store').json({
      incidents: events.filter(isRare).slice(-MOST_EVENTS),
      counts: [...countsOf(events, step)].map(([atMs, kinds]) => ({ timeMs: atMs, kinds })),
      stepMs: step,
    })
  })

  router.get('/api/replay/values', async (request, response) => {
    const given = asked(request, response, valuesSchema)
    if (given === undefined) return
    const { row, from, to } = given.query
    const course = await given.recording.replay.values(row, from, to, MOST_POINTS)
    const { sources } = provenanceAt((spec) => context.live.table(spec), indicatorTable, 'value', row)
    response
      .set('Cache-Control', 'no-store')
      .json({ ...course, provenance: { kind: 'replayed', sources: sourcesIn(sources) } })
  })

  router.get('/api/replay', async (request, response) => {
    const given = asked(request, response, replaySchema)
    if (given === undefined) return
    const { recording, query } = given
    const startMs = query.from ?? query.after ?? 0
    const wide = query.every === undefined ? MOST_MS : query.every * MOST_KEYFRAMES
    if (query.to < startMs || query.to - startMs > wide) {
      response
        .status(400)
        .json({ error: `to: expected from ${startMs} to ${startMs + wide}, got ${query.to}` })
      return
    }
    const { replay } = recording
    const span = await replay.span()
    const lastMs = span.parts.at(-1)?.toMs
    if (lastMs === undefined) return stillStarting(response)
    const found =
      query.every !== undefined
        ? await replay.keyframes(startMs, query.to, query.every)
        : query.from === undefined
          ? await replay.after(query.run ?? 0, startMs, query.to)
          : await replay.stretch(startMs, query.to)
    const isPast = query.to < lastMs && query.v === span.version
    response.set('Cache-Control', isPast ? `private, max-age=${DAY_S}, immutable` : 'no-store')
    response.type('application/octet-stream').end(bodyOf(found, recording, context, span.version))
  })

  return router
}

/** How many events of each kind fell into each `stepMs`. */
function countsOf(
  events: readonly RecordedEvent[],
  stepMs: number,
): Map<number, Partial<Record<EventKind, number>>> {
  const counts = new Map<number, Partial<Record<EventKind, number>>>()
  for (const { kind, timeMs } of events) {
    const atMs = Math.floor(timeMs / stepMs) * stepMs
    const count = counts.get(atMs) ?? {}
    count[kind] = (count[kind] ?? 0) + 1
    counts.set(atMs, count)
  }
  return counts
}

/** Too many to be told one by one; they are counted. */
const frequent = new Set(['requestOpened', 'requestClosed', 'busLate', 'queueLong'])

function bodyOf(found: Found, recording: Recording, context: ApiContext, version: string): Uint8Array {
  const header: RecordingHeader = {
    cityId: context.folder?.info.id ?? '',
    schemaHash: recording.schemaHash,
    schema,
    epoch: version,
    runs: found.runs,
  }
  return writeRecording(header, found.moments)
}
