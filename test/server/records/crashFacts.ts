/** What holds when a process dies: what it acknowledged is there, once. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import type { RecordsPlace } from '../../../server/records/engine.ts'
import { Records } from '../../../server/records/records.ts'
import { numberedRequest } from '../fixtures/numberedRequest.ts'
import type { TestEngine } from './testEngine.ts'

const filer = fileURLToPath(new URL('../fixtures/filer.ts', import.meta.url))
// After the first acknowledgement; no two lives end in the same place. Milliseconds.
const LIVES_MS = [3, 90, 31, 160, 57]
// The next process sends the last ones again, as pages do that have heard nothing.
const SENT_AGAIN = 8

/** `lives` processes in a row are killed. */
export function crashFacts(engine: () => TestEngine, lives: number): void {
  it(`every report acknowledged before a kill -9 is there once (${lives} times killed)`, async () => {
    const place = await engine().place()
    const acknowledged = new Set<number>()
    for (const lifeMs of LIVES_MS.slice(0, lives)) {
      const from = Math.max(0, ...[...acknowledged].map((number) => number - SENT_AGAIN))
      for (const number of await fileUntilKilled(place, from, lifeMs)) acknowledged.add(number)
    }
    await expectAllThere(place, acknowledged)
  })
}

export async function expectAllThere(place: RecordsPlace, acknowledged: ReadonlySet<number>): Promise<void> {
  const records = await Records.open(place)
  const stored = await records.requestsSince('small', 0)
  const count = new Map<string, number>()
  for (const { clientId } of stored) count.set(clientId, (count.get(clientId) ?? 0) + 1)
  const verdict = await records.verify()
  await records.close()
  expect(acknowledged.size).toBeGreaterThan(0)
  for (const number of acknowledged) expect(count.get(numberedRequest(number).clientId), `${number}`).toBe(1)
  expect(verdict).toMatchObject({ isWhole: true, head: { seq: stored.length } })
}

/** The numbers it acknowledged. `end` is how it ends; SIGKILL when left out. */
export function fileUntilKilled(
  { stateFolder, databaseUrl }: RecordsPlace,
  from: number,
  lifeMs: number,
  end: () => void = () => undefined,
): Promise<number[]> {
  return new Promise((resolve) => {
    const args = [filer, stateFolder, databaseUrl ?? '', String(from)]
    const child = spawn('node', args, { stdio: ['ignore', 'pipe', 'ignore'] })
    let said = ''
    child.stdout.once('data', () =>
      setTimeout(() => {
        end()
        child.kill('SIGKILL')
      }, lifeMs),
    )
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
    // a line that has no end was not said
    child.on('close', () => resolve(said.split('\n').slice(0, -1).map(Number)))
  })
}
