import { defineConfig } from 'vitest/config'

// One file after another: each starts a stack and a browser of its own, on a machine that may have two cores.
const shared = { fileParallelism: false, testTimeout: 90_000, hookTimeout: 120_000, retry: 0 }

export default defineConfig({
  test: {
    ...shared,
    projects: [
      { test: { ...shared, name: 'node', include: ['test/node/**/*.test.ts'] } },
      { test: { ...shared, name: 'browser', include: ['test/browser/**/*.test.ts'] } },
    ],
  },
})
