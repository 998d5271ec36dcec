import { delimiter, join } from 'node:path'
import { root } from './project.mjs'
import { run } from './processes.mjs'

/**
 * The environment of a build or a check: the pinned tools first, nobody told about it, and nothing of the installation's
 * own settings, so that the same sources always give the same result.
 */
export function toolEnv() {
  const ours = /^(NODE_ENV|PORT|HOST|SANDBOX_PORT|DATA_DIR|DATABASE_URL|(VITE|WECHAT|DEMO)_.*)$/
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)))
  return {
    ...env,
    PATH: [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
    TURBO_TELEMETRY_DISABLED: '1',
    TURBO_NO_UPDATE_NOTIFIER: '1',
    DO_NOT_TRACK: '1',
  }
}

/**
 * Runs tasks of the workspace's packages in the order they depend on each other; what has not changed is taken from
 * turbo's cache.
 * @param {readonly string[]} tasks such as `build`, or `@huiyue/web#build` for one package
 * @param {{outputLogs?: 'new-only' | 'errors-only', timeoutSeconds?: number}} [options]
 * @returns {Promise<import('./processes.mjs').Outcome>}
 */
export function turbo(tasks, { outputLogs = 'new-only', timeoutSeconds } = {}) {
  return run(
    process.execPath,
    [
      join(root, 'node_modules', 'turbo', 'bin', 'turbo'),
      'run',
      ...tasks,
      '--ui=stream',
      `--output-logs=${outputLogs}`,
      '--concurrency=2',
    ],
    { env: toolEnv(), timeoutSeconds },
  )
}
