import type { ImportJob, ImportRow } from '@huiyue/contracts'
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type * as http from '@/http'
import { i18n, setLocale } from '@/messages'
import ImportRows from './ImportRows.vue'

const { call } = vi.hoisted(() => ({ call: vi.fn() }))
vi.mock('@/http', async (original) => ({ ...(await original<typeof http>()), call }))

const job: ImportJob = {
  id: 'i1',
  kind: 'users',
  fileName: '用户.csv',
  encoding: 'utf-8',
  state: 'checked',
  failure: null,
  issues: [],
  counts: { rows: 1, create: 0, update: 1, unchanged: 0, faulty: 0 },
  progress: { done: 0, total: 1 },
  createdAt: '2026-11-22T01:00:00.000Z',
  createdBy: { id: 'u1', name: '管理员' },
  appliedAt: null,
}

async function open(...changes: ImportRow['changes']) {
  call.mockResolvedValue({ items: [{ line: 2, action: 'update', key: 'hanmeimei', changes, issues: [] }], total: 1 })
  const page = { template: '<p />' }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/', component: page, meta: { title: 'imports.title' } }],
  })
  await router.push('/')
  const view = mount(ImportRows, { props: { job }, global: { plugins: [router, i18n] } })
  await flushPromises()
  return {
    newDepartments: () => view.findAll('[data-test="new-department"]').map((one) => one.text()),
    text: () => view.text(),
  }
}

beforeEach(() => setLocale('zh-CN', false))

it('each department that an import creates by the way is told in words, with the advice to look twice', async () => {
  const { newDepartments, text } = await open(
    { column: 'department', from: '研发部', to: '研究院/一室' },
    { column: 'newDepartment', from: null, to: '研究院' },
    { column: 'newDepartment', from: null, to: '研究院/一室' },
  )
  expect(newDepartments()).toEqual([
    '会新建部门“研究院”：请核对有没有错字',
    '会新建部门“研究院/一室”：请核对有没有错字',
  ])
  expect(text()).not.toContain('newDepartment')
  expect(text()).toMatch(/部门\s*研发部\s*→\s*研究院\/一室/)

  setLocale('en', false)
  await flushPromises()
  expect(newDepartments()[0]).toBe('New department “研究院”: check for typos')
})

it('a change of what is there creates nothing', async () => {
  const { newDepartments } = await open({ column: 'name', from: '韩梅', to: '韩梅梅' })
  expect(newDepartments()).toEqual([])
})
