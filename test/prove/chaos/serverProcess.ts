/** A whole server in a process of its own, to be killed, stopped and started again on the same state. */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { untilHolds } from './witness.ts'

const root = join(import.meta.dirname, '../../..')
const STARTS_WITHIN_MS = 60_000

export interface ServerOptions {
  /** Where its state is; a temporary folder when left out. */
  readonly stateFolder?: string
  /** Put before the command, as in `faketime`. */
  readonly wrapper?: readonly string[]
  /** Node's own, as in `--inspect`. */
  readonly nodeFlags?: readonly string[]
  /** The server's; Astana with the page as it was built when left out. */
  readonly args?: readonly string[]
  readonly settings?: Readonly<Record<string, string>>
}

export class ServerProcess {
  readonly port: number
  readonly stateFolder: string
  /** Last lines it said. */
  said = ''
  private child: ChildProcess | undefined
  private readonly options: ServerOptions

  private constructor(port: number, options: ServerOptions) {
    this.port = port
    this.options = options
    this.stateFolder = options.stateFolder ?? mkdtempSync(join(tmpdir(), 'citytwin-chaos-'))
  }

  static async start(options: ServerOptions = {}): Promise<ServerProcess> {
    const server = new ServerProcess(await freePort(), options)
    server.spawn()
    if ((await server.untilUp(STARTS_WITHIN_MS)) === undefined)
      throw new Error(`the server did not start: ${server.said}`)
    return server
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  get isAlive(): boolean {
    return this.child?.exitCode === null && this.child.signalCode === null
  }

  spawn(): void {
    const { wrapper = [], nodeFlags = [], args = ['--no-build', '--city', 'astana'], settings } = this.options
    const [command, ...before] = [...wrapper, process.execPath, ...nodeFlags]
    this.child = spawn(command, [...before, 'server/main.ts', ...args], {
      cwd: root,
      env: { ...process.env, PORT: String(this.port), CITYTWIN_STATE: this.stateFolder, ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const hear = (chunk: Buffer) => (this.said = (this.said + chunk.toString()).slice(-4000))
    this.child.stdout?.on('data', hear)
    this.child.stderr?.on('data', hear)
  }

  signal(signal: NodeJS.Signals): void {
    this.child?.kill(signal)
  }

  /** kill -9, and gone. */
  async kill(): Promise<void> {
    const { child } = this
    if (!this.isAlive || child === undefined) return
    const gone = new Promise((done) => child.once('exit', done))
    child.kill('SIGKILL')
    await gone
  }

  /** Milliseconds until /health says that the city runs; undefined when it does not in time. */
  untilUp(mostMs: number): Promise<number | undefined> {
    return untilHolds(async () => {
      const answer = await fetch(`${this.url}/health`, { signal: AbortSignal.timeout(1000) }).catch(
        () => undefined,
      )
      return answer?.status === 200
    }, mostMs)
  }

  get pid(): number {
    if (this.child?.pid === undefined) throw new Error('the server was not started')
    return this.child.pid
  }

  /** Memory of its own, without what it shares with files, kB. */
  get memoryKb(): number {
    const status = readFileSync(`/proc/${this.pid}/status`, 'utf8')
    return Number(/RssAnon:\s+(\d+)/.exec(status)?.[1] ?? NaN)
  }

  async end(): Promise<void> {
    await this.kill()
    if (this.options.stateFolder === undefined) rmSync(this.stateFolder, { recursive: true, force: true })
  }
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done))
  const { port } = probe.address() as AddressInfo
  await new Promise((done) => probe.close(done))
  return port
}
