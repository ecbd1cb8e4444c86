/**
 * Ten thousand reports while the server is killed again and again: every page says its report until it is acknowledged, and in the
 * end each is in the records once. Meanwhile viewers come back by themselves.
 */
import { io, type Socket } from 'socket.io-client'
import { Records } from '../../../server/records/records.ts'
import type { ClientToServer, ServerToClient } from '../../../twin/protocol/messages.ts'
import { pageParser } from '../../../twin/protocol/socketParser.ts'
import { randomUnit } from '../../../twin/kernel/random.ts'
import { FaultProxy } from './faultProxy.ts'
import type { ServerProcess } from './serverProcess.ts'
import { Viewer } from './viewer.ts'
import { untilHolds } from './witness.ts'

export interface ReportRun {
  readonly acknowledged: number
  readonly refused: readonly string[]
  /** Of those acknowledged, not in the records; and rows there that nobody sent. */
  readonly lost: number
  readonly strange: number
  /** Of each kill, milliseconds: until /health was well, and from then until all viewers were live. */
  readonly backMs: readonly number[]
  readonly currentMs: readonly number[]
  /** The largest share of viewers' lines that were asked for within a quarter of a second of the server's return. */
  readonly rush: number
  readonly audit: string
  /** Of each kill, reports that had been said and not answered when it struck. */
  readonly struck: readonly number[]
}

/** As many as one page may file at once. */
const PER_PAGE = 10
const BACK_WITHIN_MS = 20_000
const RUSH_MS = 250
const REPLY_MS = 10_000
const AGAIN_MS = 700

export async function runReports(
  server: ServerProcess,
  seed: number,
  { reports, kills, viewers: count }: { reports: number; kills: number; viewers: number },
  log: (line: string) => void,
): Promise<ReportRun> {
  const proxy = await FaultProxy.open(server.port, seed)
  const viewers = Array.from({ length: count }, () => new Viewer(proxy.url, server.url))
  const areLive = () => viewers.every(({ shown }) => shown.state === 'live')
  if ((await untilHolds(areLive, 60_000)) === undefined) throw new Error('the viewers did not come up')
  const acknowledged = new Set<string>()
  const refused: string[] = []
  const backMs: number[] = []
  const currentMs: number[] = []
  const struck: number[] = []
  let rush = 0
  const perKill = Math.ceil(reports / kills)
  try {
    for (let kill = 0; kill < kills; kill++) {
      const pages = Array.from({ length: Math.ceil(perKill / PER_PAGE) }, (_, page) => {
        const first = kill * perKill + page * PER_PAGE
        const numbers = Array.from(
          { length: Math.min(PER_PAGE, (kill + 1) * perKill - first) },
          (_, i) => first + i,
        )
        return filePage(server.url, numbers, acknowledged, refused)
      })
      // from the first lines on until about when the last is answered
      await sleep(100 + 700 * randomUnit(seed, kill))
      struck.push((kill + 1) * perKill - acknowledged.size - refused.length)
      await server.kill()
      const askedBefore = proxy.asked.length
      server.spawn()
      const back = await server.untilUp(BACK_WITHIN_MS)
      const returnedMs = performance.now()
      if (back === undefined) throw new Error(`the server did not come back: ${server.said}`)
      backMs.push(back)
      const areCurrent = () =>
        areLive() && viewers.every(({ live }) => (live.mirror.receivedAtMs ?? 0) > returnedMs)
      const current = await untilHolds(areCurrent, BACK_WITHIN_MS)
      currentMs.push(current ?? Infinity)
      const after = proxy.asked.slice(askedBefore).filter((atMs) => atMs >= returnedMs - RUSH_MS)
      rush = Math.max(rush, mostWithin(after, RUSH_MS) / count)
      await Promise.all(pages)
      log(
        `kill ${kill + 1}, ${struck[kill]} reports unanswered: back after ${Math.round(back)} ms, viewers live ${Math.round(current ?? NaN)} ms later; ` +
          `${acknowledged.size} reports acknowledged`,
      )
    }
  } finally {
    for (const viewer of viewers) viewer.close()
    proxy.close()
  }
  await server.kill()
  const records = await Records.open({ stateFolder: server.stateFolder, databaseUrl: undefined })
  try {
    const kept = (await records.requestsSince('astana', 0)).map(({ clientId }) => clientId)
    const known = new Set(kept)
    const verdict = await records.verify()
    return {
      acknowledged: acknowledged.size,
      refused,
      lost: [...acknowledged].filter((id) => !known.has(id)).length,
      strange: kept.length - known.size + kept.filter((id) => !isOurs(id, perKill * kills)).length,
      backMs,
      currentMs,
      rush,
      audit: JSON.stringify(verdict),
      struck,
    }
  } finally {
    await records.close()
  }
}

/** One page files its reports, each until it is answered; each try on a new line, since limits are counted by line. */
async function filePage(
  url: string,
  numbers: readonly number[],
  acknowledged: Set<string>,
  refused: string[],
): Promise<void> {
  let waiting = [...numbers]
  while (waiting.length > 0) {
    const socket: Socket<ServerToClient, ClientToServer> = io(url, {
      parser: pageParser,
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
    })
    const replies = await Promise.all(waiting.map((number) => replyTo(socket, number)))
    socket.disconnect()
    waiting = waiting.filter((number, i) => {
      const reply = replies[i]
      if (reply?.ok === true) acknowledged.add(idOf(number))
      if (reply?.ok === false && reply.isTemporary !== true) refused.push(reply.error)
      return reply === undefined || (!reply.ok && reply.isTemporary === true)
    })
    if (waiting.length > 0) await sleep(AGAIN_MS)
  }
}

/** Undefined when none came, or the line was lost before. */
function replyTo(socket: Socket<ServerToClient, ClientToServer>, number: number) {
  const [lng, lat] = [71.43 + (number % 100) / 5000, 51.13 + (number % 77) / 5000]
  const report = {
    clientId: idOf(number),
    serviceCode: 'pothole',
    lng,
    lat,
    description: `number ${number}`,
  }
  return Promise.race([
    socket
      .timeout(REPLY_MS)
      .emitWithAck('fileRequest', report)
      .catch(() => undefined),
    new Promise<undefined>((done) => {
      socket.on('disconnect', () => done(undefined))
      socket.on('connect_error', () => done(undefined))
    }),
  ])
}

function idOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
}

function isOurs(id: string, below: number): boolean {
  return id === idOf(Number(id.slice(-12))) && Number(id.slice(-12)) < below
}

/** The most moments that lie within `spanMs` of one another. */
function mostWithin(sorted: readonly number[], spanMs: number): number {
  let most = 0
  sorted.forEach((fromMs, i) => {
    let end = i
    while (end < sorted.length && sorted[end] - fromMs < spanMs) end++
    most = Math.max(most, end - i)
  })
  return most
}

function sleep(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms))
}
