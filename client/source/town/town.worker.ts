/** The thread that makes a town of the files that were dropped, and keeps it. One town a worker: to cancel it is to end it. */
import { makeTown, tooLarge, type TownStep } from './makeTown.ts'
import { factsOfFault, TownFault, type TownFaultFacts } from './townFault.ts'
import { townLimits } from './townLimits.ts'
import { keepTown, type KeptTown } from './townStore.ts'

export interface ToTownWorker {
  readonly map: File
  readonly feed: File | undefined
}

export type FromTownWorker =
  | { readonly kind: 'progress'; readonly step: TownStep; readonly share: number }
  | { readonly kind: 'made'; readonly town: KeptTown }
  | { readonly kind: 'fault'; readonly fault: TownFaultFacts }

/** More often than this nobody sees it. */
const TELL_EVERY_MS = 50
/** A map's first block says where it lies, and is within this. */
const START_BYTES = 128 * 1024
const KEEPING = 0.98

addEventListener('message', ({ data }: MessageEvent<ToTownWorker>) => {
  make(data).then(
    (town) => say({ kind: 'made', town }),
    (error: unknown) => say({ kind: 'fault', fault: factsOfFault(error) }),
  )
})

function say(message: FromTownWorker): void {
  postMessage(message)
}

async function make({ map, feed }: ToTownWorker): Promise<KeptTown> {
  // before they are read: a continent would fill the memory
  if (map.size > townLimits.mapBytes)
    throw tooLarge(map.name, map.size, await bytesOf(map.slice(0, START_BYTES)))
  if (feed !== undefined && feed.size > townLimits.feedBytes)
    throw new TownFault('feedTooLarge', {
      name: feed.name,
      came: Math.ceil(feed.size / 1e6),
      most: townLimits.feedBytes / 1e6,
    })
  let told = { step: '', atMs: 0 }
  const city = makeTown(
    {
      map: { name: map.name, bytes: await bytesOf(map) },
      feed: feed && { name: feed.name, bytes: await bytesOf(feed) },
    },
    (step, share) => {
      const nowMs = performance.now()
      if (step === told.step && nowMs - told.atMs < TELL_EVERY_MS) return
      told = { step, atMs: nowMs }
      say({ kind: 'progress', step, share })
    },
  )
  say({ kind: 'progress', step: 'keep', share: KEEPING })
  return keepTown(city, feed === undefined ? [map.name] : [map.name, feed.name], Date.now())
}

async function bytesOf(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer())
}
