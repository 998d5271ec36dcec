import { spawn, type ChildProcess } from 'node:child_process'
import { paths } from './paths'
import { until } from './until'

/** Every setting that start reads, switched off: neither the shell's nor a developer's `.env` may decide a test. */
const unset = Object.fromEntries(
  [
    'NODE_ENV',
    'PORT',
    'HOST',
    'SANDBOX_PORT',
    'DATA_DIR',
    'DEMO_PASSWORD',
    'ADMIN_PASSWORD',
    'DATABASE_URL',
    'REDIS_URL',
    'WECHAT_API_BASE_URL',
    'WECHAT_APP_ID',
    'WECHAT_APP_SECRET',
    'WECHAT_TOKEN_MODE',
    'WECHAT_MINIPROGRAM_STATE',
    'PUBLIC_URL',
    'CORS_ORIGINS',
    'LOG_LEVEL',
  ].map((name) => [name, '']),
)

/** `npm start`, running. */
export class StartScript {
  readonly #child: ChildProcess
  #output = ''
  readonly ended: Promise<number>

  constructor(env: Record<string, string>) {
    this.#child = spawn(process.execPath, ['scripts/start.mjs'], {
      cwd: paths.root,
      env: { ...process.env, ...unset, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.#output += chunk.toString()))
    this.ended = new Promise((resolve) => this.#child.once('close', (code) => resolve(code ?? -1)))
  }

  /** Everything it has printed so far. */
  get output() {
    return this.#output
  }

  /** Waits for a text in the output; an earlier end fails at once, with what was printed. */
  async prints(text: string, seconds = 60): Promise<void> {
    let over = false
    void this.ended.then(() => (over = true))
    await until(`"${text}" printed`, () => this.#output.includes(text) || over, seconds)
    if (!this.#output.includes(text)) throw new Error(`it ended without printing "${text}":\n${this.#output}`)
  }

  /** Sends a signal and waits for the end. @returns the exit code */
  stop(signal: NodeJS.Signals = 'SIGINT'): Promise<number> {
    this.#child.kill(signal)
    return this.ended
  }
}
