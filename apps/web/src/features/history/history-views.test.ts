import type { AuditEntry, LoginEntry, Permission, StaffSession } from '@huiyue/contracts'
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Component } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { useSession } from '@/features/session/session.store'
import type * as http from '@/http'
import { ApiError } from '@/http'
import { i18n, setLocale } from '@/messages'
import { aSession, aUserWho } from '@/shared/account-fixtures'
import { useClientConfig } from '@/shared/client-config.store'
import { notices } from '@/shared/notices'
import AuditLogView from './AuditLogView.vue'
import LoginLogView from './LoginLogView.vue'
import SessionsView from './SessionsView.vue'

const { call, confirmAction } = vi.hoisted(() => ({ call: vi.fn(), confirmAction: vi.fn() }))
vi.mock('@/http', async (original) => ({ ...(await original<typeof http>()), call }))
vi.mock('@/shared/confirm', () => ({ confirmAction }))

const theirs = (id: string, name: string, current = false): StaffSession => ({
  ...aSession({ id, current }),
  user: { id: `u-${id}`, name, username: id },
})
const aLogin = (changes: Partial<LoginEntry> = {}): LoginEntry => ({
  id: 'l1',
  at: '2026-11-22T01:00:05.000Z',
  user: { id: 'u2', name: '韩梅梅' },
  username: 'hanmeimei',
  clientId: 'web',
  method: 'password',
  result: 'success',
  reason: null,
  device: 'Chrome 130 · Windows',
  address: '203.0.113.7',
  place: null,
  requestId: 'req-1',
  ...changes,
})
const aChange = (changes: Partial<AuditEntry> = {}): AuditEntry => ({
  id: 'a1',
  at: '2026-11-22T01:00:05.000Z',
  actor: { id: 'u1', name: '李雷' },
  action: 'account.updated',
  target: { resource: 'account', id: 'u2', name: '韩梅梅' },
  before: { mobile: '138' },
  after: { mobile: '139' },
  reason: '换号',
  address: '203.0.113.7',
  requestId: 'req-1',
  ...changes,
})

let answers: Record<string, (request: { params: { id: string } }) => unknown> = {}
const asked = (operation: string) =>
  call.mock.calls.filter(([name]) => name === operation).map(([, request]) => request as unknown)
const page = (...items: object[]) => ({ items, total: items.length })

async function open(view: Component, path: string, ...permissions: Permission[]) {
  useSession().signedIn = true
  useSession().take({ user: aUserWho(...permissions), roles: [], permissions, wechat: { bound: false } })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/here', name: 'here', component: view, meta: { title: 'app.name' } },
      ...['sessions', 'audit-log', 'account', 'timeline'].map((name) => ({
        path: `/${name}/:id?`,
        name,
        component: { template: '<p />' },
        meta: { title: 'app.name' as const },
      })),
    ],
  })
  await router.push(path)
  const mounted = mount(RouterView, { global: { plugins: [router, i18n] }, attachTo: document.body })
  await flushPromises()
  return { view: mounted, router, rows: () => mounted.findAll('[data-test="row"]') }
}

enableAutoUnmount(afterEach)
beforeEach(() => {
  setActivePinia(createPinia())
  setLocale('zh-CN', false)
  call.mockReset()
  confirmAction.mockReset().mockResolvedValue(true)
  answers = {}
  call.mockImplementation(async (operation: string, request: { params: { id: string } }) => {
    const answer = answers[operation]
    if (!answer) throw new Error(`nobody expected ${operation}`)
    return answer(request)
  })
  useClientConfig().config = { organizationName: 'X', timeZone: 'Asia/Shanghai', slotMinutes: 15, demo: null }
})

describe('sessions', () => {
  it('are asked for as the address says, newest first unless it says otherwise', async () => {
    answers.listSessions = () => page(theirs('s1', '李雷'))
    await open(SessionsView, '/here?userId=u-s1&clientId=web', 'session:read')
    expect(asked('listSessions')).toEqual([
      { query: { userId: 'u-s1', clientId: 'web', sort: 'lastSeenAt', order: 'desc', limit: 20, offset: 0 } },
    ])
  })

  it('can only be ended by those who may, and never the own one from its row', async () => {
    answers.listSessions = () => page(theirs('s1', '李雷', true), theirs('s2', '韩梅梅'))
    const reader = await open(SessionsView, '/here', 'session:read')
    expect(reader.view.findAll('[data-test="end-session"], [data-test="choose"]')).toHaveLength(0)
    const staff = await open(SessionsView, '/here', 'session:read', 'session:end')
    expect(staff.view.findAll('[data-test="end-session"]')).toHaveLength(1)
  })

  it('one is ended after a question that names the person and the device', async () => {
    answers.listSessions = () => page(theirs('s2', '韩梅梅'))
    answers.endSession = () => undefined
    const { view } = await open(SessionsView, '/here', 'session:read', 'session:end')
    await view.get('[data-test="end-session"]').trigger('click')
    await flushPromises()
    expect(confirmAction.mock.lastCall?.[1]).toContain('韩梅梅 在 Chrome 130 · Windows 上会立即退出登录')
    expect(asked('endSession')).toEqual([{ params: { id: 's2' } }])
    expect(asked('listSessions')).toHaveLength(2)
  })

  it('selected ones are ended one by one; what was refused stays selected, with the reason', async () => {
    answers.listSessions = () => page(theirs('s1', '李雷'), theirs('s2', '管理员'), theirs('s3', '王芳'))
    answers.endSession = ({ params }) => {
      if (params.id === 's2') throw new ApiError('FORBIDDEN', 403)
      if (params.id === 's3') throw new ApiError('NOT_FOUND', 404)
    }
    const { view } = await open(SessionsView, '/here', 'session:read', 'session:end')
    await view.get('[data-test="choose-page"] input').setValue(true)
    expect(view.get('[data-test="selection"]').text()).toContain('已选 3 个会话')
    await view.get('[data-test="end-selected"]').trigger('click')
    await flushPromises()
    expect(notices.value.at(-1)?.text).toBe('已结束 2 个会话，1 个没有结束：你没有权限这样做。')
    expect(view.get('[data-test="selection"]').text()).toContain('已选 1 个会话')
  })
})

