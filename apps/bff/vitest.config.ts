import { defineConfig } from 'vitest/config'

/** Every database test runs on both databases, and each of them in another time zone. */
const databases = (process.env.TEST_DATABASES ?? 'sqlite,mariadb').split(',')
const zones: Record<string, string> = { sqlite: 'UTC', mariadb: 'Asia/Kathmandu' }

export default defineConfig({
  oxc: { decorator: { legacy: true } },
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    globalSetup: ['test/support/clean-captured-logs.ts'],
    projects: [
      ...databases.map((name) => ({
        extends: true as const,
        test: {
          name,
          include: [
            'src/**/*.test.ts',
            'test/fuzz/*.test.ts',
            ...(name === 'mariadb' ? ['test/several-processes/*.test.ts'] : []),
          ],
          setupFiles: ['test/support/setup.ts'],
          env: { TEST_DATABASE: name, TZ: zones[name] ?? 'UTC' },
          sequence: { groupOrder: 0 },
        },
      })),
      ...(process.env.TEST_REDIS === 'no'
        ? []
        : [
            {
              extends: true as const,
              test: {
                name: 'redis',
                include: ['test/redis/*.test.ts'],
                setupFiles: ['test/support/setup.ts'],
                env: { TEST_DATABASE: 'sqlite', TZ: 'UTC' },
                sequence: { groupOrder: 0 },
              },
            },
          ]),
      {
        extends: true as const,
        test: { name: 'logs', include: ['test/secrets-in-logs.test.ts'], sequence: { groupOrder: 1 } },
      },
    ],
  },
})
