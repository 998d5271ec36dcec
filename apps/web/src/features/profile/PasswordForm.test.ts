import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { useSession } from '@/features/session/session.store'
import type * as http from '@/http'
import { ApiError } from '@/http'
import { i18n, setLocale } from '@/messages'
import { aUser } from '@/shared/account-fixtures'
import ForcedPasswordView from './ForcedPasswordView.vue'
import PasswordForm from './PasswordForm.vue'

const { call } = vi.hoisted(() => ({ call: vi.fn() }))
vi.mock('@/http', async (original) => ({ ...(await original<typeof http>()), call }))

const invalid = (...issues: { path: string; code: string }[]) =>
  new ApiError('VALIDATION_FAILED', 400, { issues: issues.map((issue) => ({ ...issue, message: '' })) })

async function openIn(view: typeof PasswordForm | typeof ForcedPasswordView, path = '/password') {
  const page = { template: '<p />' }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/login', name: 'login', component: page, meta: { title: 'login.title' } },
      { path: '/:rest(.*)', component: page, meta: { title: 'app.name' } },
    ],
  })
  await router.push(path)
  const form = mount(view, { global: { plugins: [router, i18n] }, attachTo: document.body })
  const field = (name: string) => form.get<HTMLInputElement>(`input[name="${name}"]`)
  const errorOf = (name: string) =>
    form.find(`[id="${field(name).attributes('aria-describedby')?.split(' ')[0]}"]`).text()
  const change = async (currentPassword: string, newPassword: string) => {
    await field('currentPassword').setValue(currentPassword)
    await field('newPassword').setValue(newPassword)
    await form.get('form').trigger('submit')
    await flushPromises()
  }
  return { form, field, errorOf, change, router }
}

beforeEach(() => {
  setActivePinia(createPinia())
  setLocale('zh-CN', false)
  call.mockReset()
  useSession().signedIn = true
  useSession().take({ user: aUser(), roles: [], permissions: [], wechat: { bound: false } })
})

describe('changing one’s password', () => {
  it('sends both, and keeps neither once it is changed', async () => {
    call.mockResolvedValue(undefined)
    const { form, field, change } = await openIn(PasswordForm)
    await change('old one', '一个很长的新密码')
    expect(call).toHaveBeenCalledWith('changePassword', {
      body: { currentPassword: 'old one', newPassword: '一个很长的新密码' },
    })
    expect(form.emitted('changed')).toHaveLength(1)
    expect([field('currentPassword').element.value, field('newPassword').element.value]).toEqual(['', ''])
  })

  it('says beside the field that the length is wrong, without asking the server', async () => {
    const { errorOf, change, field } = await openIn(PasswordForm)
    await change('old one', 'short')
    expect(errorOf('newPassword')).toBe('至少要 8 个字')
    expect(document.activeElement).toBe(field('newPassword').element)
    expect(call).not.toHaveBeenCalled()
  })

  it('puts each refusal of the server beside its field and keeps what was typed', async () => {
    call.mockRejectedValue(
      invalid({ path: 'currentPassword', code: 'password_wrong' }, { path: 'newPassword', code: 'password_common' }),
    )
    const { field, errorOf, change, form } = await openIn(PasswordForm)
    await change('wrong one', 'password1')
    expect(errorOf('currentPassword')).toBe('密码不对')
    expect(errorOf('newPassword')).toBe('这个密码太常见，很容易被猜到，请换一个')
    expect(field('newPassword').element.value).toBe('password1')
    expect(form.find('[role="alert"]').exists()).toBe(false)
  })

  it('waits after too many attempts', async () => {
    call.mockRejectedValue(new ApiError('TOO_MANY_ATTEMPTS', 429, { retryAfterSeconds: 30 }))
    const { form, change } = await openIn(PasswordForm)
    await change('wrong one', 'a long enough one')
    expect(form.get('[data-test="retry-wait"]').text()).toContain('30 秒')
    expect(form.get<HTMLButtonElement>('[data-test="change-password"]').element.disabled).toBe(true)
  })
})

describe('a password given by somebody else', () => {
  it('is changed first; then the person goes where they wanted to', async () => {
    useSession().requirePasswordChange()
    call.mockResolvedValue(undefined)
    const { change, router } = await openIn(ForcedPasswordView, '/password?returnTo=/notifications')
    await change('one-time', 'one of my own')
    expect(useSession().mustChangePassword).toBe(false)
    expect(router.currentRoute.value.fullPath).toBe('/notifications')
  })

  it('leaves logging out as the only other way', async () => {
    useSession().requirePasswordChange()
    call.mockResolvedValue(undefined)
    const { form, router } = await openIn(ForcedPasswordView)
    expect(form.findAll('a')).toHaveLength(0)
    await form.get('[data-test="logout"]').trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.name).toBe('login')
    expect(useSession().signedIn).toBe(false)
  })
})
