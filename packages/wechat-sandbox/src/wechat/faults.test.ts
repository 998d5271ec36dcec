import { describe, expect, it } from 'vitest'
import { knownErrcodes } from './errors'
import { legacyTokenPath, loginPath, sandboxForTest, sendPath, stableTokenPath } from '../testing'

interface Calls {
  items: { path: string; status: number | null; errcode: number | null; rid: string | null; durationMs: number }[]
}

describe('faults', () => {
  it('apply to the next calls of one path, as many as asked for, then are over', async () => {
    const sandbox = await sandboxForTest()
    await sandbox.control('/faults', { path: stableTokenPath, errcode: -1, times: 2 })
    expect((await sandbox.legacyToken()).access_token).toBeDefined()
    const first = await sandbox.stableToken()
    expect(first.errcode).toBe(-1)
    expect(first.errmsg).toMatch(/^system error rid: [0-9a-f]{8}(-[0-9a-f]{8}){2}$/)
    expect((await sandbox.stableToken()).errcode).toBe(-1)
    expect((await sandbox.stableToken()).access_token).toBeDefined()
  })

  it('put the comma before the rid on /sns and name the caller in 40164', async () => {
    const sandbox = await sandboxForTest()
    await sandbox.control('/faults', { path: loginPath, errcode: 40164 })
    const code = await sandbox.code(await sandbox.user())
    expect((await sandbox.login({ js_code: code })).errmsg).toMatch(
      /^invalid ip 127\.0\.0\.1 ipv6 ::ffff:127\.0\.0\.1, not in whitelist, rid: /,
    )
    expect((await sandbox.login({ js_code: code })).openid).toBeDefined()
  })

  it.each(knownErrcodes)('have words for %i', async (errcode) => {
    const sandbox = await sandboxForTest()
    await sandbox.control('/faults', { path: legacyTokenPath, errcode })
    expect(await sandbox.legacyToken()).toEqual({ errcode, errmsg: expect.stringMatching(/^\S.+ rid: /) as string })
  })

  it('need the words of an errcode nobody knows', async () => {
    const sandbox = await sandboxForTest()
    const fault = { path: legacyTokenPath, errcode: 89503 }
    expect((await sandbox.post('/__sandbox/faults', fault)).status).toBe(400)
    await sandbox.control('/faults', { ...fault, errmsg: 'admin need confirm' })
    expect((await sandbox.legacyToken()).errmsg).toMatch(/^admin need confirm rid: /)
  })

  it('answer an HTTP status without JSON, or any body raw', async () => {
    const sandbox = await sandboxForTest()
    await sandbox.control('/faults', { path: legacyTokenPath, httpStatus: 502 })
    const broken = await sandbox.get(legacyTokenPath)
    expect(broken.status).toBe(502)
    expect(await broken.text()).toContain('<h1>502</h1>')
    await sandbox.control('/faults', { path: legacyTokenPath, body: '{"access_token":' })
    const raw = await sandbox.get(legacyTokenPath)
    expect(raw.status).toBe(200)
    expect(raw.headers.get('content-type')).toBe('application/json; encoding=utf-8')
    expect(await raw.text()).toBe('{"access_token":')
  })

  it('drop the connection without an answer', async () => {
    const sandbox = await sandboxForTest()
    await sandbox.control('/faults', { path: sendPath, drop: true })
    await expect(sandbox.post(sendPath, {})).rejects.toThrow()
    const { items } = await sandbox.read<Calls>('/calls')
    expect(items).toMatchObject([{ path: sendPath, status: null, errcode: null, rid: null }])
    expect((await sandbox.post(sendPath, {})).status).toBe(200)
  })

  it('delay an answer, alone or with another fault', async () => {
    const sandbox = await sandboxForTest()
    await sandbox.control('/faults', { path: legacyTokenPath, delayMs: 40 })
    await sandbox.control('/faults', { path: legacyTokenPath, delayMs: 40, errcode: 45009 })
    expect((await sandbox.legacyToken()).access_token).toBeDefined()
    expect((await sandbox.legacyToken()).errcode).toBe(45009)
    const { items } = await sandbox.read<Calls>('/calls')
    expect(items.map(({ durationMs }) => durationMs >= 39)).toEqual([true, true])
  })

  it('can be listed and cleared', async () => {
    const sandbox = await sandboxForTest()
    await sandbox.control('/faults', { path: legacyTokenPath, errcode: 45009, times: 5 })
    await sandbox.legacyToken()
    expect(await sandbox.read('/faults')).toMatchObject({ items: [{ errcode: 45009, times: 5, left: 4 }], total: 1 })
    await fetch(`${sandbox.url}/__sandbox/faults`, { method: 'DELETE' })
    expect((await sandbox.legacyToken()).access_token).toBeDefined()
  })
})
