import type { ClientConfig, LoginResult } from '@huiyue/contracts'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type * as http from '@/http'
import { ApiError } from '@/http'
import { i18n, setLocale } from '@/messages'
import { aUser } from '@/shared/account-fixtures'
import { useClientConfig } from '@/shared/client-config.store'
import LoginView from './LoginView.vue'

const { call } = vi.hoisted(() => ({ call: vi.fn() }))
vi.mock('@/http', async (original) => ({ ...(await original<typeof http>()), call }))

const config: ClientConfig = {
  organizationName: '会约',
  timeZone: 'Asia/Shanghai',
  slotMinutes: 15,
  demo: {
    sandboxUrl: 'http://127.0.0.1:3100',
    password: 'demo-password',
    accounts: [{ username: 'lilei', name: '李雷' }],
  },
}
const answer: LoginResult = {
  accessToken: 'a',
  refreshToken: 'r',
  expiresIn: 900,
  user: aUser(),
  wechat: { bound: false, reason: 'never_bound' },
}

async function open(path: string) {
  const page = { template: '<p />' }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/login', name: 'login', component: page, meta: { title: 'login.title' } },
      { path: '/:rest(.*)', component: page, meta: { title: 'app.name' } },
    ],
  })
  await router.push(path)
  const view = mount(LoginView, { global: { plugins: [router, i18n] }, attachTo: document.body })
  const field = (name: string) => view.get<HTMLInputElement>(`input[name="${name}"]`)
  const submit = async () => {
    await view.get('form').trigger('submit')
    await flushPromises()
  }
  return { router, view, field, submit }
}

beforeEach(() => {
  setActivePinia(createPinia())
  setLocale('zh-CN', false)
  window.localStorage.clear()
  call.mockReset()
  useClientConfig().config = config
})

describe('logging in', () => {
  it('leads back to where the person was', async () => {
    call.mockResolvedValue(answer)
    const { router, field, submit } = await open('/login?returnTo=/notifications?state%3Ddead')
    await field('username').setValue(' lilei ')
    await field('password').setValue('secret')
    await submit()
    expect(call).toHaveBeenCalledWith('login', { body: { username: 'lilei', password: 'secret', clientId: 'web' } })
    expect(router.currentRoute.value.fullPath).toBe('/notifications?state=dead')
  })

  it('refused, it says so in words and keeps what was typed', async () => {
    call.mockRejectedValue(new ApiError('CREDENTIALS_INVALID', 401))
    const { router, view, field, submit } = await open('/login')
    await field('username').setValue('lilei')
    await field('password').setValue('wrong')
    await submit()
    expect(view.get('[role="alert"]').text()).toBe('用户名或密码不对。')
    expect([field('username').element.value, field('password').element.value]).toEqual(['lilei', 'wrong'])
    expect(router.currentRoute.value.path).toBe('/login')
  })

  it('says what is missing beside the field, without asking the server', async () => {
    const { field, view, submit } = await open('/login')
    await field('username').setValue('lilei')
    await submit()
    expect(call).not.toHaveBeenCalled()
    const described = field('password').attributes('aria-describedby') ?? ''
    expect(view.get(`[id="${described}"]`).text()).toBe('请填写密码')
    expect(field('password').element).toBe(document.activeElement)
  })

  it('a complaint about one field stands beside it', async () => {
    const issues = [{ path: 'username', code: 'too_long', message: '', params: { max: 64 } }]
    call.mockRejectedValue(new ApiError('VALIDATION_FAILED', 400, { issues }))
    const { field, view, submit } = await open('/login')
    await field('username').setValue('lilei')
    await field('password').setValue('secret')
    await submit()
    expect(view.get(`[id="${field('username').attributes('aria-describedby') ?? ''}"]`).text()).toBe('最多 64 个字')
    expect(view.find('[role="alert"]').exists()).toBe(false)
  })

  it('in the demo, an account can be picked and the password is told', async () => {
    const { field, view } = await open('/login')
    await view.get('[data-test="demo-lilei"]').trigger('click')
    expect(field('username').element.value).toBe('lilei')
    expect(view.text()).toContain('demo-password')
  })
})

describe('after too many attempts', () => {
  beforeEach(() => void vi.useFakeTimers({ now: Date.parse('2026-11-22T01:00:00Z') }))
  afterEach(() => void vi.useRealTimers())

  it('it says how long to wait, keeps the name, and asks again once the time is over', async () => {
    call.mockRejectedValueOnce(new ApiError('TOO_MANY_ATTEMPTS', 429, { retryAfterSeconds: 90 }))
    const { view, field, submit, router } = await open('/login')
    await field('username').setValue('lilei')
    await field('password').setValue('secret')
    await submit()
    const wait = () => view.find('[data-test="retry-wait"] [aria-hidden]')
    const button = view.get<HTMLButtonElement>('[data-test="login-submit"]')
    expect(wait().text()).toBe('尝试得太频繁，请在 1 分 30 秒 后再试。')
    expect(field('username').element.value).toBe('lilei')
    expect(button.element.disabled).toBe(true)
    await submit()
    expect(call).toHaveBeenCalledTimes(1)

    await vi.advanceTimersByTimeAsync(30_000)
    expect(wait().text()).toBe('尝试得太频繁，请在 1 分 00 秒 后再试。')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(wait().exists()).toBe(false)
    call.mockResolvedValue(answer)
    await submit()
    expect(router.currentRoute.value.path).toBe('/')
  })

  it('somebody else need not wait', async () => {
    call.mockRejectedValueOnce(new ApiError('TOO_MANY_ATTEMPTS', 429, { retryAfterSeconds: 90 }))
    const { view, field, submit } = await open('/login')
    await field('username').setValue('lilei')
    await field('password').setValue('secret')
    await submit()
    await field('username').setValue('hanmeimei')
    expect(view.get<HTMLButtonElement>('[data-test="login-submit"]').element.disabled).toBe(false)
  })
})
