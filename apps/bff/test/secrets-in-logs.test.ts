import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { capturedLogsDir } from './support/captured-logs'

function read(ending: string): string[] {
  return readdirSync(capturedLogsDir)
    .filter((name) => name.endsWith(ending))
    .flatMap((name) => readFileSync(join(capturedLogsDir, name), 'utf8').split('\n'))
    .filter(Boolean)
}

it('no password, login code or token of the whole suite is in any log line', () => {
  const lines = read('.log')
  const secrets = [...new Set(read('.secrets'))]
  expect(lines.length).toBeGreaterThan(100)
  expect(secrets.length).toBeGreaterThan(50)
  const text = lines.join('\n')
  expect(secrets.filter((secret) => text.includes(secret))).toEqual([])
})

it('no session key and no access token of WeChat is in any log line', () => {
  expect(read('.log').filter((line) => /session_key"?:|access_token=|secret=|js_code=/.test(line))).toEqual([])
})
