/** What the page's MapLibre does without is there in the package, under the names that the list has; the build proves that no other is taken. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { rootFolder } from '../../../server/commands/pageStamp.ts'
import { leftOut, MAPLIBRE_VERSION, replaced } from '../../../server/commands/leanMapParts.ts'

const packageFolder = join(rootFolder, 'node_modules/maplibre-gl')
const textOf = (part: string) => readFileSync(join(packageFolder, 'src', part), 'utf8')

function gives(text: string, name: string): boolean {
  if (name === 'default') return /export default /.test(text)
  const declared = new RegExp(`export (?:const|let|(?:async )?function|(?:abstract )?class) ${name}\\b`)
  return declared.test(text) || new RegExp(`export \\{[^}]*\\b${name}\\b[^}]*\\}`).test(text)
}

test('the list is of the release that is installed', () => {
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as {
    version: string
  }
  expect(version).toBe(MAPLIBRE_VERSION)
})

test.each([...leftOut])('%s is left out by the names it has', (part, names) => {
  expect(names.filter((name) => !gives(textOf(part), name))).toEqual([])
})

test.each([...replaced])('%s is replaced by the names it has', (part, text) => {
  const names = [...text.matchAll(/export (?:const|class) (\w+)/g)].map(([, name]) => name)
  expect(names.length).toBeGreaterThan(0)
  expect(names.filter((name) => !gives(textOf(part), name))).toEqual([])
})
