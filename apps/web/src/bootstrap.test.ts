import type { CurrentUser, TokenPair } from '@huiyue/contracts'
import axios, { type InternalAxiosRequestConfig } from 'axios'
import { beforeEach, expect, it, vi } from 'vitest'
import { aUser } from '@/shared/account-fixtures'

// It brings a style sheet, which Node cannot read.
vi.mock('@/shared/confirm', () => ({ confirmAction: async () => true, confirmLeave: async () => true }))

const config = { organizationName: 'X', timeZone: 'Asia/Shanghai', slotMinutes: 15, demo: null }

/** The server, as far as logging in and looking at oneself go. Sessions begun before it was started are over. */
const server = {
  user: aUser(),
  asked: [] as string[],
  answer(request: InternalAxiosRequestConfig): { status: number; data: unknown } {
    const path = String(request.url).replace('/api/v1', '')
    server.asked.push(path)
    const tokens: TokenPair = { accessToken: 'fresh', refreshToken: 'r', expiresIn: 900 }
    const wechat = { bound: false }
    const error = (code: string) => ({ status: 401, data: { error: { code, message: '', requestId: 'r' } } })
    if (path === '/client-config') return { status: 200, data: config }
    if (path === '/auth/login') return { status: 200, data: { ...tokens, user: server.user, wechat } }
    if (path === '/auth/refresh') return error('TOKEN_INVALID')
    if (request.headers.get('authorization') !== 'Bearer fresh') return error('NOT_SIGNED_IN')
    if (path === '/me') return { status: 200, data: { user: server.user, roles: [], permissions: [], wechat } }
    return { status: 200, data: { items: [], total: 0 } }
  },
}

/** Starts the console at a path, as a browser that holds this access token would. */
async function start(path: string, accessToken: string, user: CurrentUser) {
  server.user = user
  window.localStorage.setItem('huiyue.session', JSON.stringify({ accessToken, refreshToken: 'old' }))
  window.history.replaceState(null, '', path)
  document.body.innerHTML = '<div id="app"></div>'
  vi.resetModules()
  const [{ bootstrap }, { router }, { notices, notify }] = await Promise.all([
    import('./bootstrap'),
    import('./router'),
    import('./shared/notices'),
  ])
  notify('success', '已保存')
  bootstrap({ template: '<RouterView />' })
  const at = (expected: string) =>
    vi.waitFor(() => expect(router.currentRoute.value.fullPath).toBe(expected), { timeout: 15_000 })
  return { at, notices }
}
async function type(name: string, text: string): Promise<void> {
  const input = await vi.waitUntil(() => document.querySelector<HTMLInputElement>(`input[name="${name}"]`))
  input.value = text
  input.dispatchEvent(new Event('input'))
}

beforeEach(() => {
  window.localStorage.clear()
  window.sessionStorage.clear()
  server.asked = []
  window.scrollTo = () => undefined
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined }))
  axios.defaults.adapter = async (request) => ({
    ...server.answer(request),
    statusText: '',
    headers: {},
    config: request,
  })
})

it('a session that is over leads to the login page, and from there back to where the person was', async () => {
  const { at, notices } = await start('/profile?from=mail', 'stale', aUser())
  await at('/login?returnTo=/profile?from=mail&ended=1')
  expect(notices.value).toEqual([])
  expect(server.asked.filter((path) => path === '/auth/refresh')).toHaveLength(1)
  await type('username', 'lilei')
  await type('password', 'secret')
  document.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }))
  await at('/profile?from=mail')
}, 30_000)

it('with a password that somebody else gave, every page leads to the one that changes it', async () => {
  const { at } = await start('/profile', 'fresh', aUser({ mustChangePassword: true }))
  await at('/password?returnTo=/profile')
  expect(server.asked).not.toContain('/me/sessions')
}, 30_000)
