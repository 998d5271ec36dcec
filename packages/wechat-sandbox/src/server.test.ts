import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { startSandbox } from './server'
import { readSettings } from './settings'
import { sandboxForTest } from './testing'

describe('startSandbox', () => {
  it('says in one sentence that its port is in use', async () => {
    const { port } = await sandboxForTest()
    await expect(startSandbox({ port })).rejects.toThrow(
      `Port ${port} on 127.0.0.1 is in use: stop the program that has it, or set SANDBOX_PORT to another port.`,
    )
  })

  it('closes at once, whoever is still listening or waiting', async () => {
    const sandbox = await startSandbox()
    const stream = await fetch(`${sandbox.url}/__sandbox/events`)
    await sandbox.close()
    await expect(stream.text()).rejects.toThrow()
    await expect(fetch(sandbox.url)).rejects.toThrow()
  })
})

describe('settings', () => {
  it('have defaults, and an empty variable is none', () => {
    expect(readSettings({})).toEqual({ port: 3100, host: '127.0.0.1' })
    expect(readSettings({ SANDBOX_PORT: '', HOST: '', H5_URL: '' })).toEqual({ port: 3100, host: '127.0.0.1' })
  })

  it('are read', () => {
    expect(readSettings({ SANDBOX_PORT: '4100', HOST: '0.0.0.0', H5_URL: 'http://localhost:3000/m/' })).toEqual({
      port: 4100,
      host: '0.0.0.0',
      h5Url: 'http://localhost:3000/m/',
    })
  })

  it('name every fault at once', () => {
    expect(() => readSettings({ SANDBOX_PORT: 'x', H5_URL: 'ftp://x' })).toThrow(/SANDBOX_PORT.*H5_URL/)
  })
})

describe('the program', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'prints its address in one line and ends cleanly on %s',
    async (signal) => {
      const main = fileURLToPath(new URL('./main.ts', import.meta.url))
      const child = spawn(process.execPath, ['--import', 'tsx', main], {
        env: { ...process.env, SANDBOX_PORT: '0' },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const ended = once(child, 'exit')
      const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string]
      const url = /^WeChat sandbox: (http:\/\/127\.0\.0\.1:\d+)\n$/.exec(line)?.[1]
      expect((await fetch(`${url}/__sandbox/clock`)).status).toBe(200)
      child.kill(signal)
      expect(await ended).toEqual([0, null])
    },
    60_000,
  )
})
