import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, type EffectScope } from 'vue'
import { ApiError } from '@/http/api-error'
import { phone, refusal } from '../../../test/stub-uni'
import { useNewPasswordForm } from './use-new-password-form'
import { usePasswordCheck } from './use-password-check'

let page: EffectScope

beforeEach(() => {
  setActivePinia(createPinia())
  page = effectScope()
})
afterEach(() => {
  page.stop()
  vi.useRealTimers()
})

function onPage<T>(use: () => T): T {
  const used = page.run(use)
  if (used === undefined) throw new Error('the page is gone')
  return used
}
const issue = (path: string, code: string) => ({ issues: [{ path, code, message: code }] })

describe('a new password', () => {
  function filled(newPassword: string) {
    const form = onPage(useNewPasswordForm)
    Object.assign(form.values, { currentPassword: 'the-old-one', newPassword })
    return form
  }

  it('needs a length and nothing else', async () => {
    phone.answer = () => ({ statusCode: 204 })
    const form = filled('seven77')
    await expect(form.submit()).resolves.toBe(false)
    expect(form.wrong.value).toEqual({ newPassword: '至少 8 个字' })
    expect(phone.requests).toEqual([])
    form.values.newPassword = '八个字就可以了吧'
    await nextTick()
    expect(form.wrong.value).toEqual({})
    await expect(form.submit()).resolves.toBe(true)
    expect(JSON.parse(phone.requests[0]?.data ?? '')).toEqual({
      currentPassword: 'the-old-one',
      newPassword: '八个字就可以了吧',
    })
  })

  it('asks for both fields at once', async () => {
    const form = onPage(useNewPasswordForm)
    await form.submit()
    expect(form.wrong.value).toEqual({ currentPassword: '请填写', newPassword: '请填写' })
  })

  it.each([
    ['currentPassword', 'password_wrong', '密码不对'],
    ['newPassword', 'password_common', '这个密码太常见，很容易被猜到，请换一个'],
    ['newPassword', 'password_is_name', '密码不能和用户名或姓名相同'],
    ['newPassword', 'password_unchanged', '新密码不能和原来的相同'],
  ])('refused in %s because of %s says so there, and stays typed', async (field, code, words) => {
    phone.answer = () => refusal(400, 'VALIDATION_FAILED', issue(field, code))
    const form = filled('long enough')
    await expect(form.submit()).resolves.toBe(false)
    expect(form.wrong.value).toEqual({ [field]: words })
    expect(form.failure.value).toBeUndefined()
    expect(form.values).toEqual({ currentPassword: 'the-old-one', newPassword: 'long enough' })
  })

  it('waits after too many attempts', async () => {
    vi.useFakeTimers()
    phone.answer = () => refusal(429, 'TOO_MANY_ATTEMPTS', { retryAfterSeconds: 30 })
    const form = filled('long enough')
    await form.submit()
    expect(form.wait.value).toBe('30 秒')
    await form.submit()
    expect(phone.requests).toHaveLength(1)
    vi.advanceTimersByTime(30_000)
    await nextTick()
    expect(form.failure.value).toBeUndefined()
    await form.submit()
    expect(phone.requests).toHaveLength(2)
  })
})

describe('something done with the password only', () => {
  it('is not done without one', async () => {
    const act = vi.fn(() => Promise.resolve())
    const check = onPage(() => usePasswordCheck(act))
    await expect(check.confirm('')).resolves.toBe(false)
    expect(check.wrong.value).toBe('请填写')
    expect(act).not.toHaveBeenCalled()
    await expect(check.confirm('right')).resolves.toBe(true)
    expect(act).toHaveBeenCalledWith('right')
    expect(check.wrong.value).toBeUndefined()
  })

  it('says beside the field that the password is wrong, and above it what else went wrong', async () => {
    let error = new ApiError('VALIDATION_FAILED', issue('password', 'password_wrong'))
    const check = onPage(() => usePasswordCheck(() => Promise.reject(error)))
    await check.confirm('no')
    expect([check.wrong.value, check.failure.value]).toEqual(['密码不对', undefined])
    error = new ApiError('NETWORK')
    await check.confirm('yes')
    expect([check.wrong.value, check.failure.value]).toEqual([undefined, '网络连接不上，请检查网络后再试'])
  })

  it('waits after too many attempts', async () => {
    vi.useFakeTimers()
    const act = vi.fn(() => Promise.reject(new ApiError('TOO_MANY_ATTEMPTS', { retryAfterSeconds: 9 })))
    const check = onPage(() => usePasswordCheck(act))
    await check.confirm('no')
    expect(check.wait.value).toBe('9 秒')
    await check.confirm('no')
    expect(act).toHaveBeenCalledTimes(1)
  })
})
