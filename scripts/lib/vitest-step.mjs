import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './project.mjs'
import { run } from './processes.mjs'
import { toolEnv } from './turbo.mjs'

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string[]} failures what failed, a line each
 */

/**
 * What vitest's JSON reporter writes, as far as it is counted here.
 * @typedef {object} Report
 * @property {number} [numPassedTests]
 * @property {number} [numPendingTests]
 * @property {number} [numTodoTests]
 * @property {{name: string, status: string, message?: string, assertionResults?: {status: string, fullName: string}[]}[]} [testResults]
 */

/**
 * Counts what vitest's JSON reporter wrote. A file that could not be loaded, an error outside any test, an empty run and
 * a missing report are failures too, though no test failed.
 * @param {Report | undefined} report the parsed report; undefined when there is none
 * @param {number} exitCode
 * @returns {Counts}
 */
export function countReport(report, exitCode) {
  if (!report) return { passed: 0, failed: 1, skipped: 0, failures: ['vitest ended without a report'] }
  const files = report.testResults ?? []
  const failures = files.flatMap((file) => {
    const tests = (file.assertionResults ?? []).filter((test) => test.status === 'failed')
    if (tests.length > 0) return tests.map((test) => `${relative(file.name)} > ${test.fullName}`)
    return file.status === 'failed' ? [`${relative(file.name)} could not be run: ${firstLine(file.message)}`] : []
  })
  const passed = report.numPassedTests ?? 0
  const skipped = (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0)
  if (exitCode !== 0 && failures.length === 0) failures.push('vitest failed outside any test')
  if (passed + skipped + failures.length === 0) failures.push('no test was found')
  return { passed, failed: failures.length, skipped, failures }
}

/** @param {unknown} file */
const relative = (file) => String(file).replace(`${root}/`, '')

/** @param {unknown} message */
const firstLine = (message) => String(message ?? '').split('\n')[0]

/**
 * Runs one package's vitest to its end.
 * @param {{name: string, folder: string, args?: readonly string[], env?: NodeJS.ProcessEnv, timeoutSeconds: number}} step
 * @returns {Promise<Counts>}
 */
export async function runVitest({ name, folder, args = [], env = {}, timeoutSeconds }) {
  const cwd = join(root, folder)
  const reportFile = join(root, 'node_modules', '.cache', 'huiyue-test', `${name.replace(/\W+/g, '-')}.json`)
  mkdirSync(dirname(reportFile), { recursive: true })
  rmSync(reportFile, { force: true })
  const { code, timedOut } = await run(
    process.execPath,
    [
      join(cwd, 'node_modules', 'vitest', 'vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${reportFile}`,
      ...args,
    ],
    { cwd, env: { ...toolEnv(), ...env }, timeoutSeconds },
  )
  const report = existsSync(reportFile) ? JSON.parse(readFileSync(reportFile, 'utf8')) : undefined
  const counts = countReport(report, code)
  if (timedOut) counts.failures.push(`stopped after ${timeoutSeconds} s`)
  return timedOut && counts.failed === 0 ? { ...counts, failed: 1 } : counts
}
