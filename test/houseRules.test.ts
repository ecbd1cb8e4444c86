/** Who may import whom, as data, checked against every import in the house. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** A place may import itself and these; the longest matching place counts. */
const mayImport: Record<string, readonly string[]> = {
  'twin/kernel': [],
  'twin/geo': ['twin/kernel'],
  'twin/traffic': ['twin/kernel', 'twin/geo', 'twin/city.ts'],
  'twin/power': ['twin/kernel', 'twin/geo', 'twin/city.ts'],
  'twin/transit': ['twin/kernel', 'twin/geo', 'twin/city.ts'],
  'twin/reports': ['twin/kernel', 'twin/geo', 'twin/city.ts'],
  'twin/provenance': ['twin/kernel', 'twin/domains.ts', 'twin/city.ts'],
  'twin/objectives': ['twin'],
  'twin/scenario': ['twin'],
  'twin/forecast': ['twin'],
  'twin/protocol': [
    'twin/kernel',
    'twin/commands.ts',
    'twin/alarms/catalogue.ts',
    'twin/desk/agencies.ts',
    'twin/scenario',
  ],
  twin: ['twin'],
  'data/recipes': ['twin'],
  server: ['twin'],
  'server/feeds': ['twin', 'data/recipes'],
  'server/commands': ['twin', 'server', 'data/recipes', 'test/bench'],
  'client/theme': [],
  'client/language': [],
  'client/source': ['twin', 'data/recipes'],
  'client/state': ['twin', 'client/source', 'client/theme', 'client/language'],
  'client/charts': ['client/theme', 'client/language'],
  'client/layers': [
    'twin',
    'client/state',
    'client/source',
    'client/charts',
    'client/theme',
    'client/language',
  ],
  'client/map': ['twin', 'client/layers', 'client/state', 'client/source', 'client/theme', 'client/language'],
  'client/shell': [
    'twin',
    'client/map',
    'client/layers',
    'client/state',
    'client/source',
    'client/charts',
    'client/theme',
    'client/language',
  ],
  'client/faces': ['twin', 'client'],
  client: ['twin', 'client'],
  test: [''],
}

/** Packages the engine may use: tiny and pure. */
const packagesOfTwin = ['valibot']
const packagesOfServerOnly = ['express', 'helmet', 'socket.io', 'kysely', 'pg']
const packagesOfClientOnly = ['react', 'react-dom', 'maplibre-gl', 'socket.io-client']
const layerFolders = ['traffic', 'power', 'transit', 'reports']

interface Import {
  file: string
  /** A path from the root, or a package. */
  target: string
  isPackage: boolean
}

const files = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.tsx'],
  {
    cwd: root,
    encoding: 'utf8',
  },
)
  .split('\n')
  .filter((file) => file !== '' && !file.endsWith('.config.ts'))

const imports: Import[] = files.flatMap((file) => {
  const text = readFileSync(join(root, file), 'utf8')
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)[^'"\n;]*?(?:\{[^}]*\}[^'"\n]*?)?from\s*'([^']+)'|(?:^|[^\w.])import\(\s*'([^']+)'\s*\)|(?:^|\n)import\s*'([^']+)'|new URL\('(\.[^']+\.ts)'/g,
  )
  return [...found].map((match) => {
    const written = match[1] ?? match[2] ?? match[3] ?? match[4]
    const isPackage = !written.startsWith('.')
    const bare = written.replace(/\?.*$/, '')
    return { file, isPackage, target: isPackage ? bare : normalize(join(dirname(file), bare)) }
  })
})

function isWithin(path: string, place: string): boolean {
  return place === '' || path === place || path.startsWith(`${place}/`)
}

function placeOf(file: string): string {
  const places = Object.keys(mayImport).filter((place) => isWithin(file, place))
  return places.sort((a, b) => b.length - a.length)[0] ?? ''
}

describe('the house', () => {
  it('is read at all: some hundreds of imports are found', () => {
    expect(imports.length).toBeGreaterThan(50)
  })

  it('imports only downwards', () => {
    const broken = imports.filter(({ file, target, isPackage }) => {
      if (isPackage) return false
      const place = placeOf(file)
      if (place === '') return true
      return !isWithin(target, place) && !mayImport[place].some((allowed) => isWithin(target, allowed))
    })
    expect(broken.map(({ file, target }) => `${file} imports ${target}`)).toEqual([])
  })

  it('keeps the twin free of Node and of all packages but tiny pure ones', () => {
    const broken = imports.filter(
      ({ file, target, isPackage }) =>
        isPackage && isWithin(file, 'twin') && !packagesOfTwin.includes(target),
    )
    expect(broken.map(({ file, target }) => `${file} imports ${target}`)).toEqual([])
  })

  it('keeps the packages of server and page apart', () => {
    const broken = imports.filter(({ file, target, isPackage }) => {
      if (!isPackage) return false
      const isOf = (list: readonly string[]): boolean =>
        list.some((name) => target === name || target.startsWith(`${name}/`))
      if (isWithin(file, 'server') || isWithin(file, 'data')) return isOf(packagesOfClientOnly)
      if (isWithin(file, 'client')) return isOf(packagesOfServerOnly) || target.startsWith('node:')
      return false
    })
    expect(broken.map(({ file, target }) => `${file} imports ${target}`)).toEqual([])
  })

  it('lets no layer import another layer', () => {
    const broken = imports.filter(({ file, target }) => {
      const from = layerFolders.find((layer) => isWithin(file, `client/layers/${layer}`))
      return (
        from !== undefined &&
        layerFolders.some((layer) => layer !== from && isWithin(target, `client/layers/${layer}`))
      )
    })
    expect(broken.map(({ file, target }) => `${file} imports ${target}`)).toEqual([])
  })

  it('makes a twin only in hosts and tests', () => {
    const hosts = ['server/loop', 'server/commands', 'client/source', 'test', 'twin']
    const broken = files.filter(
      (file) =>
        !hosts.some((host) => isWithin(file, host)) &&
        /\bcreateTwin\(/.test(readFileSync(join(root, file), 'utf8')),
    )
    expect(broken).toEqual([])
  })

  it('keeps the engine free of the clock, dice and engine-dependent mathematics of the language', () => {
    const banned =
      /\bDate\.now\b|\bnew Date\b|\bMath\.(random|exp|expm1|log|log2|log10|log1p|pow|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|hypot|cbrt)\b|\bIntl\b|toLocale/
    const broken = files
      .filter((file) => isWithin(file, 'twin'))
      .filter((file) =>
        banned.test(readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')),
      )
    expect(broken).toEqual([])
  })

  it('says at the head of each file what it is', () => {
    const broken = files.filter(
      (file) => !/^(#!.*\n)?(\/\*\*|\/\/)/.test(readFileSync(join(root, file), 'utf8')),
    )
    expect(broken).toEqual([])
  })

  it('uses no drawer names', () => {
    const drawers = /(^|\/)(utils?|helpers?|types|constants|common|misc|index)\.tsx?$/
    expect(files.filter((file) => drawers.test(file))).toEqual([])
  })

  it('names every runtime dependency in ARCHITECTURE.md, and has at most 32', () => {
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>
    }
    const architecture = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8')
    const names = Object.keys(dependencies)
    expect(names.length).toBeLessThanOrEqual(32)
    expect(names.filter((name) => !architecture.includes(`\`${name}\``))).toEqual([])
  })

  it('keeps ARCHITECTURE.md within 150 lines', () => {
    expect(
      readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8').trimEnd().split('\n').length,
    ).toBeLessThanOrEqual(150)
  })
})
