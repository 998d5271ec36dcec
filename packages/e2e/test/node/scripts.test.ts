import { describe, expect, test } from 'vitest'
import { readable } from '../../../../scripts/lib/log-lines.mjs'
import { requireNode } from '../../../../scripts/lib/project.mjs'
import { countReport } from '../../../../scripts/lib/vitest-step.mjs'

describe('the version of Node.js', () => {
  test.each(['18.20.0', '20.18.3'])('%s is refused in one sentence that names both versions', (version) => {
    expect(() => requireNode(version)).toThrow(`HuiYue needs Node.js 20.19 or newer; this is ${version}.`)
  })

  test.each(['20.19.0', '22.0.0', '24.11.1'])('%s is taken', (version) => {
    expect(() => requireNode(version)).not.toThrow()
  })
})

describe('a line of a service', () => {
  const line = (level: number) => JSON.stringify({ level, msg: 'wechat call failed', reason: 'wechat_unreachable' })

  test('below a warning is for the log file only', () => {
    expect(readable('bff', line(30), false)).toBeUndefined()
  })

  test('from a warning on is shown in short', () => {
    expect(readable('bff', line(40), false)).toBe('[bff] ! wechat call failed (wechat_unreachable)')
    expect(readable('bff', line(50), false)).toBe('[bff] ✗ wechat call failed (wechat_unreachable)')
  })

  test('that is no log entry is shown when it was said as an error', () => {
    expect(readable('bff', 'Error: no such file', true)).toBe('[bff] Error: no such file')
    expect(readable('bff', 'hello', false)).toBeUndefined()
  })
})

describe('the count of a test run', () => {
  const passed = { status: 'passed', fullName: 'a works' }
  const failed = { status: 'failed', fullName: 'b works' }

  test('names every failed test', () => {
    const report = {
      numPassedTests: 1,
      numPendingTests: 1,
      testResults: [{ name: 'x.test.ts', status: 'failed', assertionResults: [passed, failed] }],
    }
    expect(countReport(report, 1)).toEqual({ passed: 1, failed: 1, skipped: 1, failures: ['x.test.ts > b works'] })
  })

  test('counts a file that could not be loaded as a failure', () => {
    const report = {
      numPassedTests: 1,
      testResults: [
        { name: 'x.test.ts', status: 'passed', assertionResults: [passed] },
        { name: 'y.test.ts', status: 'failed', assertionResults: [], message: 'SyntaxError\nat y' },
      ],
    }
    expect(countReport(report, 1)).toMatchObject({
      passed: 1,
      failed: 1,
      failures: ['y.test.ts could not be run: SyntaxError'],
    })
  })

  test('takes a crash, an error outside any test and an empty run for failures', () => {
    expect(countReport(undefined, 1).failed).toBe(1)
    expect(countReport({ numPassedTests: 3, testResults: [] }, 1)).toMatchObject({ passed: 3, failed: 1 })
    expect(countReport({ numPassedTests: 0, testResults: [] }, 0).failed).toBe(1)
  })

  test('is clean when everything passed', () => {
    expect(countReport({ numPassedTests: 3, testResults: [] }, 0)).toMatchObject({ passed: 3, failed: 0, failures: [] })
  })
})
