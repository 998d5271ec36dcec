import type { Role } from '@huiyue/contracts'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { useSession } from '@/features/session/session.store'
import type * as http from '@/http'
import { ApiError } from '@/http'
import { i18n, setLocale } from '@/messages'
import { aRole, anAdministrator } from '../people-fixtures'
import { peopleRoutes } from '../routes'
import RolesView from './RolesView.vue'

const { call } = vi.hoisted(() => ({ call: vi.fn() }))
vi.mock('@/shared/confirm', () => ({ confirmLeave: async () => true }))
vi.mock('@/http', async (original) => ({ ...(await original<typeof http>()), call }))

const own = aRole({ id: 'r1', name: '人事', builtIn: false, permissions: ['account:read'], holders: 1 })

async function open(answers: Record<string, () => unknown> = {}) {
  call.mockImplementation(async (name: string) => {
    const answer = answers[name]
    return answer ? answer() : { items: name === 'listRoles' ? [aRole(), own] : [], total: 0 }
  })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: peopleRoutes.map((route) => ({ ...route, path: `/${route.path}` })),
  })
  await router.push('/roles')
  const view = mount(RolesView, { global: { plugins: [router, i18n] }, attachTo: document.body })
  await flushPromises()
  const card = ({ id }: Role) => view.get(`[data-test="role-${id}"]`)
  const inPage = <E extends HTMLElement>(selector: string) => document.body.querySelector<E>(selector)
  const click = async (selector: string) => {
    inPage(selector)?.click()
    await flushPromises()
  }
  return { view, card, inPage, click }
}
const requestOf = (name: string) => call.mock.calls.find(([one]) => one === name)?.[1] as { body?: unknown } | undefined

beforeEach(() => {
  setActivePinia(createPinia())
  setLocale('zh-CN', false)
  window.sessionStorage.clear()
  call.mockReset()
  useSession().user = anAdministrator()
})
afterEach(() => {
  document.body.innerHTML = ''
})

describe('the page of roles', () => {
  it('built-in ones can be read and copied, never changed', async () => {
    const { card } = await open()
    const offered = (role: Role) =>
      card(role)
        .findAll('button')
        .map((button) => button.text())
    expect(offered(aRole())).toEqual(['查看权限', '复制为新角色'])
    expect(offered(own)).toEqual(['修改', '复制为新角色', '删除'])
    expect(card(own).get('[data-test="holders"]').attributes('href')).toBe('/accounts?roleId=r1')
  })

  it('a copy starts with the permissions and a name of its own', async () => {
    const { card, inPage, click } = await open({ createRole: () => aRole({ id: 'r2', name: 'x', builtIn: false }) })
    await card(aRole()).get('[data-test="copy-role"]').trigger('click')
    await flushPromises()
    expect(inPage<HTMLInputElement>('input[data-test="role-name"]')?.value).toBe('会议室管理员（副本）')
    await click('[data-test="save-role"]')
    expect(requestOf('createRole')?.body).toEqual({
      name: '会议室管理员（副本）',
      description: '',
      permissions: aRole().permissions,
    })
  })

  it('what one lacks oneself cannot be passed on by copying', async () => {
    useSession().user = anAdministrator({ permissions: ['role:read', 'role:manage', 'account:read'] })
    const { card } = await open()
    expect(card(aRole()).find('[data-test="copy-role"]').exists()).toBe(false)
    expect(card(own).find('[data-test="copy-role"]').exists()).toBe(true)
  })

  it('a refused deletion says why and leaves the question open', async () => {
    const { card, inPage, click } = await open({
      deleteRole: () => {
        throw new ApiError('ROLE_IN_USE', 409)
      },
    })
    await card(own).get('[data-test="delete-role"]').trigger('click')
    await flushPromises()
    await click('[data-test="confirm"]')
    expect(inPage('[data-test="confirm-error"]')?.textContent).toContain('还有用户拥有这个角色')
  })

  it('an unsaved role is open again after the session ended on it', async () => {
    const first = await open()
    await first.card(own).get('[data-test="edit-role"]').trigger('click')
    await flushPromises()
    const name = first.inPage<HTMLInputElement>('input[data-test="role-name"]')
    if (!name) throw new Error('no form')
    name.value = '人事主管'
    name.dispatchEvent(new Event('input'))
    await flushPromises()
    useSession().forget()
    first.view.unmount()
    document.body.innerHTML = ''

    useSession().user = anAdministrator()
    const { inPage } = await open()
    expect(inPage<HTMLInputElement>('input[data-test="role-name"]')?.value).toBe('人事主管')
  })
})
