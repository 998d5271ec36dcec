import { join } from 'node:path'
import { root } from './project.mjs'
import { run } from './processes.mjs'
import { mariadbUrl, redisUrl } from './system-parts.mjs'
import { toolEnv, turbo } from './turbo.mjs'
import { runVitest } from './vitest-step.mjs'

/** @typedef {import('./vitest-step.mjs').Counts} Counts */
/** @typedef {{name: string, run: () => Promise<Counts>}} Step */

const timeoutSeconds = 1200
const caches = join(root, 'node_modules', '.cache')

/**
 * A step that is not vitest counts as one test.
 * @param {string} name
 * @param {() => Promise<import('./processes.mjs').Outcome>} start
 * @returns {Step}
 */
function check(name, start) {
  return {
    name,
    run: async () => {
      const { code, timedOut } = await start()
      if (code === 0 && !timedOut) return { passed: 1, failed: 0, skipped: 0, failures: [] }
      const failure = timedOut ? `stopped after ${timeoutSeconds} s` : `exit code ${code}`
      return { passed: 0, failed: 1, skipped: 0, failures: [failure] }
    },
  }
}

/** @param {string} name @param {string} bin @param {readonly string[]} args */
const tool = (name, bin, args) =>
  check(name, () =>
    run(process.execPath, [join(root, 'node_modules', bin), ...args], { env: toolEnv(), timeoutSeconds }),
  )

/** @param {string} name @param {string} folder @param {NodeJS.ProcessEnv} [env] @param {readonly string[]} [args] */
const vitest = (name, folder, env, args) => ({
  name,
  run: () => runVitest({ name, folder, env, args, timeoutSeconds }),
})

/**
 * Everything that npm test runs, in its order: quick checks first, then unit tests, then what needs the builds.
 * @param {{chromium: string | undefined, mariadb: boolean, redis: boolean}} parts what this machine has
 * @returns {Step[]}
 */
export function testSteps({ chromium, mariadb, redis }) {
  return [
    tool('format', 'prettier/bin/prettier.cjs', [
      '--check',
      '--log-level=warn',
      '--cache',
      `--cache-location=${join(caches, 'huiyue-test', 'prettier')}`,
      '.',
    ]),
    tool('lint', 'eslint/bin/eslint.js', [
      '--max-warnings=0',
      '--cache',
      '--cache-strategy=content',
      `--cache-location=${join(caches, 'huiyue-test', 'eslint')}`,
      '.',
    ]),
    check('typecheck', () => turbo(['typecheck'], { outputLogs: 'errors-only', timeoutSeconds })),
    tool('typecheck scripts', 'typescript/bin/tsc', ['-p', 'scripts']),
    vitest('contracts', 'packages/contracts'),
    vitest('sandbox', 'packages/wechat-sandbox'),
    vitest('console', 'apps/web'),
    vitest('mini program', 'apps/miniprogram'),
    vitest('bff', 'apps/bff', {
      TEST_DATABASES: mariadb ? 'sqlite,mariadb' : 'sqlite',
      MARIADB_URL: mariadbUrl,
      TEST_REDIS: redis ? 'yes' : 'no',
      REDIS_TEST_URL: redisUrl,
    }),
    check('builds', () => turbo(['build', 'build:demo'], { timeoutSeconds })),
    vitest('mini program output', 'apps/miniprogram', {}, ['--config', 'vitest.build.config.mts']),
    vitest('end to end', 'packages/e2e', { CHROMIUM_PATH: chromium }, chromium ? [] : ['--project', 'node']),
  ]
}
