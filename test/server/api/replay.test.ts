/** The doors of the past over a real port. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Span } from '../../../server/history/replay.ts'
import { readRecording } from '../../../twin/protocol/recording.ts'
import { serveTown, type ServedTown } from '../fixtures/servedTown.ts'

let town: ServedTown
const sent = new Map<number, Buffer>()

beforeAll(async () => {
  town = await serveTown(50)
  town.served.context.live.on('frame', ({ tick, bytes }) => sent.set(tick, Buffer.from(bytes.slice(0))))
  while ((await span()).parts.length === 0 || sent.size < 4) await new Promise((r) => setTimeout(r, 100))
})
afterAll(async () => {
  await town.close()
})

const get = (path: string) => fetch(town.address + path)
const span = async () => {
  const answer = await get('/api/replay/span')
  return (answer.status === 200 ? await answer.json() : { parts: [] }) as Span
}
const body = async (path: string) => readRecording(new Uint8Array(await (await get(path)).arrayBuffer()))

describe('the doors of the past', () => {
  it('give the frames that the sockets were sent, bit for bit', async () => {
    const { parts } = await span()
    const { header, moments } = await body(`/api/replay?from=${parts[0].fromMs}&to=${parts[0].toMs}`)
    expect(header.cityId).toBe('small')
    expect(moments[0].isKeyframe).toBe(true)
    const known = moments.filter(({ tick, isKeyframe }) => sent.has(tick) && !isKeyframe)
    expect(known.length).toBeGreaterThan(0)
    for (const { tick, frame } of known) expect(Buffer.compare(frame, sent.get(tick)!)).toBe(0)
  })

  it('let what is past be kept for as long as it stays the past', async () => {
    const { parts, version } = await span()
    const past = `/api/replay?from=${parts[0].fromMs}&to=${parts[0].fromMs + 1000}`
    expect((await get(`${past}&v=${version}`)).headers.get('cache-control')).toContain('immutable')
    expect((await get(`${past}&v=other`)).headers.get('cache-control')).toBe('no-store')
    expect((await get(past)).headers.get('cache-control')).toBe('no-store')
  })

  it('refuse what is not a question, with a sentence', async () => {
    const { parts } = await span()
    const at = parts[0].fromMs
    for (const query of [
      '',
      'from=1',
      `to=${at}`,
      `from=${at}&to=${at - 1}`,
      `from=${at}&to=${at + 16 * 60_000}`,
      `from=${at}&to=1e9`,
      `from=-1&to=${at}`,
      `from=${at}&to=${at}&run=1&after=3`,
      `from=${at}&from=${at}&to=${at}`,
      `from=${at}&to=${at}&every=1`,
      `from=${at}&to=${at}&what=1`,
      `after=${at}&to=${at}`,
    ]) {
      const answer = await get(`/api/replay?${query}`)
      expect([query, answer.status]).toEqual([query, 400])
      expect(((await answer.json()) as { error: string }).error).not.toBe('')
    }
    expect((await get('/api/replay/values?row=999&from=0&to=1')).status).toBe(400)
    expect((await get('/api/replay/marks?from=0')).status).toBe(400)
  })

  it('tell the marks and the course of a number', async () => {
    const { parts } = await span()
    const window = `from=${parts[0].fromMs}&to=${parts[0].toMs}`
    expect(await (await get(`/api/replay/marks?${window}`)).json()).toMatchObject({
      incidents: [],
      counts: [],
    })
    const course = (await (await get(`/api/replay/values?row=0&${window}`)).json()) as {
      timesMs: number[]
      provenance: object
    }
    expect(course.timesMs.length).toBeGreaterThan(0)
    expect(course.provenance).toMatchObject({ kind: 'replayed' })
  })

  it('are seen in the health of the server', async () => {
    const { recording } = (await (await get('/health')).json()) as {
      recording: { state: string; bytes: number }
    }
    expect(recording.state).toBe('recording')
    expect(recording.bytes).toBeGreaterThan(0)
    expect(await (await get('/metrics')).text()).toContain('citytwin_recording_up 1')
  })
})
