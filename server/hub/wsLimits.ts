/** Bounds what one WebSocket may cost: in how many pieces a message may come, and how long a goodbye is waited for. */
import type { HubServer } from './line.ts'

const LIMITS = {
  // Many tiny pieces cost far more memory than their bytes. A page sends a message whole; a browser cuts 64 kB into a handful.
  maxFragments: 64,
  // Pieces of one frame, as the network delivers them.
  maxBufferedChunks: 256,
  // Who was told to go and does not answer is cut off after this, milliseconds.
  closeTimeout: 3000,
}

/**
 * Engine.IO hands none of these on to `ws`, so its maker of WebSocket servers is wrapped. Called before the HTTP server
 * listens, for that is when Engine.IO makes the server it keeps.
 */
export function limitWs(io: HubServer): void {
  const { opts } = io.engine
  const WsServer = opts.wsEngine as new (options: object) => object
  opts.wsEngine = class extends WsServer {
    constructor(options: object) {
      super({ ...options, ...LIMITS })
    }
  }
}
