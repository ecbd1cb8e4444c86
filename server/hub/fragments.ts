/** Bounds in how many pieces one message may come: many tiny ones cost far more memory than their bytes. */
import type { HubServer } from './stream.ts'

// A page sends a message whole, and a browser cuts none of 64 kB into more than a handful.
const MAX_FRAGMENTS = 64
// Pieces as the network delivers them, of one frame.
const MAX_BUFFERED_CHUNKS = 256

/** Options that a server of `ws` reads anew for every socket. */
interface WsOptions {
  maxFragments: number
  maxBufferedChunks: number
}

/** Engine.IO hands these options on to nobody, so they are set on the server of `ws` that it made. */
export function boundFragments(io: HubServer): void {
  // not in Engine.IO's types: checked right here, and by a test that sends fragments
  const { options } = (io.engine as unknown as { ws?: { options?: Partial<WsOptions> } }).ws ?? {}
  if (options?.maxFragments === undefined || options.maxBufferedChunks === undefined)
    throw new Error(
      'this ws has no limits of fragments; it is older than 8.21, or Engine.IO keeps it elsewhere',
    )
  options.maxFragments = MAX_FRAGMENTS
  options.maxBufferedChunks = MAX_BUFFERED_CHUNKS
}
