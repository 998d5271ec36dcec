import type { Account } from '@huiyue/contracts'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { useSession } from '@/features/session/session.store'
import type * as http from '@/http'
import { i18n, setLocale } from '@/messages'
import { useClientConfig } from '@/shared/client-config.store'
import { aDepartment, aRole, anAccount, anAdministrator } from '../people-fixtures'
import { peopleRoutes } from '../routes'
import AccountsView from './AccountsView.vue'

const { call } = vi.hoisted(() => ({ call: vi.fn() }))
vi.mock('@/shared/confirm', () => ({ confirmLeave: async () => true, confirmAction: async () => true }))
vi.mock('@/http', async (original) => ({ ...(await original<typeof http>()), call }))

type Request = { query?: Record<string, unknown>; body?: Record<string, unknown>; params?: { id: string } }
const accounts = [anAccount(), anAccount({ id: 'u3', username: 'root', name: '运维', canManage: false })]

function serve(more: Record<string, (request: Request) => unknown> = {}): void {
  call.mockImplementation(async (name: string, request: Request = {}) => {
    const answer = more[name]
    if (answer) return answer(request)
    if (name === 'listAccounts') return { items: accounts, total: accounts.length }
    if (name === 'listDepartments') return { items: [aDepartment('d1', null)], total: 1 }
    return { items: name === 'listRoles' ? [aRole()] : [], total: 0 }
  })
}
const requestsOf = (name: string) =>
  call.mock.calls.filter(([one]) => one === name).map(([, request]) => request as Request)

async function open(path = '/accounts') {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: peopleRoutes.map((route) => ({ ...route, path: `/${route.path}` })),
  })
  await router.push(path)
  const view = mount(AccountsView, { global: { plugins: [router, i18n] }, attachTo: document.body })
  await flushPromises()
  const rowOf = (account: Account) => {
    const row = view.findAll('[data-test="row"]').find((one) => one.text().includes(account.username))
    if (!row) throw new Error(account.username)
    return row
  }
  /** Menus and dialogs stand at the end of the page. */
  const inPage = (selector: string) => document.body.querySelector<HTMLElement>(selector)
  const click = async (selector: string) => {
    const found = inPage(selector)
    if (!found) throw new Error(selector)
    found.click()
    await flushPromises()
  }
  const act = async (account: Account, action: string) => {
    const button = () => rowOf(account).get('[data-test="action-menu"]')
    await button().trigger('click')
    await flushPromises()
    await click(`#${button().attributes('aria-controls')} [data-test="action-${action}"]`)
  }
  return { view, router, rowOf, inPage, click, act }
}

beforeEach(() => {
  setActivePinia(createPinia())
  setLocale('zh-CN', false)
  window.sessionStorage.clear()
  call.mockReset()
  useSession().user = anAdministrator()
  useClientConfig().config = { organizationName: 'X', timeZone: 'Asia/Shanghai', slotMinutes: 15, demo: null }
})
afterEach(() => {
  document.body.innerHTML = ''
})

