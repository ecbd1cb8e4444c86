/** `npm run city` from outside: an unsuited source ends with one sentence and exit 1, and leaves nothing behind. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { osmPbfBytes } from '../../fixtures/osmBytes.ts'
import { cases } from '../../fixtures/cases.ts'

const command = fileURLToPath(new URL('../../../server/commands/city.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'citytwin-city-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function runCity(...args: string[]) {
  const done = spawnSync(process.execPath, [command, ...args, '--out', join(folder, 'out')], {
    encoding: 'utf8',
  })
  return {
    status: done.status,
    said: done.stderr,
    left: existsSync(join(folder, 'out')) ? readdirSync(join(folder, 'out')) : [],
  }
}

function source(name: string, bytes: Uint8Array | string): string {
  writeFileSync(join(folder, name), bytes)
  return join(folder, name)
}

const nodes = [
  { id: 1, lng: 7, lat: 43 },
  { id: 2, lng: 7.001, lat: 43.001 },
]
const roadless = osmPbfBytes({ nodes, ways: [{ id: 3, refs: [1, 2], tags: { waterway: 'river' } }] })

describe('npm run city', () => {
  it.each([
    ['a file that is not there', () => join(folder, 'nothing.osm.pbf'), /does not exist/],
    ['an empty file', () => source('empty.osm.pbf', ''), /neither an \.osm\.pbf file nor/],
    ['another format', () => source('page.html', '<html>'.repeat(999)), /neither an \.osm\.pbf file nor/],
    ['a file cut short', () => source('cut.osm.pbf', roadless.slice(0, -9)), /cut short/],
    ['a map without roads', () => source('river.osm.pbf', roadless), /no roads for cars/],
    ['places nowhere on Earth', () => source('far.osm.pbf', osmPbfBytes({ nodes: [{ id: 1, lng: 7, lat: 99 }], ways: [] })), /nowhere on Earth/], // prettier-ignore
    ['a folder without tiles', () => folder, /holds no OSM-QA tiles/],
  ])('ends for %s with one sentence, exit 1 and nothing half-made', (_, path, message) => {
    const { status, said, left } = runCity(path(), '--name', 'town')
    expect(said).toMatch(message)
    expect(said.trim().split('\n')).toHaveLength(1)
    expect(status).toBe(1)
    expect(left).toEqual([])
  })

  const monaco = cases('osm/monaco.osm.pbf')
  it.skipIf(monaco === undefined)(
    'makes Monaco from its .osm.pbf, whole',
    () => {
      const { status, said, left } = runCity(monaco!, '--name', 'monaco')
      expect(said).toBe('')
      expect(status).toBe(0)
      expect(left).toEqual(['monaco'])
      expect(readdirSync(join(folder, 'out', 'monaco'))).toContain('city.json')
    },
    120_000,
  )
})
