/** A stock Firefox, driven over WebDriver BiDi: enough to open a page, run a script in it and hear its errors. */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

interface BidiReply {
  id?: number
  result?: unknown
  error?: string
  message?: string
  method?: string
  params?: { level?: string; text?: string }
}

export class Firefox {
  /** Errors that pages wrote to the console or threw. */
  readonly errors: string[] = []
  private readonly child: ChildProcess
  private readonly profile: string
  private readonly socket: WebSocket
  private readonly waiting = new Map<number, (reply: BidiReply) => void>()
  private lastId = 0

  private constructor(child: ChildProcess, profile: string, socket: WebSocket) {
    this.child = child
    this.profile = profile
    this.socket = socket
    socket.addEventListener('message', (event) => this.hear(JSON.parse(String(event.data)) as BidiReply))
  }

  /** Starts Firefox at `path`, headless, with a new profile. */
  static async launch(path: string): Promise<Firefox> {
    const profile = mkdtempSync(join(tmpdir(), 'citytwin-firefox-'))
    const child = spawn(
      path,
      ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port=0', 'about:blank'],
      {
        stdio: ['ignore', 'ignore', 'pipe'],
        env: { ...process.env, HOME: profile, MOZ_DISABLE_CONTENT_SANDBOX: '1' },
      },
    )
    const address = await new Promise<string>((resolve, reject) => {
      let said = ''
      child.stderr!.on('data', (chunk: Buffer) => {
        said += chunk.toString()
        const match = said.match(/WebDriver BiDi listening on (ws:\S+)/)
        if (match !== null) resolve(match[1])
      })
      child.on('exit', () => reject(new Error(`firefox ended: ${said.slice(-400)}`)))
      setTimeout(
        () => reject(new Error(`firefox said no BiDi address in 60 s: ${said.slice(-400)}`)),
        60_000,
      ).unref()
    })
    const socket = new WebSocket(`${address}/session`)
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve)
      socket.addEventListener('error', () => reject(new Error(`firefox: no connection to ${address}`)))
    })
    const firefox = new Firefox(child, profile, socket)
    await firefox.send('session.new', { capabilities: {} })
    await firefox.send('session.subscribe', { events: ['log.entryAdded'] })
    return firefox
  }

  /** Opens a page of the given size and gives its context. */
  async open(url: string, width: number, height: number): Promise<string> {
    const { context } = (await this.send('browsingContext.create', { type: 'tab' })) as { context: string }
    await this.send('browsingContext.setViewport', { context, viewport: { width, height } })
    await this.send('browsingContext.navigate', { context, url, wait: 'complete' })
    return context
  }

  /** The value of an expression in a page, as JSON can carry it. */
  async evaluate<T>(context: string, expression: string): Promise<T> {
    const reply = (await this.send('script.evaluate', {
      expression: `Promise.resolve(${expression}).then((value) => JSON.stringify(value) ?? 'null')`,
      target: { context },
      awaitPromise: true,
    })) as { type: string; result: { value: string }; exceptionDetails?: { text: string } }
    if (reply.type === 'exception') throw new Error(`firefox: ${reply.exceptionDetails?.text}`)
    return JSON.parse(reply.result.value) as T
  }

  /** Waits until an expression is true in a page. */
  async until(context: string, expression: string, timeoutMs: number): Promise<void> {
    const end = Date.now() + timeoutMs
    while (!(await this.evaluate<boolean>(context, `Boolean(${expression})`))) {
      if (Date.now() > end)
        throw new Error(`firefox: ${expression} was not true within ${timeoutMs / 1000} s`)
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
  }

  async close(): Promise<void> {
    this.socket.close()
    const ended = new Promise((resolve) => this.child.once('exit', resolve))
    this.child.kill()
    await ended
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }

  private send(method: string, params: object): Promise<unknown> {
    const id = ++this.lastId
    return new Promise((resolve, reject) => {
      this.waiting.set(id, (reply) =>
        reply.error === undefined
          ? resolve(reply.result)
          : reject(new Error(`firefox: ${method}: ${reply.message}`)),
      )
      this.socket.send(JSON.stringify({ id, method, params }))
    })
  }

  private hear(reply: BidiReply): void {
    if (reply.method === 'log.entryAdded' && reply.params?.level === 'error')
      this.errors.push(reply.params.text ?? '')
    if (reply.id === undefined) return
    this.waiting.get(reply.id)?.(reply)
    this.waiting.delete(reply.id)
  }
}
