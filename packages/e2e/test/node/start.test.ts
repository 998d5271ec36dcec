import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sandboxAppId, sandboxAppSecret } from '@huiyue/wechat-sandbox'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { freePort, isFree } from '../../src/free-port'
import { StartScript } from '../../src/start-script'
import { until } from '../../src/until'

const ready = '会约已就绪'
let dataDir: string
let ports: { PORT: string; SANDBOX_PORT: string }
let running: StartScript[] = []

function start(env: Record<string, string> = {}): StartScript {
  const script = new StartScript({ ...ports, DATA_DIR: dataDir, ...env })
  running.push(script)
  return script
}

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'huiyue-start-'))
  ports = { PORT: String(await freePort()), SANDBOX_PORT: String(await freePort()) }
})

afterEach(async () => {
  for (const script of running) await script.stop('SIGKILL')
  running = []
  rmSync(dataDir, { recursive: true, force: true })
})

/** Both ports can be listened on again. */
const nothingListens = async () => (await isFree(Number(ports.PORT))) && (await isFree(Number(ports.SANDBOX_PORT)))

describe('npm start', () => {
  test('the demo comes up, answers, starts again in seconds, and Ctrl-C leaves nothing behind', async () => {
    const origin = `http://127.0.0.1:${ports.PORT}`
    const first = start()
    await first.prints(ready, 80)
    await first.prints('Ctrl-C')
    for (const text of [
      `http://localhost:${ports.PORT}/`,
      `http://localhost:${ports.PORT}/m/`,
      `http://localhost:${ports.SANDBOX_PORT}/`,
      `http://localhost:${ports.PORT}/api/docs`,
      'hanmeimei',
      'huiyue-demo',
    ])
      expect(first.output).toContain(text)
    for (const path of ['/', '/m/', '/api/docs', '/api/openapi.json', '/healthz', '/readyz'])
      expect([path, (await fetch(origin + path)).status]).toEqual([path, 200])
    expect((await fetch(`http://127.0.0.1:${ports.SANDBOX_PORT}/`)).status).toBe(200)
    const config = await (await fetch(`${origin}/api/v1/client-config`)).json()
    expect(config).toMatchObject({ demo: { sandboxUrl: `http://127.0.0.1:${ports.SANDBOX_PORT}` } })
    expect(await first.stop('SIGINT')).toBe(0)
    expect(await nothingListens()).toBe(true)

    const from = Date.now()
    const second = start({ DEMO_PASSWORD: 'another-password' })
    await second.prints(ready)
    expect((Date.now() - from) / 1000).toBeLessThan(15)
    expect(await second.stop('SIGTERM')).toBe(0)
    expect(await nothingListens()).toBe(true)
  })

  test('the terminal stays readable: log lines go to files', async () => {
    const script = start()
    await script.prints(ready, 80)
    await fetch(`http://127.0.0.1:${ports.PORT}/api/v1/rooms`)
    await until('the request in the log file', () =>
      readFileSync(join(dataDir, 'logs', 'bff.log'), 'utf8').includes('/api/v1/rooms'),
    )
    expect(script.output).not.toContain('{"level"')
  })

  test('a service that dies takes the others with it', async () => {
    const script = start()
    await script.prints(ready, 80)
    const pids = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' })
      .split('\n')
      .filter((line) => line.includes('wechat-sandbox/dist/main.js'))
    // Other checkouts may run a sandbox as well: only the child of this script is meant.
    const own = await until('the process that listens', () => pidListening(Number(ports.SANDBOX_PORT), pids))
    process.kill(own, 'SIGKILL')
    expect(await script.ended).toBe(1)
    expect(script.output).toContain('sandbox ended unexpectedly')
    expect(await nothingListens()).toBe(true)
  })

  test('killed without warning, it still leaves no service behind', async () => {
    const script = start()
    await script.prints(ready, 80)
    await script.stop('SIGKILL')
    await until('both ports free', nothingListens, 20)
  })
})