describe('the page of users', () => {
  it('asks for what the address says and shows times in the reader’s zone', async () => {
    useSession().user = anAdministrator({ timeZone: 'America/New_York' })
    serve()
    const { rowOf } = await open('/accounts?roleId=manager&wechatBound=false&sort=lastLoginAt&order=desc')
    expect(requestsOf('listAccounts')).toMatchObject([
      { query: { roleId: 'manager', wechatBound: false, sort: 'lastLoginAt', order: 'desc', limit: 20, offset: 0 } },
    ])
    expect(
      rowOf(accounts[0] as Account)
        .get('time')
        .text(),
    ).toBe('2026-11-21 20:00')
  })

  it('offers nothing to those who may only look', async () => {
    useSession().user = anAdministrator({ permissions: ['account:read', 'department:read'] })
    serve()
    const { view } = await open()
    for (const one of ['create', 'export', 'action-menu', 'choose'])
      expect(view.find(`[data-test="${one}"]`).exists(), one).toBe(false)
    expect(requestsOf('listRoles')).toEqual([])
  })

  it('a reset password is shown once, with what to do with it', async () => {
    serve({ resetPassword: () => ({ password: 'abcd-efgh', expiresAt: '2026-11-25T09:00:00.000Z' }) })
    const { act, click, inPage } = await open()
    await act(accounts[0] as Account, 'resetPassword')
    await click('[data-test="confirm"]')
    expect(requestsOf('resetPassword')).toEqual([{ params: { id: 'u2' }, body: {} }])
    const shown = inPage('[data-test="one-time-password"]')?.textContent
    expect(shown).toContain('abcd-efgh')
    expect(shown).toContain('hanmeimei')
    expect(shown).toContain('2026-11-25 17:00')
    await click('[data-test="password-done"]')
    expect(document.body.textContent).not.toContain('abcd-efgh')
  })

  it('disabling takes the reason along and shows the new state', async () => {
    serve({ updateAccount: () => anAccount({ status: 'disabled' }) })
    const { act, click, inPage } = await open()
    await act(accounts[0] as Account, 'disable')
    const reason = inPage('input[data-test="reason"]') as HTMLInputElement
    reason.value = '离职'
    reason.dispatchEvent(new Event('input'))
    await click('[data-test="confirm"]')
    expect(requestsOf('updateAccount')).toEqual([
      { params: { id: 'u2' }, body: { status: 'disabled', reason: '离职' } },
    ])
  })

  it('says why an account with more rights cannot be changed', async () => {
    serve()
    const { rowOf, inPage } = await open()
    await rowOf(accounts[1] as Account)
      .get('[data-test="action-menu"]')
      .trigger('click')
    await flushPromises()
    const item = inPage('[data-test="action-edit"][aria-disabled="true"]')
    expect(item?.title).toContain('你没有的权限')
  })

  it('reports everybody whom a change for many did not reach, and keeps them chosen', async () => {
    serve({
      bulkAccounts: () => ({
        items: [
          { id: 'u2', name: '韩梅梅', done: true, error: null },
          { id: 'u3', name: '运维', done: false, error: 'FORBIDDEN' },
        ],
        done: 1,
        failed: 1,
      }),
    })
    const { view, click, inPage } = await open()
    await view.get('[data-test="choose-page"] input').setValue(true)
    await view.get('[data-test="bulk-disable"]').trigger('click')
    await flushPromises()
    await click('[data-test="bulk-start"]')
    expect(requestsOf('bulkAccounts')).toEqual([{ body: { ids: ['u2', 'u3'], action: 'disable' } }])
    expect(inPage('[data-test="bulk-failure"]')?.textContent).toBe('运维你没有权限这样做。')
    await click('[data-test="bulk-close"]')
    expect(view.get('[data-test="bulk-bar"]').text()).toContain('已选 1 人')
  })
})

describe('erasing', () => {
  it('wants the username and a reason before it can be done', async () => {
    serve({ eraseAccount: () => anAccount({ status: 'erased', canManage: false }) })
    const { act, click, inPage } = await open()
    await act(accounts[0] as Account, 'erase')
    const type = async (field: string, text: string) => {
      const input = inPage(`input[data-test="${field}"]`) as HTMLInputElement
      input.value = text
      input.dispatchEvent(new Event('input'))
      await flushPromises()
    }
    const ready = () => !(inPage('[data-test="erase-confirm"]') as HTMLButtonElement).disabled
    await type('erase-reason', '本人要求')
    await type('erase-username', 'lilei')
    expect(ready()).toBe(false)
    await type('erase-username', 'HanMeimei')
    expect(ready()).toBe(true)
    await click('[data-test="erase-confirm"]')
    expect(requestsOf('eraseAccount')).toEqual([{ params: { id: 'u2' }, body: { reason: '本人要求' } }])
  })
})
