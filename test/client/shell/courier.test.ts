/** Whatever the network does and however often the tab is closed, each report arrives once. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Courier, pauseMs } from '../../../client/shell/courier.ts'
import { keepReport, makeClientId, readOutbox, type SendReport } from '../../../client/shell/outbox.ts'
import { memoryKeep } from './memoryKeep.ts'

const report = () => ({ clientId: makeClientId(), serviceCode: 'pothole', lng: 1, lat: 2, description: '' })
const soon = () => 1

/** What may become of one sending. */
const fates = ['arrives', 'is lost', 'arrives, its answer is lost', 'is refused for now'] as const

/** A server that files once an id, behind a network that does as `fate` says. */
function makeServer(fate: () => (typeof fates)[number]) {
  const filed: string[] = []
  const send: SendReport = async ({ clientId }) => {
    await Promise.resolve()
    const now = fate()
    if (now === 'is lost') throw new Error('lost')
    if (now === 'is refused for now') return { ok: false, error: 'too many at once', isTemporary: true }
    if (!filed.includes(clientId)) filed.push(clientId)
    if (now === 'arrives, its answer is lost') throw new Error('lost')
    return { ok: true, request: filed.indexOf(clientId) }
  }
  return { filed, send }
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 1))
}

describe('the courier', () => {
  it('brings every report once, through lost words, lost answers, a busy server and closed tabs', async () => {
    const act = fc.constantFrom('write', 'close the tab', 'lose the line', 'wait')
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...fates), { maxLength: 20 }),
        fc.array(act, { minLength: 1, maxLength: 12 }),
        async (luck, acts) => {
          const keep = memoryKeep()
          const { filed, send } = makeServer(() => luck.pop() ?? 'arrives')
          let courier = new Courier(keep, send, () => undefined, soon)
          courier.open('town')
          const written: string[] = []
          for (const [i, now] of acts.entries()) {
            if (now === 'write') {
              const one = report()
              written.push(one.clientId)
              keepReport(keep, one, i, 'town')
              void courier.send()
            } else if (now === 'close the tab') {
              courier.close()
              courier = new Courier(keep, send, () => undefined, soon)
              courier.open('town')
            } else if (now === 'lose the line') {
              courier.close()
              courier.open('town')
            } else await new Promise((resolve) => setTimeout(resolve, 1))
          }
          await until(() => readOutbox(keep).every(({ state }) => state === 'filed'))
          courier.close()
          expect(filed.toSorted()).toEqual(written.toSorted())
        },
      ),
      { numRuns: 60 },
    )
  })

  it('sends nothing without a line, and everything when it is there', async () => {
    const keep = memoryKeep()
    const { filed, send } = makeServer(() => 'arrives')
    const courier = new Courier(keep, send, () => undefined, soon)
    for (let i = 0; i < 3; i++) keepReport(keep, report(), i, 'town')
    await courier.send()
    expect(filed).toEqual([])
    courier.open('town')
    await until(() => filed.length === 3)
    courier.close()
  })

  it('has one report under way at a time, and takes a new one along at once', async () => {
    const keep = memoryKeep()
    let underWay = 0
    let most = 0
    const { filed, send } = makeServer(() => 'arrives')
    const counted: SendReport = async (one) => {
      most = Math.max(most, ++underWay)
      const reply = await send(one)
      underWay--
      return reply
    }
    // a pause this long would not pass within the test
    const courier = new Courier(
      keep,
      counted,
      () => undefined,
      () => 1e9,
    )
    keepReport(keep, report(), 1, 'town')
    courier.open('town')
    keepReport(keep, report(), 2, 'town')
    void courier.send()
    await until(() => filed.length === 2)
    courier.close()
    expect(most).toBe(1)
  })

  it('pauses twice as long after each try, a minute at most, never all phones alike', () => {
    expect([0, 1, 2, 3].map((tries) => pauseMs(tries, 0.5))).toEqual([2000, 4000, 8000, 16_000])
    expect(pauseMs(50, 0.5)).toBe(60_000)
    expect([pauseMs(0, 0), pauseMs(0, 1)]).toEqual([1000, 3000])
  })
})