describe('npm start that cannot', () => {
  let other: Server | undefined
  afterEach(() => void other?.close())

  test.each(['PORT', 'SANDBOX_PORT'] as const)('says in a sentence that %s is in use', async (variable) => {
    other = createServer().listen(Number(ports[variable]), '127.0.0.1')
    const script = start()
    expect(await script.ended).toBe(1)
    expect(script.output).toContain(`Port ${ports[variable]} (${variable}) is in use`)
    expect(script.output).not.toMatch(/^\s+at /m)
  })

  test('says which port is none', async () => {
    const script = start({ PORT: 'abc' })
    expect(await script.ended).toBe(1)
    expect(script.output).toContain('PORT must be a whole number from 1 to 65535; it is "abc"')
  })

  test('says that the data folder cannot be written', async () => {
    const file = join(dataDir, 'file')
    execFileSync('touch', [file])
    chmodSync(file, 0o400)
    const script = start({ DATA_DIR: join(file, 'inside') })
    expect(await script.ended).toBe(1)
    expect(script.output).toContain('(DATA_DIR) is not writable')
  })
})

describe('npm start in production', () => {
  test('refuses without its settings, naming every one that is missing', async () => {
    const script = start({ NODE_ENV: 'production' })
    expect(await script.ended).not.toBe(0)
    for (const name of ['DATABASE_URL', 'WECHAT_APP_ID', 'WECHAT_APP_SECRET']) expect(script.output).toContain(name)
    expect(await nothingListens()).toBe(true)
  })

  test('serves the faces without sandbox, demo accounts or their password', async () => {
    const script = start({
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      DATABASE_URL: `sqlite:${join(dataDir, 'production.sqlite')}`,
      ADMIN_PASSWORD: 'a-password-of-our-own',
      WECHAT_APP_ID: sandboxAppId.replace('0123', '3210'),
      WECHAT_APP_SECRET: sandboxAppSecret.replace('0123', '3210'),
    })
    const origin = `http://127.0.0.1:${ports.PORT}`
    await until('production ready', () => answers(`${origin}/readyz`), 80)
    expect(await (await fetch(`${origin}/api/v1/client-config`)).json()).toMatchObject({ demo: null })
    expect(await isFree(Number(ports.SANDBOX_PORT))).toBe(true)
    expect(await loginStatus(origin, 'lilei', 'huiyue-demo')).toBe(401)
    expect(await loginStatus(origin, 'admin', 'huiyue-demo')).toBe(401)
    expect(await loginStatus(origin, 'admin', 'a-password-of-our-own')).toBe(200)
    for (const face of ['/m/', '/'])
      for (const text of await textsOf(origin + face)) expect(text).not.toMatch(/__sandbox|huiyue-demo/)
    expect(await script.stop('SIGTERM')).toBe(0)
    expect(script.output).not.toContain('huiyue-demo')
    expect(await nothingListens()).toBe(true)
  })
})

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok
  } catch {
    return false
  }
}

async function loginStatus(origin: string, username: string, password: string): Promise<number> {
  const response = await fetch(`${origin}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password, clientId: 'web' }),
  })
  return response.status
}

/** A page with every script it leads to, however deep. */
async function textsOf(url: string): Promise<string[]> {
  const seen = new Map<string, string>()
  const queue = [url]
  for (let at = queue.pop(); at; at = queue.pop()) {
    if (seen.has(at)) continue
    const response = await fetch(at)
    if (!response.ok) continue
    const text = await response.text()
    seen.set(at, text)
    for (const [, path] of text.matchAll(/["']([^"'\s]+\.js)["']/g)) if (path) queue.push(new URL(path, at).href)
  }
  if (seen.size < 3) throw new Error(`${url} leads to no scripts`)
  return [...seen.values()]
}

/** The process among these lines of ps that listens on a port, found through its open sockets. */
function pidListening(port: number, lines: readonly string[]): number | undefined {
  const listening = readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .find((line) => line.includes(`:${port.toString(16).toUpperCase().padStart(4, '0')} 00000000:0000 0A`))
  const inode = listening?.trim().split(/\s+/)[9]
  if (!inode) return undefined
  return lines
    .map((line) => Number(line.trim().split(/\s+/)[0]))
    .find((pid) => execFileSync('ls', ['-l', `/proc/${pid}/fd`], { encoding: 'utf8' }).includes(`socket:[${inode}]`))
}
