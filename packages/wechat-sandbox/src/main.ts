import { startSandbox } from './server'
import { readSettings } from './settings'

try {
  const sandbox = await startSandbox(readSettings(process.env))
  process.stdout.write(`WeChat sandbox: ${sandbox.url}\n`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void sandbox.close().then(() => process.exit(0)))
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
