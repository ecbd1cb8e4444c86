/** Builds the page into dist/. Only WebGL is used, so deck.gl's WebGPU half stays out. */
import react from '@vitejs/plugin-react'
import { defaultClientConditions, defineConfig } from 'vite'
import { leanMap } from './server/commands/leanMap.ts'

// On a slow line every file costs a turn: what is fetched together is one file. The first that matches takes a module.
const isOurs = (id: string) => !/node_modules|maplibre/.test(id) || /node_modules\/(react|scheduler)/.test(id)
const files = [
  // all that the first words need; the map's worker begins by itself too, and is not of it
  { name: 'first', tags: ['$initial' as const], test: isOurs },
  // the line to the twin
  { name: 'line', test: /client\/faces\/connect\.ts$/ },
  { name: 'socket', test: /client\/source\/socketSource\.ts$|node_modules\/socket\.io-client/ },
  // what both the map and its worker need
  { name: 'map-shared', tags: ['$initial' as const], minShareCount: 2 },
  { name: 'map', test: /client\/faces\/FaceMap\.tsx$/ },
  { name: 'tools', test: /client\/faces\/public\/Public(Header|Tools)\.tsx$/ },
  // all that moves waits for this one
  { name: 'layers', test: /client\/map\/overlay\.ts$/ },
  { name: 'panels', test: /client\/layers\/\w+\/\w+(?:Panels|Legend)\.tsx$/ },
]

export default defineConfig({
  root: 'client',
  // relative, so that the page may be under any path of a host
  base: './',
  publicDir: '../public',
  plugins: [react(), leanMap()],
  resolve: { conditions: ['visgl:webgl-only', ...defaultClientConditions] },
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2023',
    rolldownOptions: { output: { codeSplitting: { groups: files } } },
  },
  worker: { format: 'es' },
})
