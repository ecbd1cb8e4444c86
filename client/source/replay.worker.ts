/** The thread that fetches, unpacks and decodes recorded moments, so that drawing never waits for it. */
import type { Moment, RecordedRun } from '../../twin/protocol/recording.ts'
import { memoryPast, type MemoryPast } from './memoryPast.ts'
import type { PastSource, Show } from './pastSource.ts'
import { fetchedPast, filePast, serverPast, type PastStore } from './pastStore.ts'
import { ReplayPlayer, type Picture } from './replayPlayer.ts'

type Answer<K extends keyof PastSource> = Awaited<ReturnType<PastSource[K]>>

/** Asked of the worker; each is answered once, under its number. */
export type ToReplayWorker = { readonly id: number } &
  /** Where the server is, or the file that stands for one. */
  (
    | { readonly kind: 'base'; readonly base: string; readonly recording: string | undefined }
    /** The past is what is told to be kept. */
    | { readonly kind: 'remember'; readonly cityId: string }
    | { readonly kind: 'keep'; readonly moments: readonly Moment[]; readonly run: RecordedRun }
    | { readonly kind: 'open'; readonly file: Uint8Array<ArrayBuffer>; readonly cityId: string }
    | { readonly kind: 'close' | 'span' }
    | { readonly kind: 'marks'; readonly fromMs: number; readonly toMs: number; readonly stepMs: number }
    | { readonly kind: 'values'; readonly row: number; readonly fromMs: number; readonly toMs: number }
    | { readonly kind: 'save'; readonly fromMs: number; readonly toMs: number }
    | { readonly kind: 'prepare'; readonly timeMs: number }
    | { readonly kind: 'show'; readonly show: Show }
  )

type Said = Answer<'span' | 'marks' | 'values' | 'save'> | Picture | undefined

export type FromReplayWorker = { readonly id: number } & (
  { readonly answer: Said } | { readonly error: string }
)

let server: PastStore = serverPast('')
let past = server
let memory: MemoryPast | undefined
let player = new ReplayPlayer(past)
// pictures follow one another; everything else may overtake them
let lastPicture: Promise<unknown> = Promise.resolve()

addEventListener('message', ({ data }: MessageEvent<ToReplayWorker>) => {
  take(data).then(
    (answer) => {
      const isPicture = data.kind === 'show'
      const transfer = isPicture ? [(answer as Picture).bytes.buffer] : []
      postMessage({ id: data.id, answer } satisfies FromReplayWorker, { transfer })
    },
    (error: Error) => postMessage({ id: data.id, error: error.message } satisfies FromReplayWorker),
  )
})

function use(store: PastStore): void {
  past = store
  player = new ReplayPlayer(store)
}

async function take(message: ToReplayWorker): Promise<Said> {
  switch (message.kind) {
    case 'base':
      server = message.recording === undefined ? serverPast(message.base) : fetchedPast(message.recording)
      use(server)
      return undefined
    case 'remember':
      memory = memoryPast(message.cityId)
      server = memory
      use(memory)
      return undefined
    case 'keep':
      memory?.keep(message.moments, message.run)
      return undefined
    case 'open':
      use(filePast(message.file, message.cityId))
      return past.span()
    case 'close':
      if (past !== server) use(server)
      return undefined
    case 'span':
      return past.span()
    case 'marks':
      return past.marks(message.fromMs, message.toMs, message.stepMs)
    case 'values':
      return past.values(message.row, message.fromMs, message.toMs)
    case 'save':
      return past.file(message.fromMs, message.toMs)
    case 'prepare':
      lastPicture = lastPicture.then(() => player.prepare(message.timeMs)).catch(() => undefined)
      return undefined
    case 'show': {
      const picture = lastPicture.then(() => player.show(message.show))
      lastPicture = picture.catch(() => undefined)
      return picture
    }
  }
}
