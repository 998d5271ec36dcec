import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { useSession } from '@/features/session/session.store'
import type * as http from '@/http'
import { ApiError } from '@/http'
import { i18n, setLocale } from '@/messages'
import { notices } from '@/shared/notices'
import { aDepartment, anAdministrator } from '../people-fixtures'
import { peopleRoutes } from '../routes'
import DepartmentTree from './DepartmentTree.vue'
import DepartmentsView from './DepartmentsView.vue'

const { call } = vi.hoisted(() => ({ call: vi.fn() }))
vi.mock('@/shared/confirm', () => ({ confirmLeave: async () => true }))
vi.mock('@/http', async (original) => ({ ...(await original<typeof http>()), call }))

const [sales, research, lab] = [
  aDepartment('销售', null, 10, 3),
  aDepartment('研发', null, 20, 5),
  aDepartment('实验室', '研发', 10, 2),
]

async function open(answers: Record<string, () => unknown> = {}) {
  call.mockImplementation(async (name: string) => {
    const answer = answers[name]
    return answer ? answer() : { items: name === 'listDepartments' ? [sales, research, lab] : [], total: 3 }
  })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: peopleRoutes.map((route) => ({ ...route, path: `/${route.path}` })),
  })
  await router.push('/departments')
  const view = mount(DepartmentsView, { global: { plugins: [router, i18n] }, attachTo: document.body })
  await flushPromises()
  const inPage = <E extends HTMLElement>(selector: string) => document.body.querySelector<E>(selector)
  const click = async (selector: string) => {
    inPage(selector)?.click()
    await flushPromises()
  }
  return { view, tree: view.getComponent(DepartmentTree), inPage, click }
}
const requestsOf = (name: string) =>
  call.mock.calls.filter(([one]) => one === name).map(([, request]) => request as unknown)
const refusal = (path: string, code: 'name_taken' | 'department_cycle') =>
  new ApiError('VALIDATION_FAILED', 400, { issues: [{ path, code, message: '' }] })

beforeEach(() => {
  setActivePinia(createPinia())
  setLocale('zh-CN', false)
  call.mockReset()
  useSession().user = anAdministrator()
})
afterEach(() => {
  document.body.innerHTML = ''
})

describe('the page of departments', () => {
  it('counts people with and without those below, and leads to them', async () => {
    const { view } = await open()
    const count = view.get('[data-test="department-研发"] .count')
    expect(count.text().replace(/\s+/g, ' ')).toBe('5 人 · 含下级 7 人')
    expect(count.attributes('href')).toBe(`/accounts?departmentId=${encodeURIComponent('研发')}`)
  })

  it('a name that is taken is said beside the field, and what was typed stays', async () => {
    const { inPage, click } = await open({
      createDepartment: () => {
        throw refusal('name', 'name_taken')
      },
    })
    await click('[data-test="create-department"]')
    const name = inPage<HTMLInputElement>('input[data-test="department-name"]')
    if (!name) throw new Error('no field')
    name.value = '销售'
    name.dispatchEvent(new Event('input'))
    await flushPromises()
    await click('[data-test="save-department"]')
    expect(requestsOf('createDepartment')).toEqual([{ body: { name: '销售', parentId: null, sort: 30 } }])
    expect(inPage('[data-test="field-error"]')?.textContent).toBe('这个名称已经用过了')
    expect(name.value).toBe('销售')
  })

  it('one place up changes its order only', async () => {
    const { tree } = await open({ updateDepartment: () => research })
    tree.vm.$emit('step', research, -1)
    await flushPromises()
    expect(requestsOf('updateDepartment')).toEqual([{ params: { id: '研发' }, body: { sort: 4 } }])
  })

  it('a refused move says why, and the tree is read again as it stands', async () => {
    const { tree } = await open({
      updateDepartment: () => {
        throw refusal('parentId', 'department_cycle')
      },
    })
    tree.vm.$emit('drop', research, lab, 'inner')
    await flushPromises()
    expect(requestsOf('updateDepartment')).toMatchObject([{ params: { id: '研发' }, body: { parentId: '实验室' } }])
    expect(notices.value.at(-1)?.text).toBe('“研发”没有移动：部门不能移到自己或自己的下级里')
    expect(requestsOf('listDepartments')).toHaveLength(2)
  })

  it('a department that is not empty stays, and why', async () => {
    const { tree, inPage, click } = await open({
      deleteDepartment: () => {
        throw new ApiError('DEPARTMENT_NOT_EMPTY', 409)
      },
    })
    tree.vm.$emit('remove', research)
    await flushPromises()
    await click('[data-test="confirm"]')
    expect(inPage('[data-test="confirm-error"]')?.textContent).toContain('部门里还有人')
  })
})
