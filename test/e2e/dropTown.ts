/** Drops files on a page as a hand does, and waits for the town that is made of them. */
import type { Page } from 'playwright-core'
import { PATIENCE_MS, untilCity } from './pages.ts'

export interface DroppedFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** On whatever lies in the middle of the page. */
export async function dropFiles(page: Page, files: readonly DroppedFile[]): Promise<void> {
  const coded = files.map(({ name, bytes }) => ({ name, text: Buffer.from(bytes).toString('base64') }))
  await page.evaluate((given) => {
    const dataTransfer = new DataTransfer()
    for (const { name, text } of given)
      dataTransfer.items.add(new File([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))], name))
    const target = document.elementFromPoint(innerWidth / 2, innerHeight / 2) ?? document.body
    for (const kind of ['dragenter', 'dragover', 'drop'])
      target.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }))
  }, coded)
}

/** Until the page shows the town and the first frame of it. */
export async function untilTown(page: Page, id: string, patienceMs = PATIENCE_MS): Promise<void> {
  await page.waitForURL((url) => url.searchParams.get('town') === id, { timeout: patienceMs })
  await untilCity(page)
}

/** SHA-256 of each file of a kept town, in hexadecimal, by name. */
export function keptDigests(page: Page, id: string): Promise<Record<string, string>> {
  return page.evaluate(async (town) => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const database = await done(indexedDB.open('citytwin-towns'))
    const range = IDBKeyRange.bound([town], [town, []])
    const all = () => database.transaction('files').objectStore('files')
    const keys = (await done(all().getAllKeys(range))) as [string, string][]
    const values = (await done(all().getAll(range))) as BufferSource[]
    const digests = await Promise.all(values.map((bytes) => crypto.subtle.digest('SHA-256', bytes)))
    const hex = (digest: ArrayBuffer) =>
      [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
    database.close()
    return Object.fromEntries(keys.map(([, name], i) => [name, hex(digests[i])]))
  }, id)
}
