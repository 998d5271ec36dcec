import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { sandboxAppId, sandboxAppSecret, startSandbox, type RunningSandbox } from '@huiyue/wechat-sandbox'
import { freePort } from './free-port'
import { paths } from './paths'
import { SandboxControl } from './sandbox-control'
import { until } from './until'

/** The whole product without its start script: a WeChat sandbox and the built BFF with a demo organisation. */
export interface Stack {
  /** The BFF's origin, without a slash at the end. */
  url: string
  sandbox: SandboxControl
  /** Everything the BFF has written so far. */
  logs: readonly string[]
  /** Ends both in an orderly way and removes the data. */
  close(): Promise<void>
}

/**
 * Starts on free ports with an empty database in a temporary folder.
 * @param env more settings for the BFF
 * @throws Error with the BFF's output when it does not become ready
 */
export async function startStack(env: Record<string, string> = {}): Promise<Stack> {
  const dataDir = await mkdtemp(join(tmpdir(), 'huiyue-e2e-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const sandbox: RunningSandbox = await startSandbox({ port: 0, h5Url: `${url}/m/` })
  const logs: string[] = []
  const bff = spawn(process.execPath, [paths.bff], {
    cwd: paths.root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      TZ: process.env.TZ,
      HOST: '127.0.0.1',
      PORT: String(port),
      DATA_DIR: dataDir,
      WECHAT_API_BASE_URL: sandbox.url,
      WECHAT_APP_ID: sandboxAppId,
      WECHAT_APP_SECRET: sandboxAppSecret,
      WECHAT_MINIPROGRAM_STATE: 'developer',
      ...env,
    },
  })
  for (const stream of [bff.stdout, bff.stderr])
    createInterface({ input: stream }).on('line', (line) => logs.push(line))
  const close = async () => {
    await stop(bff)
    await sandbox.close()
    await rm(dataDir, { recursive: true, force: true })
  }
  try {
    await until('BFF ready', () => ready(url, bff), 60)
  } catch (error) {
    await close()
    throw new Error(`the BFF did not start:\n${logs.join('\n')}`, { cause: error })
  }
  return { url, sandbox: new SandboxControl(sandbox.url), logs, close }
}

async function ready(url: string, bff: ChildProcess): Promise<boolean> {
  if (bff.exitCode !== null) throw new Error(`it ended with ${bff.exitCode}`)
  try {
    return (await fetch(`${url}/readyz`)).ok
  } catch {
    return false
  }
}

/** SIGTERM, and after a while SIGKILL. */
function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), 10_000)
    child.once('exit', () => {
      clearTimeout(timer)
      resolve()
    })
    child.kill('SIGTERM')
  })
}
