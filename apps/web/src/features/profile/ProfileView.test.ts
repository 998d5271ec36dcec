import type { CurrentUser, Session } from '@huiyue/contracts'
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { useSession } from '@/features/session/session.store'
import type * as http from '@/http'
import { ApiError } from '@/http'
import { i18n, setLocale } from '@/messages'
import { aSession, aUser } from '@/shared/account-fixtures'
import { useClientConfig } from '@/shared/client-config.store'
import ProfileView from './ProfileView.vue'

const { call, confirmAction } = vi.hoisted(() => ({ call: vi.fn(), confirmAction: vi.fn() }))
vi.mock('@/http', async (original) => ({ ...(await original<typeof http>()), call }))
vi.mock('@/shared/confirm', () => ({ confirmAction, confirmLeave: async () => true }))

type Answers = Partial<Record<string, (request: { body?: unknown }) => unknown>>

/** Answers by operation; whatever else is asked is a fault of the test. */
function serve(answers: Answers, sessions: Session[] = [aSession({ current: true })]): void {
  call.mockImplementation(async (operation: string, request: { body?: unknown } = {}) => {
    const all: Answers = { listMySessions: () => ({ items: sessions, total: sessions.length }), ...answers }
    const answer = all[operation]
    if (!answer) throw new Error(`nobody expected ${operation}`)
    return answer(request)
  })
}

async function open(user: CurrentUser = aUser(), bound = false) {
  useSession().signedIn = true
  useSession().take({
    user,
    roles: [],
    permissions: [],
    wechat: bound ? { bound, boundAt: '2026-10-01T02:00:00.000Z' } : { bound },
  })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:rest(.*)', component: ProfileView, meta: { title: 'profile.title' } }],
  })
  await router.push('/profile')
  const view = mount(RouterView, { global: { plugins: [router, i18n] }, attachTo: document.body })
  await flushPromises()
  return view
}
const asked = (operation: string) =>
  call.mock.calls.filter(([name]) => name === operation).map(([, request]) => request as unknown)

enableAutoUnmount(afterEach)
beforeEach(() => {
  setActivePinia(createPinia())
  setLocale('zh-CN', false)
  window.sessionStorage.clear()
  window.localStorage.clear()
  call.mockReset()
  confirmAction.mockReset()
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined }))
  useClientConfig().config = { organizationName: 'X', timeZone: 'Asia/Shanghai', slotMinutes: 15, demo: null }
})

it('shows the roles with where they hold', async () => {
  serve({})
  const assignments = [
    { roleId: 'member', roleName: 'member', scope: null },
    { roleId: 'r7', roleName: '值班', scope: { kind: 'building', id: 'b1', name: 'A 座' } as const },
  ]
  const view = await open(aUser({ assignments }))
  const roles = view.findAll('[data-test="person-facts"] li').map((role) => role.text())
  expect(roles).toEqual(['员工全部范围', '值班楼宇：A 座'])
})

describe('contact data', () => {
  it('sends only what changed, and speaks the chosen language from then on', async () => {
    const saved = aUser({ mobile: '13800000000', locale: 'en' })
    serve({ updateMe: () => ({ user: saved, roles: [], permissions: [], wechat: { bound: false } }) })
    const view = await open(aUser({ locale: 'en' }))
    await view.get('[data-test="mobile"]').setValue('138 0000 0000')
    await view.get('[data-test="contact-form"]').trigger('submit')
    await flushPromises()
    expect(asked('updateMe')).toEqual([{ body: { mobile: '138 0000 0000' } }])
    expect(view.get<HTMLInputElement>('[data-test="mobile"]').element.value).toBe('13800000000')
    expect(window.sessionStorage).toHaveLength(0)
  })

  it('says beside the field what is wrong with it, and keeps what was typed', async () => {
    serve({})
    const view = await open()
    await view.get('[data-test="email"]').setValue('no address')
    await view.get('[data-test="contact-form"]').trigger('submit')
    await flushPromises()
    expect(view.get('[data-test="contact-form"] [data-test="field-error"]').text()).toBe('格式不对')
    expect(asked('updateMe')).toEqual([])
    expect(view.get<HTMLInputElement>('[data-test="email"]').element.value).toBe('no address')
  })

  it('typed before the session ended is there again afterwards', async () => {
    serve({})
    const before = await open()
    await before.get('[data-test="mobile"]').setValue('139')
    useSession().forget()
    before.unmount()
    const view = await open()
    expect(view.get<HTMLInputElement>('[data-test="mobile"]').element.value).toBe('139')
    expect(view.get('[data-test="contact-form"]').text()).toContain('已恢复刚才没有保存的内容')
  })
})

