/** The reference pages can be read in a browser: each says what it is about, its links lead somewhere, and its style comes with it. */
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import express from 'express'
import { expect, onTestFinished, test } from 'vitest'
import { docsRoutes, headOf, htmlOf } from '../../../server/api/docs.ts'

const folder = join(import.meta.dirname, '../../../public/docs')
const pages = readdirSync(folder).filter((name) => name.endsWith('.md'))

test.each(pages)('%s has a title and a sentence', (name) => {
  const { title, about } = headOf(readFileSync(join(folder, name), 'utf8'))
  expect(title).toMatch(/^\S.{2,60}$/)
  expect(about).toMatch(/^\S.{8,}[.?!]$/)
  expect(about).not.toMatch(/\]\(|\*\*|`/)
})

test('a title is text, whatever it holds', () => {
  expect(headOf('# A <b> & `c`\n\nSee [power](power.md). More.')).toEqual({
    title: 'A &lt;b> &amp; c',
    about: 'See power.',
  })
})

test.each(pages)('the links of %s lead to a page and a part that are there', (name) => {
  for (const [, href] of htmlOf(readFileSync(join(folder, name), 'utf8')).matchAll(/href="([^"]*)"/g)) {
    if (/^https?:/.test(href)) continue
    const [file, part] = href.split('#')
    const target = file === '' ? name : file
    expect(existsSync(join(folder, target)), href).toBe(true)
    if (part !== undefined)
      expect(htmlOf(readFileSync(join(folder, target), 'utf8'))).toContain(`id="${part}"`)
  }
})

test('what Markdown calls HTML is shown, not run', () => {
  expect(htmlOf('# A <script>alert(1)</script>\n\n<img src=x onerror=y>')).not.toMatch(/<(script|img)/)
})

test('a browser is given a page with its style and type, a program the text as it is written', async () => {
  const server = express().use(docsRoutes(folder)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  const get = (path: string, accept: string) =>
    fetch(`http://127.0.0.1:${port}${path}`, { headers: { accept } })
  const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'
  const html = await (await get('/docs/power.md', browser)).text()
  expect(html).toMatch(/^<!doctype html>/)
  expect(html).toContain('<h1 id="power">Power</h1>')
  for (const file of ['/docs/docs.css', '/docs/atkinson.woff2'])
    expect((await get(file, '*/*')).status, file).toBe(200)
  expect((await get('/docs/docs.css', '*/*')).headers.get('content-type')).toContain('text/css')
  expect(await (await get('/docs/power.md', '*/*')).text()).toBe(
    readFileSync(join(folder, 'power.md'), 'utf8'),
  )
})
