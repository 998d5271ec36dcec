import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { useSession } from '@/features/session/session.store'
import type * as http from '@/http'
import { ApiError } from '@/http'
import { i18n, setLocale } from '@/messages'
import { anAdministrator } from '../people-fixtures'
import ImportStart from './ImportStart.vue'

const { call } = vi.hoisted(() => ({ call: vi.fn() }))
vi.mock('@/http', async (original) => ({ ...(await original<typeof http>()), call }))

async function open() {
  const page = { template: '<p />' }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/imports', name: 'imports', component: page, meta: { title: 'imports.title' } },
      { path: '/imports/:id', name: 'import', component: page, meta: { title: 'imports.title' } },
    ],
  })
  await router.push('/imports')
  const view = mount(ImportStart, { global: { plugins: [router, i18n] } })
  const choose = async (name: string, text: string) => {
    const input = view.get('input[type="file"]')
    Object.defineProperty(input.element, 'files', { value: [new File([text], name)], configurable: true })
    await input.trigger('change')
    await vi.waitFor(() => {
      if (!view.find('[data-test="file-refused"]').exists() && router.currentRoute.value.name === 'imports')
        throw new Error('nothing yet')
    })
    await flushPromises()
  }
  const refusal = () => view.get('[data-test="file-refused"]').text()
  return { view, router, choose, refusal }
}

beforeEach(() => {
  setActivePinia(createPinia())
  setLocale('zh-CN', false)
  call.mockReset()
  useSession().user = anAdministrator()
})

describe('choosing a file to import', () => {
  it('sends its bytes and leads to the report', async () => {
    call.mockResolvedValue({ id: 'i7' })
    const { view, router, choose } = await open()
    await view.get('[data-test="import-departments"] input').setValue(true)
    await choose('部门.csv', 'department\r\n')
    expect(call).toHaveBeenCalledExactlyOnceWith('createImport', {
      body: { kind: 'departments', fileName: '部门.csv', content: btoa('department\r\n') },
    })
    expect(router.currentRoute.value.fullPath).toBe('/imports/i7')
  })

  it('a workbook is answered with what to do, without asking the server', async () => {
    const { choose, refusal } = await open()
    await choose('花名册.xlsx', 'PK')
    expect(refusal()).toContain('另存为')
    expect(call).not.toHaveBeenCalled()
  })

  it('a refusal of the server is told', async () => {
    const issues = [{ path: 'content', code: 'file_unreadable', message: '' }]
    call.mockRejectedValue(new ApiError('VALIDATION_FAILED', 400, { issues }))
    const { choose, refusal } = await open()
    await choose('a.csv', 'x')
    expect(refusal()).toContain('文件读不出来')
  })
})
