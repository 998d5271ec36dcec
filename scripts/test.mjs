// npm test: installs, then every check and test of the project, one after another, each counted.
import { install } from './lib/install.mjs'
import { killEverything } from './lib/processes.mjs'
import { messageOf, progress, requireNode, runScript } from './lib/project.mjs'
import { printSummary } from './lib/summary.mjs'
import { findChromium, mariadbMissing, redisMissing } from './lib/system-parts.mjs'
import { testSteps } from './lib/test-steps.mjs'

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    killEverything()
    process.exit(130)
  })
}
process.on('exit', killEverything)

/** Set by the continuous integration's own script, which installs the system packages first. */
const ci = process.env.CI === 'true'

await runScript(main)

async function main() {
  try {
    requireNode()
    await install()
  } catch (error) {
    console.error(messageOf(error))
    return printSummary([{ name: 'install', seconds: 0, passed: 0, failed: 1, skipped: 0, failures: [] }])
  }
  const chromium = findChromium()
  const missing = [
    { part: 'API tests on MariaDB', why: await mariadbMissing() },
    { part: 'token cache and attempts on Redis', why: await redisMissing() },
    {
      part: 'browser tests',
      why: chromium ? undefined : 'no Chromium found; bring it with: apt-get install chromium fonts-noto-cjk',
    },
  ].filter((entry) => entry.why)

  const lacks = (/** @type {string} */ name) => missing.some(({ part }) => part.includes(name))
  const steps = testSteps({ chromium, mariadb: !lacks('MariaDB'), redis: !lacks('Redis') })
  const wanted = process.argv.slice(2)
  /** @type {import('./lib/summary.mjs').StepResult[]} */
  const results = missing.map(({ part, why }) => ({
    name: part,
    seconds: 0,
    passed: 0,
    failed: ci ? 1 : 0,
    skipped: ci ? 0 : 1,
    failures: [`left out: ${why}`],
  }))
  for (const { part, why } of missing) console.log(`! ${part} left out: ${why}`)

  for (const step of steps.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
    console.log('')
    progress(step.name)
    const from = Date.now()
    const counts = await step.run()
    results.push({ name: step.name, seconds: (Date.now() - from) / 1000, ...counts })
  }
  return printSummary(results)
}
