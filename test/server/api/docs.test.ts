/** The list of reference pages says of each what it is about, in words that are safe to show. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { headOf } from '../../../server/api/docs.ts'

const folder = join(import.meta.dirname, '../../../public/docs')
const pages = readdirSync(folder).filter((name) => name.endsWith('.md'))

test.each(pages)('%s has a title and a sentence', (name) => {
  const { title, about } = headOf(readFileSync(join(folder, name), 'utf8'))
  expect(title).toMatch(/^\S.{2,60}$/)
  expect(about).toMatch(/^\S.{8,}[.:?!]$/)
  expect(about).not.toMatch(/\]\(|\*\*|`/)
})

test('a title is text, whatever it holds', () => {
  expect(headOf('# A <b> & `c`\n\nSee [power](power.md). More.')).toEqual({
    title: 'A &lt;b> &amp; c',
    about: 'See power.',
  })
})
