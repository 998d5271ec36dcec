import { appendFileSync } from 'node:fs'
import { join } from 'node:path'

/** Of this run alone: several may go on side by side. */
export const capturedLogsDir = join(import.meta.dirname, '../../artifacts/logs', process.env.TEST_RUN ?? 'none')

const logFile = join(capturedLogsDir, `${process.pid}.log`)
const secretsFile = join(capturedLogsDir, `${process.pid}.secrets`)

/** Where the loggers of all tests write. */
export const logDestination = { write: (line: string) => appendFileSync(logFile, line) }

/** Remembers a password, code or token that a test let through the server: no log line may contain it. */
export function rememberSecret(secret: string): void {
  appendFileSync(secretsFile, `${secret}\n`)
}
