import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { useSession } from '@/features/session/session.store'
import type * as http from '@/http'
import { ApiError } from '@/http'
import { i18n, setLocale } from '@/messages'
import { useClientConfig } from '@/shared/client-config.store'
import { aRole, anAccount, anAdministrator } from '../people-fixtures'
import { useDirectory } from '../directory.store'
import AccountForm from './AccountForm.vue'
import type { AccountFormTarget } from './use-account-form'

const { call } = vi.hoisted(() => ({ call: vi.fn() }))
vi.mock('@/http', async (original) => ({ ...(await original<typeof http>()), call }))

function open(target: AccountFormTarget) {
  const form = mount(AccountForm, { props: { target }, global: { plugins: [i18n] }, attachTo: document.body })
  const input = (name: string) => form.get<HTMLInputElement>(`input[data-test="${name}"]`)
  const submit = async () => {
    await form.get('form').trigger('submit')
    await flushPromises()
  }
  /** The messages beside the field of that label. */
  const errorsOf = (label: string) => {
    const field = form.findAll('.field').find((one) => one.get('label').text().startsWith(label))
    return field?.findAll('[data-test="field-error"]').map((error) => error.text())
  }
  return { form, input, submit, errorsOf }
}

beforeEach(() => {
  setActivePinia(createPinia())
  setLocale('zh-CN', false)
  window.sessionStorage.clear()
  call.mockReset()
  useSession().user = anAdministrator()
  useClientConfig().config = { organizationName: 'X', timeZone: 'Asia/Shanghai', slotMinutes: 15, demo: null }
  useDirectory().roles = [aRole({ id: 'member', name: 'member' }), aRole()]
})

describe('changing somebody’s data', () => {
  it('sends only what was changed', async () => {
    call.mockResolvedValue(anAccount({ name: '韩梅' }))
    const { form, input, submit } = open({ account: anAccount() })
    await input('name').setValue('韩梅')
    await submit()
    expect(call).toHaveBeenCalledExactlyOnceWith('updateAccount', { params: { id: 'u2' }, body: { name: '韩梅' } })
    expect(form.emitted('saved')).toMatchObject([[{ name: '韩梅' }]])
  })

  it('puts each refusal beside its field and keeps what was typed', async () => {
    const issues = [
      { path: 'username', code: 'username_taken', message: '' },
      { path: 'mobile', code: 'invalid_format', message: '' },
    ]
    call.mockRejectedValue(new ApiError('VALIDATION_FAILED', 400, { issues }))
    const { form, input, submit, errorsOf } = open({ account: anAccount() })
    await input('username').setValue('lilei')
    await input('mobile').setValue('12')
    await submit()
    expect(errorsOf('用户名')).toEqual(['这个用户名已经有人用了'])
    expect(errorsOf('手机')).toEqual(['格式不对'])
    expect(form.find('[data-test="form-error"]').exists()).toBe(false)
    expect([input('username').element.value, input('mobile').element.value]).toEqual(['lilei', '12'])

    await input('username').setValue('lilei2')
    expect(errorsOf('用户名')).toEqual([])
    expect(errorsOf('手机')).toHaveLength(1)
  })

  it('says in words what is not about a field', async () => {
    call.mockRejectedValue(new ApiError('LAST_ADMINISTRATOR', 409))
    const { form, input, submit } = open({ account: anAccount() })
    await input('name').setValue('韩梅')
    await submit()
    expect(form.get('[data-test="form-error"]').text()).toContain('最后一位')
  })

  it('what was typed is there again when the session ended meanwhile', async () => {
    const first = open({ account: anAccount() })
    await first.input('email').setValue('han@example.com')
    useSession().forget()
    first.form.unmount()

    useSession().user = anAdministrator()
    const { input, form } = open({ account: anAccount() })
    expect(input('email').element.value).toBe('han@example.com')
    expect(form.vm.dirty).toBe(true)
  })
})

describe('somebody new', () => {
  it('is a member with a made-up password unless something else is said', async () => {
    call.mockResolvedValue({ account: anAccount(), oneTimePassword: null })
    const { input, submit } = open({ departmentId: 'd1' })
    await input('name').setValue('王芳')
    await input('username').setValue('wangfang')
    await submit()
    const [, { body }] = call.mock.lastCall as [string, { body: object }]
    expect(body).toMatchObject({ username: 'wangfang', departmentId: 'd1', roles: [{ roleId: 'member', scope: null }] })
    expect(body).not.toHaveProperty('initialPassword')
  })

  it('is not sent while a role lacks its place', async () => {
    const { form, input, submit } = open({ departmentId: null })
    await input('username').setValue('wangfang')
    await form.get('[data-test="add-role"]').trigger('click')
    await submit()
    expect(call).not.toHaveBeenCalled()
    expect(form.vm.complete).toBe(false)
  })

  it('whoever may not assign roles is not asked about them', () => {
    useSession().user = anAdministrator({ permissions: ['account:read', 'account:manage'] })
    expect(open({ departmentId: null }).form.find('[data-test="role-editor"]').exists()).toBe(false)
  })
})