describe('devices', () => {
  const phone = aSession({ id: 's2', clientId: 'mp-weixin', device: '', place: null })
  const here = aSession({ id: 's1', current: true, lastSeenAt: '2026-11-01T01:00:00.000Z' })

  it('name device, client, place and address, this one first', async () => {
    serve({}, [phone, here])
    const view = await open()
    const [first] = view.findAll('.devices li')
    expect(first?.attributes('data-test')).toBe('this-device')
    expect(first?.text()).toContain('控制台 · 中国 江苏省 南京市 · 203.0.113.7')
    expect(first?.find('[data-test="end-device"]').exists()).toBe(false)
    expect(view.get('[data-test="device"]').text()).toContain('未知设备')
  })

  it('one is ended after a question', async () => {
    serve({ endMySession: () => undefined }, [here, phone])
    const view = await open()
    confirmAction.mockResolvedValueOnce(false)
    await view.get('[data-test="end-device"]').trigger('click')
    await flushPromises()
    expect(asked('endMySession')).toEqual([])
    confirmAction.mockResolvedValueOnce(true)
    await view.get('[data-test="end-device"]').trigger('click')
    await flushPromises()
    expect(asked('endMySession')).toEqual([{ params: { id: 's2' } }])
    expect(view.findAll('[data-test="device"]')).toHaveLength(0)
  })

  it('all others are ended at once, this one stays', async () => {
    serve({ endMyOtherSessions: () => ({ ended: 2 }) }, [here, phone, aSession({ id: 's3' })])
    const view = await open()
    confirmAction.mockResolvedValueOnce(true)
    await view.get('[data-test="end-others"]').trigger('click')
    await flushPromises()
    expect(confirmAction.mock.lastCall?.[1]).toContain('其余 2 处')
    expect(view.findAll('.devices li')).toHaveLength(1)
    expect(view.text()).toContain('只有当前这台设备')
  })
})

describe('WeChat', () => {
  const inDialog = <T extends Element>(selector: string) => document.querySelector<T>(`.el-dialog ${selector}`)
  async function unbindWith(password: string) {
    const input = inDialog<HTMLInputElement>('input[name="password"]')
    if (!input) throw new Error('no dialog')
    input.value = password
    input.dispatchEvent(new Event('input'))
    inDialog('form')?.dispatchEvent(new Event('submit', { cancelable: true }))
    await flushPromises()
  }

  it('is unbound with the password; a wrong one is told beside the field', async () => {
    const issues = [{ path: 'password', code: 'password_wrong', message: '' }]
    serve({
      unbindWechat: ({ body }) => {
        if ((body as { password: string }).password !== 'right')
          throw new ApiError('VALIDATION_FAILED', 400, { issues })
        return { bound: false, reason: 'never_bound' }
      },
    })
    const view = await open(aUser(), true)
    expect(view.text()).toContain('绑定时间 2026-10-01 10:00')
    await view.get('[data-test="unbind"]').trigger('click')
    await flushPromises()
    await unbindWith('wrong')
    expect(inDialog('[data-test="field-error"]')?.textContent).toBe('密码不对')
    await unbindWith('right')
    expect(useSession().wechat?.bound).toBe(false)
    expect(view.find('[data-test="unbind"]').exists()).toBe(false)
    expect(asked('listMySessions')).toHaveLength(2)
  })
})

it('one’s own data are downloaded as a JSON file', async () => {
  const files: Blob[] = []
  URL.createObjectURL = (file: Blob) => `blob:${files.push(file)}`
  URL.revokeObjectURL = () => undefined
  const names: string[] = []
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    names.push(this.download)
  })
  serve({ getMyPersonalData: () => ({ account: { username: 'lilei' } }) })
  const view = await open()
  await view.get('[data-test="download-my-data"]').trigger('click')
  await flushPromises()
  expect(names).toEqual([expect.stringMatching(/^我的数据-.*\.json$/)])
  expect(files.map(({ type }) => type)).toEqual(['application/json;charset=utf-8'])
})
