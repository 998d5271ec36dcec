/**
 * @typedef {object} StepResult
 * @property {string} name
 * @property {number} seconds
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string[]} failures
 */

/**
 * Prints a table of the steps, what failed, and the closing line.
 * @param {readonly StepResult[]} results
 * @returns {number} the exit code
 */
export function printSummary(results) {
  const total = { passed: 0, failed: 0, skipped: 0, seconds: 0 }
  const width = Math.max(...results.map(({ name }) => name.length))
  console.log('')
  for (const result of results) {
    total.passed += result.passed
    total.failed += result.failed
    total.skipped += result.skipped
    total.seconds += result.seconds
    const mark = result.failed > 0 ? '✗' : result.passed > 0 ? '✓' : '-'
    console.log(
      `${mark} ${result.name.padEnd(width)} ${result.seconds.toFixed(1).padStart(7)} s   ${countsLine(result)}`,
    )
  }
  console.log(`  ${'together'.padEnd(width)} ${total.seconds.toFixed(1).padStart(7)} s`)
  for (const { name, failures } of results) for (const failure of failures) console.log(`  ${name}: ${failure}`)
  console.log('')
  console.log(countsLine(total))
  return total.failed > 0 || total.passed === 0 ? 1 : 0
}

/** @param {{passed: number, failed: number, skipped: number}} counts */
function countsLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
