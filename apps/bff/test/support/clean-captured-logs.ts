import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

const oldMs = 3_600_000

/** The logs of one run are judged together at its end, in a folder of its own; those of earlier runs go. */
export default async function setup(): Promise<void> {
  process.env.TEST_RUN = String(process.pid)
  const { capturedLogsDir } = await import('./captured-logs')
  mkdirSync(capturedLogsDir, { recursive: true })
  const runs = dirname(capturedLogsDir)
  for (const name of readdirSync(runs))
    if (Date.now() - statSync(join(runs, name)).mtimeMs > oldMs)
      rmSync(join(runs, name), { recursive: true, force: true })
}
