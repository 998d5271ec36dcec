import { mkdirSync, rmSync } from 'node:fs'
import { capturedLogsDir } from './captured-logs'

/** The logs of one run are judged together at its end; those of an earlier run would confuse. */
export default function setup(): void {
  rmSync(capturedLogsDir, { recursive: true, force: true })
  mkdirSync(capturedLogsDir, { recursive: true })
}
