/** What a Node process holds once its garbage is gone, thread by thread, asked through its inspector (`--inspect`). */
import { leastOf } from './trend.ts'

export interface Held {
  /** The bytes of array buffers over all threads. */
  readonly bufferBytes: number
  /** By thread, the main one first. */
  readonly threads: ReadonlyMap<string, ThreadHeld>
  /** What keeps the main thread's loop alive: sockets, timers, servers. */
  readonly resources: number
}

export interface ThreadHeld {
  /** JavaScript objects, and what of them is compiled code. */
  readonly heapBytes: number
  readonly codeBytes: number
}

interface Reply {
  readonly id?: number
  readonly result?: unknown
  readonly method?: string
  readonly params?: { readonly sessionId: string; readonly message: string }
}

type Ask = (method: string, params?: object) => Promise<unknown>

// Run in the measured process, so written out: its heap, the buffers beside it, what its loop waits for, and the heap's code.
const MEASURE = `(() => {
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  const spaces = process.getBuiltinModule('v8').getHeapSpaceStatistics()
  const code = spaces.filter(({ space_name }) => /^(code|trusted)_/.test(space_name))
  const codeBytes = code.reduce((sum, { space_used_size }) => sum + space_used_size, 0)
  return [heapUsed, arrayBuffers, process.getActiveResourcesInfo().length, codeBytes]
})()`

export class Inspector {
  private readonly socket: WebSocket
  private readonly threads = new Map<string, Asker>()
  private readonly main: Asker

  private constructor(socket: WebSocket) {
    this.socket = socket
    this.main = new Asker((text) => socket.send(text))
    socket.addEventListener('message', ({ data }) => this.hear(JSON.parse(String(data)) as Reply))
  }

  /** `said` is what the process wrote at its start. */
  static async open(said: string): Promise<Inspector> {
    const [url] = /ws:\/\/\S+/.exec(said) ?? []
    if (url === undefined) throw new Error(`the process said no inspector's address: ${said}`)
    const socket = new WebSocket(url)
    await new Promise((done, failed) => {
      socket.addEventListener('open', done)
      socket.addEventListener('error', () => failed(new Error(`nobody answers at ${url}`)))
    })
    const inspector = new Inspector(socket)
    await inspector.main.ask('NodeWorker.enable', { waitForDebuggerOnStart: false })
    return inspector
  }

  async held(): Promise<Held> {
    const [mainHeap, mainBuffers, resources, mainCode] = await heldBy(this.main.ask)
    const threads = new Map([['main', { heapBytes: mainHeap, codeBytes: mainCode }]])
    let bufferBytes = mainBuffers
    for (const [id, { ask }] of this.threads) {
      const [heap, buffers, , code] = await heldBy(ask)
      threads.set(id, { heapBytes: heap, codeBytes: code })
      bufferBytes += buffers
    }
    return { bufferBytes, threads, resources }
  }

  close(): void {
    this.socket.close()
  }

  private hear(reply: Reply): void {
    const { method, params } = reply
    if (params === undefined) this.main.hear(reply)
    else if (method === 'NodeWorker.attachedToWorker') this.attach(params.sessionId)
    else if (method === 'NodeWorker.detachedFromWorker') this.threads.delete(params.sessionId)
    else if (method === 'NodeWorker.receivedMessageFromWorker')
      this.threads.get(params.sessionId)?.hear(JSON.parse(params.message) as Reply)
  }

  private attach(sessionId: string): void {
    const say = (message: string) =>
      void this.main.ask('NodeWorker.sendMessageToWorker', { sessionId, message })
    this.threads.set(sessionId, new Asker(say))
  }
}

/** Questions by number, and their answers. */
class Asker {
  private readonly asked = new Map<number, (result: unknown) => void>()
  private readonly say: (text: string) => void
  private last = 0

  constructor(say: (text: string) => void) {
    this.say = say
  }

  readonly ask: Ask = (method, params = {}) =>
    new Promise((done) => {
      const id = ++this.last
      this.asked.set(id, done)
      this.say(JSON.stringify({ id, method, params }))
    })

  hear({ id, result }: Reply): void {
    if (id === undefined) return
    this.asked.get(id)?.(result)
    this.asked.delete(id)
  }
}

/** What a thread holds: bytes of heap and of buffers, things that its loop waits for, and bytes of code. */
type OfThread = readonly [heap: number, buffers: number, resources: number, code: number]

function heldBy(ask: Ask): Promise<OfThread> {
  return leastOf(
    ([heap]) => heap,
    async () => {
      // what is freed by a finalizer is gone with the second
      for (let i = 0; i < 2; i++) await ask('HeapProfiler.collectGarbage')
      // the shape of an evaluated value is the protocol's own, and the value is MEASURE's
      const { result } = (await ask('Runtime.evaluate', { expression: MEASURE, returnByValue: true })) as {
        result: { value: OfThread }
      }
      return result.value
    },
  )
}
