/** Short tests: everything under test/ but the browser ones, which `test/run.ts` runs apart. */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'test/prove/**'],
    setupFiles: ['test/client/language/allWords.ts'],
    testTimeout: 30_000,
    // The tests share no state worth a process each: three times faster on two cores.
    isolate: false,
    // one more than two cores: much of what is tested is waiting
    maxWorkers: 3,
  },
})
