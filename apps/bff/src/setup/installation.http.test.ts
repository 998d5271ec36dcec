import { afterEach, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../test/support/test-app'
import { Installation } from './installation'

const production = {
  NODE_ENV: 'production',
  WECHAT_APP_ID: 'wxaaaaaaaaaaaaaaaa',
  WECHAT_APP_SECRET: 'a'.repeat(32),
}

let app: TestApp
afterEach(() => app.close())

const login = (username: string, password: string) =>
  app.call('login', { body: { username, password, clientId: 'web' } })

describe('the first start in production', () => {
  it('makes one administrator whose made-up password is told once and must be changed', async () => {
    app = await createTestApp(production)
    const [password, ...others] = (
      await Promise.all(Array.from({ length: 3 }, () => app.container.resolve(Installation).prepare()))
    ).filter((told) => told !== null)
    expect(others).toEqual([])
    expect(password?.length).toBeGreaterThanOrEqual(16)
    expect(await app.container.resolve(Installation).prepare()).toBeNull()
    const { body } = await login('admin', password ?? '')
    expect(body.user).toMatchObject({ roles: ['admin'], mustChangePassword: true })
    expect((await app.call('listAccounts', { query: {} }, body.accessToken)).error.code).toBe(
      'PASSWORD_CHANGE_REQUIRED',
    )
    const change = { currentPassword: password ?? '', newPassword: 'Westsee bei Nebel' }
    expect((await app.call('changePassword', { body: change }, body.accessToken)).status).toBe(204)
    expect((await app.call('listAccounts', { query: {} }, body.accessToken)).body.total).toBe(1)
    const query = { action: 'account.created' } as const
    expect((await app.call('listAudit', { query }, body.accessToken)).body.items).toMatchObject([
      { actor: null, target: { id: body.user.id, name: '管理员' }, before: null, after: { roles: ['admin'] } },
    ])
  })

  it('takes the password from the environment and tells nobody', async () => {
    app = await createTestApp({ ...production, ADMIN_PASSWORD: 'Westsee bei Nebel' })
    expect(await app.container.resolve(Installation).prepare()).toBeNull()
    expect((await login('admin', 'Westsee bei Nebel')).body.user.mustChangePassword).toBe(true)
  })
})

describe('the demo’s password', () => {
  it('opens nothing in production, even where a demo’s database is used', async () => {
    app = await createTestApp()
    await app.container.resolve(Installation).prepare()
    expect((await login('lilei', 'huiyue-demo')).status).toBe(200)
    const inProduction = app.another({ production: true })
    for (const password of ['huiyue-demo', 'ｈuiyue-demo']) {
      const { error } = await inProduction.call('login', { body: { username: 'lilei', password, clientId: 'web' } })
      expect(error.code).toBe('CREDENTIALS_INVALID')
    }
  })
})
