/**
 * Builds MapLibre from its sources, without what no map of ours shows (`leanMapParts.ts`), and its worker as one more chunk of
 * the page, so that what both need travels once. The package's own build cannot be cut: one class draws in all of it. Only
 * when building: `npm run dev` takes the package as it is.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { GEOJSONVT_CLIP_END, GEOJSONVT_CLIP_START } from '@maplibre/geojson-vt'
import { normalizePath, transformWithOxc, type Plugin } from 'vite'
import { rootFolder } from './pageStamp.ts'
import { leftOut, MAPLIBRE_VERSION, replaced } from './leanMapParts.ts'

// as the bundler writes paths, on any system
const packageFolder = normalizePath(join(rootFolder, 'node_modules/maplibre-gl'))
const sources = `${packageFolder}/src`
const pageSources = normalizePath(join(rootFolder, 'client/'))
const worker = `${sources}/source/worker.ts`
const styles = `${packageFolder}/dist/maplibre-gl.css`
/** On the buttons of controls, of which the page has none: nine tenths of the style sheet. */
const PICTURE = /background-image:url\("data:[^"]*"\);?/g
/** Fields of classes as its makers build them: only those with a value are set, over what a parent has set. */
const asMapLibreBuilds = {
  lang: 'ts',
  assumptions: { setPublicClassFields: true },
  typescript: { removeClassFieldsWithoutInitializer: true },
} as const
/** As the page imports it. */
const WORKER_ADDRESS = 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
const WORKER_MODULE = '\0worker-address'
/** Of the cutter of GeoJSON the page needs two names; the rest is the worker's. */
const GEOJSON_PACKAGE = '@maplibre/geojson-vt'
const USES_CLIP_NAMES = 'data/bucket/line_bucket.ts'
const CLIP_NAMES_MODULE = '\0maplibre-clip-names'

export function leanMap(): Plugin {
  return {
    name: 'lean-map',
    apply: 'build',
    enforce: 'pre',

    buildStart() {
      const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as {
        version: string
      }
      if (version !== MAPLIBRE_VERSION)
        throw new Error(
          `maplibre-gl is ${version}, and leanMapParts.ts was written for ${MAPLIBRE_VERSION}: look through its list, then change the number`,
        )
      const gone = [...leftOut.keys(), ...replaced.keys(), USES_CLIP_NAMES].filter(
        (part) => !existsSync(join(sources, part)),
      )
      if (gone.length > 0)
        throw new Error(`leanMapParts.ts: maplibre-gl ${version} has no ${gone.join(', ')}`)
    },

    resolveId(id, importer) {
      if (id === GEOJSON_PACKAGE && importer === `${sources}/${USES_CLIP_NAMES}`) return CLIP_NAMES_MODULE
      if (id === 'maplibre-gl') return `${sources}/index.ts`
      return id === WORKER_ADDRESS ? WORKER_MODULE : undefined
    },

    load(id) {
      if (id === WORKER_MODULE) {
        const file = this.emitFile({ type: 'chunk', id: worker, name: 'maplibre-gl-worker' })
        return `export default import.meta.ROLLUP_FILE_URL_${file}`
      }
      if (id === CLIP_NAMES_MODULE)
        return Object.entries({ GEOJSONVT_CLIP_START, GEOJSONVT_CLIP_END })
          .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)}`)
          .join('\n')
      if (id === `${packageFolder}/package.json`) return JSON.stringify({ version: MAPLIBRE_VERSION })
      if (!id.startsWith(`${sources}/`)) return undefined
      const part = id.slice(sources.length + 1)
      const names = leftOut.get(part)
      return names === undefined ? replaced.get(part) : standIn(names)
    },

    async transform(code, id) {
      if (id === styles) return code.replaceAll(PICTURE, '')
      if (!id.startsWith(`${sources}/`) || !id.endsWith('.ts')) return undefined
      const { code: script, map } = await transformWithOxc(code, id, asMapLibreBuilds)
      // a module that nothing is taken from may go, unless it tells worker and page how its classes travel
      return { code: script, map, moduleSideEffects: id === worker || /\bregister\(/.test(code) }
    },

    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
      const reached = new Set([chunks.find(({ facadeModuleId }) => facadeModuleId === worker)?.fileName])
      for (const name of reached)
        for (const next of chunks.find(({ fileName }) => fileName === name)?.imports ?? []) reached.add(next)
      const foreign = chunks
        .filter(({ fileName }) => reached.has(fileName))
        .flatMap(({ moduleIds }) => moduleIds.filter((id) => id.startsWith(pageSources)))
      if (foreign.length > 0)
        throw new Error(`the map's worker would run parts of the page: ${foreign.slice(0, 5).join(', ')}`)
    },
  }
}

/** Exports of the same names; whatever uses one fails at once, and says why. A shader is text, and nothing is of a kind that is left out. */
function standIn(names: readonly string[]): string {
  return names.map(standInOf).join('\n')
}

function standInOf(name: string): string {
  if (name === 'default') return `export default ''`
  if (/^is[A-Z]\w*(Layer|Type)$/.test(name)) return `export const ${name} = () => false`
  return `export function ${name}() { throw new Error('${name} of maplibre-gl is left out of this page (leanMapParts.ts)') }`
}
