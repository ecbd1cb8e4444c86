/** A drill in the browser, without a server: the same game as in a server's thread, on the city's files. */
import { parseCity } from '../../twin/city.ts'
import type { ToDrill } from '../../twin/protocol/drillMessages.ts'
import { FrameEncoder } from '../../twin/protocol/frame.ts'
import { beginOf, type DrillBase } from '../../twin/scenario/drill/document.ts'
import { DrillHost, type DrillNews } from '../../twin/scenario/drill/hosted.ts'
import { SOLVE_EVERY_S } from '../../twin/scenario/drill/rules.ts'
import { createTwin, type Twin } from '../../twin/twin.ts'
import { createWarmTwin } from '../../twin/warm.ts'
import { readWarm } from '../../twin/warmFile.ts'
import { infoOf, readDatasets, readerOf, type CityPlace } from './cityPlace.ts'

export type DrillSide = 'played' | 'base'

/** The first word opens the city; each is answered once. */
export type ToDrillWorker =
  | {
      readonly kind: 'open'
      readonly place: CityPlace
      readonly base: DrillBase
    }
  | { readonly kind: 'say'; readonly message: ToDrill }
  /** All of a side as of its last frame. */
  | { readonly kind: 'keyframe'; readonly side: DrillSide }

export type FromDrillWorker =
  | { readonly kind: 'answer'; readonly error: string | undefined }
  | { readonly kind: 'news'; readonly news: DrillNews }
  | { readonly kind: 'frame'; readonly side: DrillSide; readonly bytes: Uint8Array }

const encoders = new Map<DrillSide, FrameEncoder>()
let host: DrillHost | undefined

const say = (message: FromDrillWorker) =>
  postMessage(message, message.kind === 'frame' ? { transfer: [message.bytes.buffer] } : undefined)

let last: Promise<void> = Promise.resolve()
addEventListener('message', ({ data }: MessageEvent<ToDrillWorker>) => {
  last = last.then(async () => {
    try {
      await take(data)
      say({ kind: 'answer', error: undefined })
    } catch (error) {
      say({ kind: 'answer', error: (error as Error).message })
    }
  })
})

async function take(message: ToDrillWorker): Promise<void> {
  if (message.kind === 'open') host = await open(message)
  else if (message.kind === 'say') {
    if (host === undefined) throw new Error('drill worker: open a city first')
    host.hear(message.message)
  } else {
    const encoder = encoders.get(message.side)
    if (encoder !== undefined) say({ kind: 'frame', side: message.side, bytes: encoder.keyframe() })
  }
}

async function open({ place, base }: Extract<ToDrillWorker, { kind: 'open' }>): Promise<DrillHost> {
  const read = readerOf(place)
  const city = parseCity(await readDatasets(await infoOf(place), read))
  const stored = await read('warm')
  const warm = stored && readWarm(stored)
  return new DrillHost({
    city,
    base,
    async twins(begin) {
      const options = { ...beginOf(begin), seed: begin.seed, solveEveryS: SOLVE_EVERY_S }
      const played = createWarmTwin(city, warm, options)
      const other = createTwin(city, { ...options, startMs: played.clock.startMs })
      other.load(played.save())
      return { base: other, played }
    },
    tell: (news) => say({ kind: 'news', news }),
    show(played, base) {
      show('played', played)
      show('base', base)
    },
    nowMs: () => performance.now(),
    later: (afterMs, next) => void setTimeout(next, afterMs),
  })
}

function show(side: DrillSide, { tables, clock }: Twin): void {
  const encoder = encoders.get(side) ?? new FrameEncoder(tables)
  encoders.set(side, encoder)
  say({ kind: 'frame', side, bytes: encoder.delta(clock.tick) })
}
