/** Builds the page into dist/. Only WebGL is used, so deck.gl's WebGPU half stays out. */
import react from '@vitejs/plugin-react'
import { defaultClientConditions, defineConfig } from 'vite'

export default defineConfig({
  root: 'client',
  publicDir: '../public',
  plugins: [react()],
  resolve: { conditions: ['visgl:webgl-only', ...defaultClientConditions] },
  build: { outDir: '../dist', emptyOutDir: true, target: 'es2023' },
  worker: { format: 'es' },
})
