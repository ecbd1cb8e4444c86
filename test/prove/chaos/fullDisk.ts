/** A disk without room: the stream goes on, no report is acknowledged that is not kept, and all goes on when there is room again. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { io } from 'socket.io-client'
import { Records } from '../../../server/records/records.ts'
import { pageParser } from '../../../twin/protocol/socketParser.ts'
import { ServerProcess } from './serverProcess.ts'
import { untilHolds, Witness } from './witness.ts'

const DISK = 'size=8m'
const CHUNK = Buffer.alloc(64 * 1024, 1)
const FULL_MS = 15_000

export interface FullDiskRun {
  readonly isLiveThroughout: boolean
  readonly answersWhenFull: readonly string[]
  readonly recordingWhenFull: string
  /** Until reports are kept again, and until the recording goes on, milliseconds. */
  readonly keptAgainMs: number | undefined
  readonly recordedAgainMs: number | undefined
  readonly acknowledgedAndLost: number
}

/** Why there can be no small disk here, or what came of it. */
export async function runFullDisk(): Promise<FullDiskRun | string> {
  const stateFolder = mkdtempSync(join(tmpdir(), 'citytwin-full-'))
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', DISK, 'tmpfs', stateFolder]).status !== 0) {
    rmSync(stateFolder, { recursive: true })
    return 'a small disk cannot be mounted here'
  }
  let server: ServerProcess | undefined
  let witness: Witness | undefined
  try {
    server = await ServerProcess.start({ stateFolder })
    witness = new Witness(server.url)
    return await fill(server, witness)
  } finally {
    witness?.close()
    await server?.kill()
    spawnSync('umount', [stateFolder])
    rmSync(stateFolder, { recursive: true, force: true })
  }
}

async function fill(server: ServerProcess, witness: Witness): Promise<FullDiskRun> {
  const { viewer } = witness
  await untilHolds(() => viewer.shown.state === 'live', 30_000)
  let number = 0
  const acknowledged: string[] = []
  const file = async (): Promise<string> => {
    const socket = io(server.url, { parser: pageParser, transports: ['websocket'], forceNew: true })
    const clientId = `00000000-0000-4000-8000-${String(number++).padStart(12, '0')}`
    const report = { clientId, serviceCode: 'pothole', lng: 71.43, lat: 51.13, description: 'x'.repeat(1500) }
    const reply = (await socket
      .timeout(8000)
      .emitWithAck('fileRequest', report)
      .catch(() => ({ ok: false, error: 'no answer' }))) as {
      ok: boolean
      error?: string
      isTemporary?: true
    }
    socket.disconnect()
    if (reply.ok) acknowledged.push(clientId)
    return reply.ok ? 'kept' : `${reply.error ?? ''}${reply.isTemporary ? ' (try again)' : ''}`
  }
  await file()
  const filler = join(server.stateFolder, 'filler')
  fillUp(filler)
  const untilMs = performance.now() + FULL_MS
  const answers: string[] = []
  let isLive = true
  while (performance.now() < untilMs) {
    fillUp(filler)
    answers.push(await file())
    isLive &&= viewer.shown.state === 'live'
  }
  const recordingWhenFull = await recordingState(server)
  rmSync(filler)
  const keptAgainMs = await untilHolds(async () => (await file()) === 'kept', 10_000)
  const recordedAgainMs = await untilHolds(async () => (await recordingState(server)) === 'recording', 30_000)
  isLive &&= viewer.shown.state === 'live'
  await server.kill()
  const records = await Records.open({ stateFolder: server.stateFolder, databaseUrl: undefined })
  const kept = new Set((await records.requestsSince('astana', 0)).map(({ clientId }) => clientId))
  await records.close()
  return {
    isLiveThroughout: isLive,
    answersWhenFull: [...new Set(answers)],
    recordingWhenFull,
    keptAgainMs,
    recordedAgainMs,
    acknowledgedAndLost: acknowledged.filter((id) => !kept.has(id)).length,
  }
}

/** Takes all room there is. */
function fillUp(path: string): void {
  for (let size = CHUNK.length; size >= 1; size = Math.floor(size / 8)) {
    try {
      for (;;) writeFileSync(path, CHUNK.subarray(0, size), { flag: 'a' })
    } catch {
      // no room for this much
    }
  }
}

async function recordingState(server: ServerProcess): Promise<string> {
  const { recording } = (await (await fetch(`${server.url}/health`)).json()) as {
    recording: { state: string }
  }
  return recording.state
}
