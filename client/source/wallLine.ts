/** A screen's and a desk's line to the walls: joins one anew whenever the line comes back, and says and asks what may be said and asked. */
import type { Socket } from 'socket.io-client'
import type { ClientToServer, Reply, ServerToClient } from '../../twin/protocol/messages.ts'
import type {
  JoinWall,
  SteerWall,
  TouchWall,
  WallFacts,
  WallReport,
  WallShow,
} from '../../twin/protocol/wallMessages.ts'

export interface WallLine {
  /** From now on `told` hears what the wall shows, and `reported` what people report. */
  join(screen: JoinWall, told: (show: WallShow) => void, reported: (report: WallReport) => void): void
  steer(told: SteerWall): Promise<Reply>
  touch(touched: TouchWall): Promise<Reply>
  list(): Promise<Reply<{ walls: readonly WallFacts[] }>>
  /** The host's monotonic clock now; undefined until it was asked. */
  hostNowMs(): number | undefined
}

type Line = Socket<ServerToClient, ClientToServer>

export interface WallLineOptions {
  readonly line: Promise<Line>
  readonly hostNowMs: () => number | undefined
  /** Gives up waiting for an answer, with an error that says so. */
  readonly answered: <R extends Reply>(reply: Promise<R>) => Promise<R | { ok: false; error: string }>
  readonly timeoutMs: number
}

export function makeWallLine({ line, hostNowMs, answered, timeoutMs }: WallLineOptions): WallLine {
  const patient = async () => (await line).timeout(timeoutMs)
  return {
    join(screen, told, reported) {
      void line.then((socket) => {
        const join = () =>
          socket.emit('joinWall', screen, (reply) => {
            if (reply.ok) told(reply.show)
          })
        socket.on('connect', join)
        socket.on('wall', told)
        socket.on('reported', reported)
        if (socket.connected) join()
      })
    },
    steer: async (told) => answered((await patient()).emitWithAck('steerWall', told)),
    touch: async (touched) => answered((await patient()).emitWithAck('touchWall', touched)),
    list: async () => answered((await patient()).emitWithAck('listWalls', {})),
    hostNowMs,
  }
}
