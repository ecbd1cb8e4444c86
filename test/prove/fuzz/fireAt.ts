/**
 * Fires seeded cases at a server, at a page's way in and at recordings, in blocks of a hundred, several at once; says what broke.
 * A case is named by its seed and number and can be fired again alone.
 */
import { fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { Dice } from './dice.ts'
import type { FromHost } from './host.ts'
import { askStrangely } from './httpCases.ts'
import { PageUnderFire } from './pageCases.ts'
import { RecordingsUnderFire } from './recordingCases.ts'
import { saySocketCases } from './socketCases.ts'

export interface Fire {
  readonly seed: number
  readonly from: number
  readonly cases: number
  /** After so many cases the server is asked how it is. */
  readonly lookEvery: number
  readonly looked?: (look: Look) => void
}

export interface Look {
  /** All before this number are done. */
  readonly next: number
  /** Of the server and of this process, once what is not needed is collected. */
  readonly serverHeapBytes: number
  readonly pageHeapBytes: number
  readonly faults: readonly string[]
}

/** Of a hundred cases: messages on sockets, on four of them; requests; envelopes; the rest are recordings. */
const SOCKET_CASES = 48
const PER_SOCKET = 12
const HTTP_CASES = 16
const PAGE_CASES = 26
const BLOCK = 100
const AT_ONCE = 8
const MOST_TOLD = 20
/** A socket whose server does not hang up after its sender has. */
const HANGS_MS = 15_000

/** Resolves with what broke, empty when nothing did, and how the heaps stood at each look. */
export async function fireAt(fire: Fire): Promise<{ findings: string[]; looks: Look[] }> {
  const { seed, from, cases, lookEvery } = fire
  const findings: string[] = []
  const looks: Look[] = []
  const host = fork(join(import.meta.dirname, 'host.ts'), { execArgv: ['--expose-gc'] })
  const page = new PageUnderFire()
  const recordings = new RecordingsUnderFire()
  const found = (what: string, number: number) => {
    if (findings.length < MOST_TOLD) findings.push(`seed ${seed}, case ${number}: ${what}`)
  }
  let hasDied = false
  host.once('exit', (code, signal) => {
    hasDied = true
    findings.push(`the server ended with ${code ?? signal}`)
  })
  try {
    const { address } = await heard(host, 'ready')
    let next = from
    const end = from + cases
    while (next < end && !hasDied) {
      const until = Math.min(end, next + lookEvery)
      const work = async () => {
        while (next < until && !hasDied) {
          const first = next
          next += BLOCK
          await fireBlock(first, Math.min(until, first + BLOCK))
        }
      }
      await Promise.all(Array.from({ length: AT_ONCE }, work))
      next = until
      if (hasDied) break
      looks.push(await look(until, address))
      fire.looked?.(looks[looks.length - 1])
    }
    async function fireBlock(first: number, last: number): Promise<void> {
      const dice = (number: number) => new Dice(seed, number)
      const sockets: Promise<void>[] = []
      const socketEnd = Math.min(last, first + SOCKET_CASES)
      for (let at = first; at < socketEnd; at += PER_SOCKET) {
        const count = Math.min(PER_SOCKET, socketEnd - at)
        const said = saySocketCases(
          address,
          Array.from({ length: count }, (_, i) => dice(at + i)),
        )
        sockets.push(within(HANGS_MS, said).catch((error: Error) => found(`socket: ${error.message}`, at)))
      }
      const httpEnd = Math.min(last, socketEnd + HTTP_CASES)
      const requests = Array.from({ length: Math.max(0, httpEnd - socketEnd) }, (_, i) =>
        askStrangely(address, dice(socketEnd + i)).then(
          ({ asked, said }) => {
            if (isFault(said)) found(`${said} to ${JSON.stringify(asked)}`, socketEnd + i)
          },
          (error: Error) => found(error.message, socketEnd + i),
        ),
      )
      for (let at = httpEnd; at < last; at++) {
        try {
          if (at < httpEnd + PAGE_CASES) page.take(dice(at))
          else await recordings.take(dice(at))
        } catch (error) {
          found((error as Error).stack?.split('\n').slice(0, 4).join(' ') ?? '', at)
        }
      }
      await Promise.all([...sockets, ...requests])
    }
  } finally {
    recordings.close()
    host.removeAllListeners('exit')
    if (host.connected) host.disconnect()
  }
  findings.push(...(looks.at(-1)?.faults ?? []))
  return { findings, looks }

  async function look(until: number, address: string): Promise<Look> {
    const { status } = await fetch(`${address}/health`)
    if (status !== 200) found(`/health answers ${status}`, until)
    const measured = heard(host, 'measured')
    host.send('measure')
    const { heapBytes, faults } = await measured
    collect()
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    return { next: until, serverHeapBytes: heapBytes, pageHeapBytes: heapUsed + arrayBuffers, faults }
  }
}

/** `gc()` of a process that was started without it. */
function collect(): void {
  setFlagsFromString('--expose-gc')
  ;(runInNewContext('gc') as () => void)()
}

function heard<K extends FromHost['kind']>(
  host: ChildProcess,
  kind: K,
): Promise<Extract<FromHost, { kind: K }>> {
  return new Promise((resolve, failed) => {
    const listen = (message: FromHost) => {
      if (message.kind !== kind) return
      host.off('message', listen)
      host.off('exit', died)
      resolve(message as Extract<FromHost, { kind: K }>)
    }
    const died = () => failed(new Error('the server ended'))
    host.on('message', listen)
    host.once('exit', died)
  })
}

/** What a method or a version of HTTP that there is not is answered with is none. */
function isFault(firstLine: string): boolean {
  return firstLine.startsWith('HTTP/1.1 5') && !/ (501|505) /.test(firstLine)
}

function within<T>(ms: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, failed) => {
    const timer = setTimeout(() => failed(new Error(`nothing came of it in ${ms} ms`)), ms)
    work.then(resolve, failed).finally(() => clearTimeout(timer))
  })
}
