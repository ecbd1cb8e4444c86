/** Builds the page into dist/. Only WebGL is used, so deck.gl's WebGPU half stays out. */
import react from '@vitejs/plugin-react'
import { defaultClientConditions, defineConfig } from 'vite'

export default defineConfig({
  root: 'client',
  // relative, so that the page may be under any path of a host
  base: './',
  publicDir: '../public',
  plugins: [react()],
  resolve: { conditions: ['visgl:webgl-only', ...defaultClientConditions] },
  build: { outDir: '../dist', emptyOutDir: true, target: 'es2023' },
  worker: { format: 'es' },
})
