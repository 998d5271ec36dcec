import { describe, expect, it } from 'vitest'
import { ConfigError, loadConfig } from './config'

function faults(env: Record<string, string>): readonly string[] {
  try {
    loadConfig(env, '/srv/huiyue')
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
    throw error
  }
  return []
}

const production = {
  NODE_ENV: 'production',
  DATABASE_URL: 'mysql://user:pass@db/huiyue',
  WECHAT_APP_ID: 'wxaaaaaaaaaaaaaaaa',
  WECHAT_APP_SECRET: 'a'.repeat(32),
}

describe('the configuration', () => {
  it('needs nothing in the demo, which talks to the sandbox', () => {
    const config = loadConfig({ SANDBOX_PORT: '3123' }, '/srv/huiyue')
    expect(config).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      database: { dialect: 'sqlite', file: '/srv/huiyue/data/huiyue.sqlite' },
      demo: { password: 'huiyue-demo', sandboxUrl: 'http://127.0.0.1:3123' },
      wechat: { apiBaseUrl: 'http://127.0.0.1:3123', appId: 'wx0123456789abcdef', tokenMode: 'stable' },
    })
    expect(Object.isFrozen(config)).toBe(true)
  })

  it('keeps the database in DATA_DIR, unless DATABASE_URL says otherwise', () => {
    expect(loadConfig({ DATA_DIR: '/var/lib/huiyue' }, '/srv').database).toEqual({
      dialect: 'sqlite',
      file: '/var/lib/huiyue/huiyue.sqlite',
    })
    expect(loadConfig({ DATABASE_URL: 'sqlite:./x.sqlite' }, '/srv').database).toEqual({
      dialect: 'sqlite',
      file: '/srv/x.sqlite',
    })
    expect(loadConfig({ DATABASE_URL: 'sqlite:///abs/x.sqlite' }, '/srv').database).toEqual({
      dialect: 'sqlite',
      file: '/abs/x.sqlite',
    })
  })

  it('talks to WeChat itself with an app of one’s own, also while developing', () => {
    const own = { WECHAT_APP_ID: production.WECHAT_APP_ID, WECHAT_APP_SECRET: production.WECHAT_APP_SECRET }
    expect(loadConfig(own, '/srv').wechat.apiBaseUrl).toBe('https://api.weixin.qq.com')
    expect(loadConfig(own, '/srv').demo?.sandboxUrl).toBeNull()
    const named = { ...own, WECHAT_API_BASE_URL: 'https://api.weixin.qq.com/' }
    expect(loadConfig(named, '/srv').demo?.sandboxUrl).toBeNull()
  })

  it('tells browsers in the local network a sandbox that they can reach', () => {
    const config = loadConfig({ HOST: '0.0.0.0', PUBLIC_URL: 'http://192.168.1.20:3000' }, '/srv')
    expect(config.demo?.sandboxUrl).toBe('http://192.168.1.20:3100')
    expect(config.wechat.apiBaseUrl).toBe('http://127.0.0.1:3100')
  })

  it('has no demo in production', () => {
    const config = loadConfig(production, '/srv')
    expect(config.demo).toBeNull()
    expect(config.wechat).toMatchObject({ apiBaseUrl: 'https://api.weixin.qq.com', miniprogramState: 'formal' })
  })

  it('of production needs a database and WeChat settings, and names all that is missing', () => {
    expect(faults({ NODE_ENV: 'production' }).map((fault) => fault.split(':')[0])).toEqual([
      'DATABASE_URL',
      'WECHAT_APP_ID',
      'WECHAT_APP_SECRET',
    ])
  })

  it('names every fault at once', () => {
    const wrong = {
      PORT: 'x',
      DATABASE_URL: 'postgres://x',
      WECHAT_TOKEN_MODE: 'magic',
      ORG_TIME_ZONE: 'Mars/Base',
      SLOT_MINUTES: '7',
      TRUST_PROXY: 'everybody',
    }
    expect(faults(wrong).map((fault) => fault.split(':')[0])).toEqual([
      'PORT',
      'DATABASE_URL',
      'WECHAT_TOKEN_MODE',
      'ORG_TIME_ZONE',
      'SLOT_MINUTES',
      'TRUST_PROXY',
    ])
  })

  it('takes half an app for a mistake', () => {
    expect(faults({ WECHAT_APP_ID: production.WECHAT_APP_ID })).toEqual([
      'WECHAT_APP_ID and WECHAT_APP_SECRET: set both or neither',
    ])
  })

  it('treats an empty line as not set', () => {
    expect(loadConfig({ DATABASE_URL: '', REDIS_URL: '' }, '/srv').database.dialect).toBe('sqlite')
  })

  it('gives every client the usual lifetimes, unless they are set', () => {
    const usual = { accessSeconds: 900, idleSeconds: 30 * 86_400, absoluteSeconds: 90 * 86_400 }
    expect(loadConfig({}, '/srv').sessionLifetimes).toEqual({ web: usual, h5: usual, 'mp-weixin': usual })
    const { sessionLifetimes } = loadConfig({ SESSION_LIFETIMES: 'web=5m/12h/7d, h5=10m/1d/1d' }, '/srv')
    expect(sessionLifetimes.web).toEqual({ accessSeconds: 300, idleSeconds: 43_200, absoluteSeconds: 604_800 })
    expect(sessionLifetimes['mp-weixin']).toEqual(usual)
  })

  it.each(['toaster=1m/1h/1d', 'web=1h/1m/1d', 'web=1m/1h', 'web=1m/1h/1d/1d', 'web=0m/1h/1d', 'web=1y/1y/1y', 'web'])(
    'refuses the lifetimes %s',
    (text) => {
      expect(faults({ SESSION_LIFETIMES: text })).toEqual([expect.stringContaining('SESSION_LIFETIMES: ')])
    },
  )

  it('refuses to believe every address in production', () => {
    expect(faults({ ...production, TRUST_PROXY: 'true' })).toEqual([expect.stringContaining('TRUST_PROXY: ')])
    expect(faults({ ...production, TRUST_PROXY: 'loopback' })).toEqual([])
  })

  it('refuses a first administrator with a password that everybody tries', () => {
    for (const password of ['huiyue-demo', 'admin123456', 'Password1'])
      expect(faults({ ...production, ADMIN_PASSWORD: password })).toEqual([expect.stringContaining('ADMIN_PASSWORD: ')])
    expect(faults({ ...production, ADMIN_PASSWORD: 'Westsee bei Nebel' })).toEqual([])
  })
})
