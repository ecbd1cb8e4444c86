/** A server of our own on a free port, as `npm start` runs it, with its records in a folder that goes with it. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface RunningServer {
  readonly address: string
  /** What it has printed. */
  said(): string
  /** Of its records and tokens. */
  readonly stateFolder: string
  stop(): Promise<void>
}

/** They would take the cores that the browser draws with; a case about them says otherwise. */
const NO_FORECASTS = { CITYTWIN_FORECAST_MEMBERS: '0' }

/** `--at 18:00` is of a working day, whatever today is: on a Sunday evening nothing queues. */
function onWorkday(args: readonly string[], nowMs: number): string[] {
  const weekday = (new Date(nowMs).getUTCDay() + 6) % 7
  const day = new Date(nowMs - Math.max(0, weekday - 4) * 86_400_000).toISOString().slice(0, 10)
  return args.map((arg, i) => (args[i - 1] === '--at' && !arg.includes('T') ? `${day}T${arg}` : arg))
}

/** Starts the server and waits until it is healthy: the twin is stepping. Throws with its output when it is not within `timeoutMs`. */
export async function startServer(
  args: readonly string[],
  timeoutMs = 120_000,
  settings: Readonly<Record<string, string>> = {},
): Promise<RunningServer> {
  const port = await freePort()
  const state = mkdtempSync(join(tmpdir(), 'citytwin-state-'))
  const child = spawn('node', ['server/main.ts', ...onWorkday(args, Date.now())], {
    env: { ...process.env, ...NO_FORECASTS, PORT: String(port), CITYTWIN_STATE: state, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const stop = async (): Promise<void> => {
    if (child.exitCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill()
      await ended
    }
    rmSync(state, { recursive: true, force: true })
  }
  const address = `http://127.0.0.1:${port}`
  const end = Date.now() + timeoutMs
  while (!(await isHealthy(address))) {
    if (child.exitCode !== null || Date.now() > end) {
      await stop()
      throw new Error(`the server did not become healthy:\n${said.slice(-3000)}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  return { address, stop, said: () => said, stateFolder: state }
}

async function isHealthy(address: string): Promise<boolean> {
  try {
    return (await fetch(`${address}/health`)).ok
  } catch {
    return false
  }
}

/** A port nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const bound = probe.address()
      probe.close(() => resolve(typeof bound === 'object' && bound !== null ? bound.port : 0))
    })
  })
}
