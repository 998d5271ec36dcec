import { defineConfig } from 'vitest/config'

/** Looks at what a build has written; run it after `build`. */
export default defineConfig({ test: { include: ['test/build-output.test.ts'] } })
