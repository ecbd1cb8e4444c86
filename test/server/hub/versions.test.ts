/** Every copy of the packages that read what strangers send is new enough; copies nest, and an old one may hide in any of them. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../..')

/** Below these, messages can be made that exhaust the server's memory. */
const least: Readonly<Record<string, string>> = {
  ws: '8.21.0', // CVE-2026-48779: tiny fragments
  'engine.io': '6.6.7', // CVE-2026-59725: binary POST
  'socket.io-parser': '4.2.7', // CVE-2026-69185: crafted packets
}

interface Copy {
  readonly name: string
  readonly path: string
  readonly version: string
}

/** All packages under a `node_modules`, however deep. */
function copiesIn(modules: string): Copy[] {
  return foldersIn(modules).flatMap((entry) => {
    if (entry.startsWith('@'))
      return foldersIn(join(modules, entry)).flatMap((name) => copyAt(modules, `${entry}/${name}`))
    return entry.startsWith('.') ? [] : copyAt(modules, entry)
  })
}

function copyAt(modules: string, name: string): Copy[] {
  const path = join(modules, name)
  const nested = copiesIn(join(path, 'node_modules'))
  try {
    // the name it gives itself: a copy may be installed under another
    const own = JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8')) as Omit<Copy, 'path'>
    return [{ name: own.name, version: own.version, path }, ...nested]
  } catch {
    return nested
  }
}

function foldersIn(path: string): string[] {
  try {
    return readdirSync(join(root, path))
  } catch {
    return []
  }
}

/** Whether `version` comes before `other`; a version before its release (8.21.0-rc.1) does too. */
function isOlder(version: string, other: string): boolean {
  const [numbers, before] = version.split('-')
  const parts = numbers.split('.').map(Number)
  const wanted = other.split('.').map(Number)
  const at = wanted.findIndex((part, i) => parts[i] !== part)
  return at < 0 ? before !== undefined : !(parts[at] > wanted[at])
}

describe('what reads strangers’ bytes', () => {
  const copies = copiesIn('node_modules')

  it.each(Object.entries(least))('%s is at least %s in every copy', (name, version) => {
    const found = copies.filter((copy) => copy.name === name)
    expect(found.length).toBeGreaterThan(0)
    expect(
      found.filter((copy) => isOlder(copy.version, version)).map((copy) => `${copy.path} is ${copy.version}`),
    ).toEqual([])
  })

  it('is found where it nests: packages in packages are walked', () => {
    expect(copies.length).toBeGreaterThan(200)
  })

  it.each([
    ['8.20.9', '8.21.0', true],
    ['8.21.0', '8.21.0', false],
    ['8.21.0-rc.1', '8.21.0', true],
    ['8.100.0', '8.21.0', false],
    ['10.0.0', '8.21.0', false],
    ['nonsense', '8.21.0', true],
  ])('%s is older than %s: %s', (version, other, older) => expect(isOlder(version, other)).toBe(older))
})
