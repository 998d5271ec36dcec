import { describe, expect, it } from 'vitest'
import { sandboxAppId, sandboxAppSecret } from '../defaults'
import { type Answer, legacyTokenPath, type SandboxForTest, sandboxForTest, stableTokenPath } from '../testing'

const start = Date.UTC(2026, 10, 22, 4, 0, 0)
const frozen = { clock: () => start }

/** The errcode a token is refused with; 40003 is past the token check. */
async function verdict(sandbox: SandboxForTest, token: string | undefined): Promise<number | undefined> {
  return (await sandbox.send(token ?? '', { touser: 'nobody' })).errcode
}

describe('access tokens', () => {
  it('look like the real ones and come without an errcode', async () => {
    const sandbox = await sandboxForTest()
    const answer = await sandbox.legacyToken()
    expect(answer).toEqual({ access_token: expect.stringMatching(/^\d{2}_[\w-]{133}$/) as string, expires_in: 7200 })
    expect(await verdict(sandbox, answer.access_token)).toBe(40003)
  })

  it('are told apart when they are missing, malformed or unknown', async () => {
    const sandbox = await sandboxForTest()
    const { access_token: known = '' } = await sandbox.legacyToken()
    expect(await verdict(sandbox, '')).toBe(41001)
    expect(await verdict(sandbox, 'nonsense')).toBe(40014)
    expect(await verdict(sandbox, `${known.slice(0, -4)}AAAA`)).toBe(40001)
    const { errmsg } = await sandbox.send(`${known.slice(0, -4)}AAAA`, {})
    expect(errmsg).toMatch(
      /^invalid credential, access_token is invalid or not latest, could get access_token by getStableAccessToken, more details at https:\/\/mmbizurl\.cn\/s\/JtxxFh33r rid: /,
    )
  })
})

describe('/cgi-bin/token', () => {
  it('issues a new one every time; the one before works five minutes more, then is not the latest', async () => {
    const sandbox = await sandboxForTest(frozen)
    const { access_token: first } = await sandbox.legacyToken()
    const { access_token: second } = await sandbox.legacyToken()
    expect(second).not.toBe(first)
    await sandbox.advance(299)
    expect(await verdict(sandbox, first)).toBe(40003)
    await sandbox.advance(1)
    expect(await verdict(sandbox, first)).toBe(40001)
    expect(await verdict(sandbox, second)).toBe(40003)
  })

  it('lets a token expire after 7200 seconds', async () => {
    const sandbox = await sandboxForTest(frozen)
    const { access_token: token } = await sandbox.legacyToken()
    await sandbox.advance(7199)
    expect(await verdict(sandbox, token)).toBe(40003)
    await sandbox.advance(1)
    expect(await verdict(sandbox, token)).toBe(42001)
  })

  it('can answer 42001 for a superseded token, as was seen once', async () => {
    const sandbox = await sandboxForTest({ ...frozen, options: { supersededTokenErrcode: 42001 } })
    const { access_token: first } = await sandbox.legacyToken()
    await sandbox.legacyToken()
    await sandbox.advance(300)
    expect(await verdict(sandbox, first)).toBe(42001)
  })

  it.each([
    ['', 41002],
    [`appid=${sandboxAppId}`, 41004],
    [`appid=wx1&secret=x`, 40013],
    [`appid=${sandboxAppId}&secret=x`, 40125],
    [`appid=${sandboxAppId}&secret=${sandboxAppSecret}`, 40002],
  ])('refuses ?%s', async (query, errcode) => {
    const sandbox = await sandboxForTest()
    expect(await (await sandbox.get(`${legacyTokenPath}?${query}`)).json()).toMatchObject({ errcode })
  })
})

describe('/cgi-bin/stable_token', () => {
  it('gives the same token with what is left of it, and a new one beside it in the last five minutes', async () => {
    const sandbox = await sandboxForTest(frozen)
    const first = await sandbox.stableToken()
    await sandbox.advance(6899)
    expect(await sandbox.stableToken()).toEqual({ access_token: first.access_token, expires_in: 301 })
    await sandbox.advance(1)
    const second = await sandbox.stableToken()
    expect(second.access_token).not.toBe(first.access_token)
    expect(second.expires_in).toBe(7200)
    await sandbox.advance(299)
    expect(await verdict(sandbox, first.access_token)).toBe(40003)
    await sandbox.advance(1)
    expect(await verdict(sandbox, first.access_token)).toBe(42001)
    expect(await verdict(sandbox, second.access_token)).toBe(40003)
  })

  it('lives apart from the legacy tokens', async () => {
    const sandbox = await sandboxForTest(frozen)
    const stable = await sandbox.stableToken()
    const legacy = await sandbox.legacyToken()
    await sandbox.legacyToken()
    await sandbox.advance(60)
    await sandbox.stableToken({ force_refresh: true })
    expect(await verdict(sandbox, legacy.access_token)).toBe(40003)
    await sandbox.advance(240)
    expect(await verdict(sandbox, legacy.access_token)).toBe(40001)
    expect(await verdict(sandbox, stable.access_token)).toBe(40001)
  })

  it('kills every older one at once when forced, and ignores being forced again within 30 seconds', async () => {
    const sandbox = await sandboxForTest(frozen)
    const old = await sandbox.stableToken()
    await sandbox.advance(6900)
    const current = await sandbox.stableToken()
    const forced = await sandbox.stableToken({ force_refresh: true })
    expect(await verdict(sandbox, old.access_token)).toBe(40001)
    expect(await verdict(sandbox, current.access_token)).toBe(40001)
    expect(await verdict(sandbox, forced.access_token)).toBe(40003)

    await sandbox.advance(29)
    expect(await sandbox.stableToken({ force_refresh: true })).toEqual({ ...forced, expires_in: 7171 })
    await sandbox.advance(1)
    expect((await sandbox.stableToken({ force_refresh: true })).access_token).not.toBe(forced.access_token)
  })

  it('can be forced twenty times a day of Beijing', async () => {
    const sandbox = await sandboxForTest(frozen)
    for (let n = 1; n <= 20; n += 1) {
      expect((await sandbox.stableToken({ force_refresh: true })).errcode).toBeUndefined()
      await sandbox.advance(30)
    }
    const refused = await sandbox.stableToken({ force_refresh: true })
    expect(refused.errcode).toBe(45009)
    expect((await sandbox.stableToken()).access_token).toBeDefined()
    await sandbox.advance(12 * 3600)
    expect((await sandbox.stableToken({ force_refresh: true })).access_token).toBeDefined()
  })

  it('reads JSON whatever it is labelled, and says what is wrong with a body', async () => {
    const sandbox = await sandboxForTest()
    const body = { grant_type: 'client_credential', appid: sandboxAppId, secret: sandboxAppSecret }
    for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'application/octet-stream'])
      expect(await (await sandbox.post(stableTokenPath, body, type)).json()).toHaveProperty('access_token')
    const errcode = async (wrong: unknown) =>
      ((await (await sandbox.post(stableTokenPath, wrong)).json()) as Answer).errcode
    expect(await errcode('')).toBe(44002)
    expect(await errcode('appid=1')).toBe(47001)
    expect(await errcode('[]')).toBe(47001)
    expect(await errcode({})).toBe(41002)
    expect(await errcode({ appid: sandboxAppId })).toBe(41004)
    expect(await errcode({ ...body, secret: 'no' })).toBe(40125)
    expect(await errcode({ ...body, grant_type: 'authorization_code' })).toBe(40002)
  })
})