it('the own session among the selected ones is named in the question, and ends last', async () => {
  answers.listSessions = () => page(theirs('s1', '李雷', true), theirs('s2', '韩梅梅'))
  answers.endSession = () => undefined
  const { view } = await open(SessionsView, '/here', 'session:read', 'session:end')
  await view.get('[data-test="choose-page"] input').setValue(true)
  await view.get('[data-test="end-selected"]').trigger('click')
  await flushPromises()
  expect(confirmAction.mock.lastCall?.[1]).toContain('你也会退出登录')
  expect(asked('endSession')).toEqual([{ params: { id: 's2' } }, { params: { id: 's1' } }])
})

describe('the login log', () => {
  it('turns the days of the address into instants of the zone one reads in', async () => {
    answers.listLogins = () => page(aLogin())
    const { rows } = await open(LoginLogView, '/here?from=2026-11-20&to=2026-11-22&result=success', 'login-log:read')
    expect(asked('listLogins')).toEqual([
      {
        query: {
          ...{ from: '2026-11-19T16:00:00.000Z', to: '2026-11-22T16:00:00.000Z' },
          ...{ result: 'success', limit: 20, offset: 0 },
        },
      },
    ])
    expect(rows()[0]?.text()).toContain('2026-11-22 09:00:05')
  })

  it('tells who, how and why in words, and makes signs of theft stand out', async () => {
    answers.listLogins = () =>
      page(
        aLogin({ id: 'l1', result: 'alert', reason: 'refresh_token_reused' }),
        aLogin({ id: 'l2', user: null, username: 'ha…', result: 'failure', reason: 'unknown_user' }),
      )
    const { rows } = await open(LoginLogView, '/here', 'login-log:read')
    const [theft, unknown] = rows()
    expect(theft?.text()).toContain('警报用过的刷新令牌再次出现')
    expect(theft?.find('.who.alert').exists()).toBe(true)
    expect(unknown?.text()).toContain('ha…')
    expect(unknown?.text()).toContain('没有这个用户')
    expect(unknown?.find('.who.alert').exists()).toBe(false)
  })

  it('is exported with the same filters', async () => {
    answers.listLogins = () => page(aLogin())
    answers.exportLogins = () => 'at,user\n'
    URL.createObjectURL = () => 'blob:x'
    URL.revokeObjectURL = () => undefined
    const names: string[] = []
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      names.push(this.download)
    })
    const { view } = await open(LoginLogView, '/here?to=2026-11-22&result=failure&page=2', 'login-log:read')
    await view.get('[data-test="export"]').trigger('click')
    await flushPromises()
    expect(asked('exportLogins')).toEqual([{ query: { to: '2026-11-22T16:00:00.000Z', result: 'failure' } }])
    expect(names).toEqual([expect.stringMatching(/^登录日志-.*\.csv$/)])
  })
})

describe.each([
  ['the login log', LoginLogView, 'listLogins'],
  ['the audit log', AuditLogView, 'listAudit'],
] as const)('a search in %s', (_, log, operation) => {
  it.each([
    ['/here', false],
    ['/here?search=li', true],
    ['/here?search=li&from=2026-01-01&to=2026-11-22', false],
  ])('at %s says that it looks only at the last 90 days: %s', async (path, said) => {
    answers[operation] = () => page()
    const { view } = await open(log, path)
    const hint = view.find('[data-test="searched-period"]')
    expect(hint.exists() && hint.text().includes('90 天')).toBe(said)
  })
})

describe('the audit log', () => {
  it('unfolds to before and after, side by side', async () => {
    answers.listAudit = () => page(aChange())
    const { view, rows } = await open(AuditLogView, '/here', 'audit-log:read', 'account:read')
    expect(rows()[0]?.text()).toContain('修改用户')
    expect(rows()[0]?.get('a').attributes('href')).toBe('/account/u2')
    await view.get('[data-test="unfold"]').trigger('click')
    const change = view.get('[data-test="changes"] tbody tr')
    expect(change.get('th').text()).toBe('手机')
    expect([change.get('del').text(), change.get('ins').text()]).toEqual(['138', '139'])
    expect(view.get('[data-test="audit-detail"]').text()).toContain('req-1')
  })

  it('limited to one thing says which, and lets go of it', async () => {
    answers.listAudit = () => page(aChange())
    const { view, router } = await open(AuditLogView, '/here?targetId=u2&requestId=req-1', 'audit-log:read')
    expect(asked('listAudit')).toEqual([{ query: { targetId: 'u2', requestId: 'req-1', limit: 20, offset: 0 } }])
    expect(view.get('[data-test="target-filter"]').text()).toContain('仅看“韩梅梅”')
    await view.get('[data-test="target-filter"] .el-tag__close').trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.query).toEqual({ requestId: 'req-1' })
  })

  it('what the system did has no person', async () => {
    answers.listAudit = () => page(aChange({ actor: null, reason: null }))
    const { rows } = await open(AuditLogView, '/here', 'audit-log:read')
    expect(rows()[0]?.text()).toContain('系统')
  })
})
