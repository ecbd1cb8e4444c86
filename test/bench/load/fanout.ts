/** One run of a server against a crowd in another process: CPU of the server per message, latency, memory a viewer. */
import { fork, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FromServer, Mode } from './fanoutServer.ts'
import type { FromViewers } from './viewers.ts'

export interface Load {
  readonly mode: Mode
  readonly viewers: number
  readonly walls: number
  readonly hz: number
  /** At least eight bytes each; sent in turn. */
  readonly payloads: readonly Uint8Array[]
  readonly seconds: number
}

export interface Fanout {
  readonly mode: Mode
  readonly viewers: number
  readonly messagesPerS: number
  readonly lost: number
  readonly mbPerS: number
  readonly cores: number
  readonly cpuUsPerMessage: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly slotP99Ms: number
  readonly wallP99Ms?: number
  readonly rssKbPerViewer: number
}

// Settled before it is measured, milliseconds.
const SETTLE_MS = 3000

/** Runs it; takes `seconds` and the time to connect. */
export async function runFanout({ mode, viewers, walls, hz, payloads, seconds }: Load): Promise<Fanout> {
  const folder = mkdtempSync(join(tmpdir(), 'citytwin-fanout-'))
  const files = payloads.map((payload, i) => {
    const file = join(folder, `${i}.bin`)
    writeFileSync(file, payload)
    return file
  })
  const here = import.meta.dirname
  const options = { execArgv: ['--expose-gc'] }
  const server = fork(join(here, 'fanoutServer.ts'), [mode, String(hz), ...files], options)
  const ready = await heard<FromServer, 'ready'>(server, 'ready')
  const crowd = fork(join(here, 'viewers.ts'), [mode, ready.port, viewers, walls, hz].map(String))
  try {
    await heard<FromViewers, 'ready'>(crowd, 'ready')
    // memory of who is connected and has been sent nothing yet
    const marked = heard<FromServer, 'marked'>(server, 'marked')
    server.send({ kind: 'mark' })
    const { rss } = await marked
    server.send({ kind: 'begin' })
    await sleep(SETTLE_MS)
    crowd.send({ kind: 'mark' })
    server.send({ kind: 'mark' })
    await sleep(seconds * 1000)
    const used = heard<FromServer, 'measured'>(server, 'measured')
    const got = heard<FromViewers, 'measured'>(crowd, 'measured')
    server.send({ kind: 'end' })
    crowd.send({ kind: 'end' })
    const [cost, result] = [await used, await got]
    return {
      mode,
      viewers,
      messagesPerS: Math.round(result.messages / cost.seconds),
      lost: result.lost,
      mbPerS: round(result.bytes / cost.seconds / 1e6, 1),
      cores: round(cost.cpuS / cost.seconds, 3),
      cpuUsPerMessage: round((cost.cpuS * 1e6) / result.messages, 2),
      p50Ms: round(result.p50Ms, 1),
      p99Ms: round(result.p99Ms, 1),
      slotP99Ms: round(result.slotP99Ms, 1),
      ...(walls > 0 && { wallP99Ms: round(result.wallP99Ms, 1) }),
      rssKbPerViewer: round((rss - ready.rss) / viewers / 1024, 1),
    }
  } finally {
    server.kill('SIGKILL')
    crowd.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
}

function heard<M extends { readonly kind: string }, K extends M['kind']>(
  child: ChildProcess,
  kind: K,
): Promise<Extract<M, { kind: K }>> {
  return new Promise((resolve, reject) => {
    const listen = (message: M) => {
      if (message.kind !== kind) return
      child.off('message', listen)
      resolve(message as Extract<M, { kind: K }>)
    }
    child.on('message', listen)
    child.once('exit', (code) => reject(new Error(`a process of the load ended with ${code}`)))
  })
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}
