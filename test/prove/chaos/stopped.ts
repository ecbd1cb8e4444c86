/** Processes that stand still for twenty seconds: a page, a crowd of pages, the server itself. */
import { fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import type { LineFault } from './lineFaults.ts'
import type { ServerProcess } from './serverProcess.ts'
import { monotonicMs, type Shown } from './viewer.ts'
import { untilHolds, type Witness } from './witness.ts'

const STALL_MS = 20_000
// Who gives no sign of life to two pings in turn is hung up on; until then a stalled viewer may cost memory.
const CROWD_STALL_MS = 10_000
const HEALS_WITHIN_MS = 10_000
// The server's memory is looked at so often.
const LOOK_MS = 500
const SETTLE_MS = 6000

/** The server, as a fault of every line at once. */
export function stoppedServer(server: ServerProcess): LineFault {
  return {
    name: 'the server is stopped',
    forMs: STALL_MS,
    isStall: true,
    begin: () => server.signal('SIGSTOP'),
    end: () => server.signal('SIGCONT'),
  }
}

/** One page: how long until it is current again, and how old what it drew as live was at most. */
export async function stopPage(
  server: ServerProcess,
  witness: Witness,
): Promise<{ healedMs: number | undefined; oldestMs: number; looks: number }> {
  const child = fork(join(import.meta.dirname, 'viewerProcess.ts'), [server.url])
  let last: Shown | undefined
  child.on('message', (shown: Shown) => {
    last = shown
    witness.judge('stopped page', shown)
    looks++
  })
  let looks = 0
  try {
    const isCurrent = (sinceMs: number) => last !== undefined && witness.isCurrent(last, sinceMs)
    if ((await untilHolds(() => isCurrent(0), 60_000)) === undefined)
      throw new Error('the page did not come up')
    child.kill('SIGSTOP')
    await sleep(STALL_MS)
    const resumedMs = monotonicMs()
    looks = 0
    child.kill('SIGCONT')
    const healedMs = await untilHolds(() => isCurrent(resumedMs), HEALS_WITHIN_MS)
    const old = witness.old.filter(({ who, atMs }) => who === 'stopped page' && atMs >= resumedMs)
    return { healedMs, oldestMs: Math.max(0, ...old.map(({ ageMs }) => ageMs)), looks }
  } finally {
    child.kill('SIGKILL')
  }
}

/** A crowd: what the server's own memory grows by for each of them, kB, and whether all are well afterwards. */
export async function stopCrowd(
  server: ServerProcess,
  crowd: number,
): Promise<{ kbPerViewer: number; behind: number; healedMs: number | undefined }> {
  const viewers = join(import.meta.dirname, '../../bench/load/viewers.ts')
  const child = fork(viewers, ['ours', String(server.port), String(crowd), '0'])
  try {
    await ready(child)
    const all = await metric(server, 'citytwin_viewers')
    const before = await mostMemory(server, SETTLE_MS)
    child.kill('SIGSTOP')
    const during = await mostMemory(server, CROWD_STALL_MS)
    const behind = await metric(server, 'citytwin_viewers_behind')
    child.kill('SIGCONT')
    const areWell = async () =>
      (await metric(server, 'citytwin_viewers_behind')) === 0 &&
      (await metric(server, 'citytwin_viewers')) === all
    const healedMs = await untilHolds(areWell, HEALS_WITHIN_MS)
    return { kbPerViewer: (during - before) / crowd, behind, healedMs }
  } finally {
    child.kill('SIGKILL')
  }
}

async function mostMemory(server: ServerProcess, forMs: number): Promise<number> {
  let most = 0
  for (let waitedMs = 0; waitedMs < forMs; waitedMs += LOOK_MS) {
    await sleep(LOOK_MS)
    most = Math.max(most, server.memoryKb)
  }
  return most
}

async function metric(server: ServerProcess, name: string): Promise<number> {
  const text = await (await fetch(`${server.url}/metrics`)).text()
  return Number(new RegExp(`^${name} (.+)$`, 'm').exec(text)?.[1] ?? NaN)
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((done, failed) => {
    child.once('message', () => done())
    child.once('exit', (code) => failed(new Error(`the crowd ended with ${code}`)))
  })
}

function sleep(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms))
}
