/** A phone's report through a dead network and a closed tab. */
import { createConnection, createServer, type AddressInfo, type Socket } from 'node:net'
import { expectThat, type Case } from './case.ts'
import { PATIENCE_MS, PHONE, untilCity } from './pages.ts'

const WORDS = 'Written where there was no line'

export const cases: readonly Case[] = [
  {
    name: 'a report written without a line outlives its tab, and is filed once when the line is back',
    async run({ address, browser }) {
      const line = await startLine(Number(new URL(address).port))
      // unwatched: a browser logs an error for each try on a dead line
      const context = await browser.newContext({ viewport: { width: PHONE[0], height: PHONE[1] } })
      try {
        const page = await context.newPage()
        await page.goto(`${line.address}/?lang=en&movers=0`)
        await untilCity(page)
        await page.getByRole('button', { name: 'Report a problem' }).click()
        await page.getByRole('radio').first().check({ force: true })
        await page.getByRole('textbox', { name: /In your words/ }).fill(WORDS)
        line.cut()
        await page.getByRole('button', { name: 'Send the report' }).click()
        await page.getByText(/Kept on this device/).waitFor({ timeout: PATIENCE_MS })
        await page.close()
        line.mend()
        const again = await context.newPage()
        await again.goto(`${line.address}/?lang=en&movers=0`)
        const kept = await again.waitForFunction(
          () => {
            const keys = Object.keys(localStorage).filter((key) => key.startsWith('citytwin.outbox.'))
            const entries = keys.map((key) => JSON.parse(localStorage.getItem(key) ?? '{}'))
            return entries.every(({ state }) => state === 'filed') && entries
          },
          undefined,
          { timeout: PATIENCE_MS },
        )
        const entries = (await kept.jsonValue()) as { clientId: string; request: number }[]
        expectThat(entries.length === 1, `one report on the device, filed: ${JSON.stringify(entries)}`)
        const [{ clientId, request }] = entries
        const filed = (await (await fetch(`${address}/api/requests/${request}`)).json()) as Record<
          string,
          unknown
        >
        expectThat(
          filed['id'] === clientId && filed['description'] === WORDS,
          `the server has it: ${JSON.stringify(filed)}`,
        )
      } finally {
        await context.close()
        line.end()
      }
    },
  },
]

/** A network of our own between page and server, that can be cut. */
async function startLine(serverPort: number) {
  const open = new Set<Socket>()
  let isCut = false
  const relay = createServer((page) => {
    if (isCut) return page.destroy()
    const server = createConnection(serverPort, '127.0.0.1')
    for (const [from, to] of [
      [page, server],
      [server, page],
    ]) {
      open.add(from)
      from.pipe(to)
      from.on('error', () => to.destroy())
      from.on('close', () => {
        open.delete(from)
        to.destroy()
      })
    }
    return undefined
  })
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve))
  const drop = () => {
    for (const socket of open) socket.destroy()
  }
  return {
    address: `http://127.0.0.1:${(relay.address() as AddressInfo).port}`,
    cut() {
      isCut = true
      drop()
    },
    mend() {
      isCut = false
    },
    end() {
      relay.close()
      drop()
    },
  }
}
