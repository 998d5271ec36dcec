import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { logDestination, rememberSecret } from '../../test/support/captured-logs'
import { createTestApp, type TestApp } from '../../test/support/test-app'
import { createContainer } from '../container'
import { createLogger } from '../logging/logger'
import { WechatAccessToken } from './wechat-access-token'
import { WechatError } from './wechat-error'
import { WechatTokenModel } from './wechat-token.model'
import { WechatTokenRepository } from './wechat-token.repository'

const stablePath = '/cgi-bin/stable_token'
const legacyPath = '/cgi-bin/token'

let app: TestApp
let processes: WechatAccessToken[]

beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())
beforeEach(async () => {
  await app.sandbox.reset()
  await WechatTokenModel.destroy({ where: {} })
  processes = [0, 1].map(() => another())
})
afterEach(() => app.clock.reset())

/** As another BFF process would have it: own memory, the same database. */
function another(tokenMode: 'stable' | 'legacy' = 'stable'): WechatAccessToken {
  const { sequelize, clock } = app
  const config = { ...app.config, wechat: { ...app.config.wechat, tokenMode } }
  const logger = createLogger('debug', logDestination)
  return createContainer({ config, logger, sequelize, clock }).resolve(WechatAccessToken)
}

async function requests(path = stablePath): Promise<number> {
  return (await app.sandbox.calls(path)).length
}

function refusing(errcode: number, times: number) {
  let calls = 0
  const used: string[] = []
  return {
    used,
    call: async (token: string) => {
      rememberSecret(token)
      used.push(token)
      if (calls++ < times) throw WechatError.answered(errcode, 'refused')
      return 'done'
    },
  }
}

it('is asked of WeChat once, however many calls and processes want it', async () => {
  const tokens = await Promise.all(Array.from({ length: 50 }, (_, index) => processes[index % 2]!.get()))
  expect(new Set(tokens).size).toBe(1)
  expect(await requests()).toBe(1)
  rememberSecret(tokens[0]!)
})

it('is replaced 300 seconds before it ends, and not sooner', async () => {
  const first = await processes[0]!.get()
  app.clock.advance(7200 - 300 - 1)
  await app.sandbox.advance(7200 - 300 - 1)
  expect(await processes[0]!.get()).toBe(first)
  expect(await requests()).toBe(1)
  app.clock.advance(1)
  await app.sandbox.advance(1)
  expect(await processes[0]!.get()).not.toBe(first)
  expect(await requests()).toBe(2)
})

it.each([
  ['a few seconds', '{"access_token":"short","expires_in":20}', 10],
  ['five minutes and a little', '{"access_token":"short","expires_in":345}', 45],
])('is used for a while although it lives only %s', async (_name, body, seconds) => {
  await app.sandbox.fault({ path: stablePath, times: 1, body })
  expect(await processes[0]!.get()).toBe('short')
  app.clock.advance(seconds - 1)
  expect(await processes[0]!.get()).toBe('short')
  app.clock.advance(2)
  expect(await processes[0]!.get()).not.toBe('short')
})

describe('when WeChat refuses it', () => {
  /** Another system that shares the app asks for a new one by force: ours is dead. */
  const revoke = async () => {
    const { appId, appSecret } = app.config.wechat
    const body = { grant_type: 'client_credential', appid: appId, secret: appSecret, force_refresh: true }
    const response = await fetch(app.sandbox.url + stablePath, { method: 'POST', body: JSON.stringify(body) })
    rememberSecret(((await response.json()) as { access_token: string }).access_token)
  }

  it.each([40001, 40014, 42001])('(%i) it is dropped, fetched once more, and the call runs again', async (errcode) => {
    const { call, used } = refusing(errcode, 1)
    expect(await processes[0]!.use(call)).toBe('done')
    expect([used.length, await requests()]).toEqual([2, 2])
  })

  it('for good, a new one is forced at the next call; there is no endless refreshing', async () => {
    const { call, used } = refusing(40001, 3)
    await expect(processes[0]!.use(call)).rejects.toMatchObject({ errcode: 40001 })
    expect(used).toHaveLength(2)
    expect(await processes[0]!.use(call)).toBe('done')
    expect(used.at(-1)).not.toBe(used[0])
  })

  it('for forty calls at once, one new token is fetched for all of them', async () => {
    const bad = await processes[0]!.get()
    await revoke()
    const before = await requests()
    const call = async (token: string) => {
      if (token === bad) throw WechatError.answered(40001, 'invalid credential')
      return token
    }
    const results = await Promise.all(Array.from({ length: 40 }, (_, index) => processes[index % 2]!.use(call)))
    expect(new Set(results).size).toBe(1)
    expect((await requests()) - before).toBe(1)
  })

  it('a process with an old one takes what another has fetched meanwhile', async () => {
    const [a, b] = processes as [WechatAccessToken, WechatAccessToken]
    const old = await a.get()
    await b.get()
    await revoke()
    const fresh = await a.use(refusing(40001, 1).call).then(() => a.get())
    expect(fresh).not.toBe(old)
    const before = await requests()
    const call = async (token: string) => {
      if (token === old) throw WechatError.answered(42001, 'access_token expired')
      return token
    }
    expect(await b.use(call)).toBe(fresh)
    expect(await requests()).toBe(before)
  })

  it('other errors do not cost the token', async () => {
    await expect(processes[0]!.use(refusing(47003, 1).call)).rejects.toMatchObject({ errcode: 47003 })
    await processes[0]!.get()
    expect(await requests()).toBe(1)
  })
})

it('legacy mode asks the other endpoint, and a refused token costs one request', async () => {
  const legacy = another('legacy')
  expect(await legacy.use(refusing(40001, 1).call)).toBe('done')
  expect([await requests(legacyPath), await requests(stablePath)]).toEqual([2, 0])
})

it('trouble at WeChat reaches the caller, and the next call asks again', async () => {
  await app.sandbox.fault({ path: stablePath, times: 1, errcode: 45009 })
  await expect(processes[0]!.get()).rejects.toMatchObject({ errcode: 45009, errorClass: 'later' })
  await app.sandbox.fault({ path: stablePath, times: 1, drop: true })
  await expect(processes[1]!.get()).rejects.toMatchObject({ errcode: null, errorClass: 'later' })
  expect(await processes[0]!.get()).toBeTruthy()
})

it('a process that died while fetching holds nobody up for long', async () => {
  const repository = app.container.resolve(WechatTokenRepository)
  const now = app.clock.now()
  expect(await repository.lease(app.config.wechat.appId, 'dead', now, new Date(now.getTime() + 15_000))).toBe(true)
  const waiting = processes[0]!.get()
  app.clock.advance(16)
  expect(await waiting).toBeTruthy()
})
