/** What the first file of the page says is in the words that travel with it. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { enFirst } from '../../../client/language/enFirst.ts'
import { english } from '../../../client/language/english.ts'
import { esFirst } from '../../../client/language/esFirst.ts'

const language = join(import.meta.dirname, '../../../client/language/language.ts')
const page = join(import.meta.dirname, '../../../client/main.tsx')

/** A module and all that it imports for good; what is fetched later is not of the first file. */
function withImports(path: string, found = new Map<string, string>()): Map<string, string> {
  if (found.has(path) || !existsSync(path)) return found
  const text = readFileSync(path, 'utf8')
  found.set(path, text)
  const imports = text.matchAll(/^import (?!type )(?:[^'()]*? from )?'(\.[^']+\.tsx?)'/gm)
  for (const [, name] of imports) withImports(join(dirname(path), name), found)
  return found
}

/** Keys that a text may say: those it names, alone or by their stem, and those that fit where a part of the name is a value. */
function saidIn(text: string): string[] {
  const named = [...text.matchAll(/'([\w.]+)'/g)].flatMap(([, name]) => [
    name,
    `${name}.one`,
    `${name}.other`,
  ])
  const fitting = [...text.matchAll(/\bsay(?:Count)?\(`([^`]+)`/g)].map(([, name]) => {
    const parts = name.split(/\$\{[^}]*\}/).map((part) => part.replaceAll('.', '\\.'))
    return new RegExp(`^${parts.join('\\w+')}(\\.one|\\.other)?$`)
  })
  return Object.keys(english).filter((key) => named.includes(key) || fitting.some((fits) => fits.test(key)))
}

const said = [...withImports(page)]
  .filter(([path]) => path.includes('/client/') && path !== language)
  .flatMap(([path, text]) => saidIn(text).map((key) => ({ path, key })))

test('the first file says something', () => {
  expect(said.map(({ key }) => key)).toContain('now.waiting')
  expect(said.map(({ key }) => key)).toContain('now.reports.other')
})

test('what the first file says travels with it, in both languages', () => {
  expect(said.filter(({ key }) => !(key in enFirst) || !(key in esFirst))).toEqual([])
})

test('no word travels with the first file that it does not say', () => {
  const keys = new Set(said.map(({ key }) => key))
  expect(Object.keys(enFirst).filter((key) => !keys.has(key))).toEqual([])
})
