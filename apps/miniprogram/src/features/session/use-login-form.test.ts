import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, type EffectScope } from 'vue'
import { phone, refusal } from '../../../test/stub-uni'
import { useLoginForm } from './use-login-form'

let page: EffectScope

beforeEach(() => {
  vi.useFakeTimers()
  setActivePinia(createPinia())
  page = effectScope()
})
afterEach(() => {
  page.stop()
  vi.useRealTimers()
})

function open() {
  const form = page.run(useLoginForm)
  if (!form) throw new Error('the page is gone')
  Object.assign(form.values, { username: 'lilei', password: 'not-it' })
  return form
}
const loginsSent = () => phone.requests.filter(({ url }) => url.endsWith('/auth/login'))

describe('the login form after too many attempts', () => {
  it('counts the wait down, sends nothing meanwhile, and keeps what was typed', async () => {
    phone.answer = () => refusal(429, 'TOO_MANY_ATTEMPTS', { retryAfterSeconds: 65 })
    const form = open()
    await form.submit()
    expect(form.failure.value).toBe('尝试次数太多，请稍后再试')
    expect(form.wait.value).toBe('1 分 05 秒')
    vi.advanceTimersByTime(6_000)
    expect(form.wait.value).toBe('59 秒')
    await form.submit()
    expect(loginsSent()).toHaveLength(1)
    expect(form.values).toEqual({ username: 'lilei', password: 'not-it' })

    vi.advanceTimersByTime(59_000)
    await nextTick()
    expect(form.wait.value).toBe('')
    expect(form.failure.value).toBeUndefined()
    await form.submit()
    expect(loginsSent()).toHaveLength(2)
  })

  it('lets another account try at once', async () => {
    phone.answer = () => refusal(429, 'TOO_MANY_ATTEMPTS', { retryAfterSeconds: 65 })
    const form = open()
    await form.submit()
    form.values.username = 'hanmeimei'
    await nextTick()
    expect(form.wait.value).toBe('')
    await form.submit()
    expect(loginsSent()).toHaveLength(2)
  })
})

it.each([
  ['ACCOUNT_DISABLED', '这个账号已停用，请联系管理员'],
  ['PASSWORD_EXPIRED', '一次性密码已过期，请联系管理员重新设置'],
])('%s is explained above the form', async (code, words) => {
  phone.answer = () => refusal(403, code)
  const form = open()
  await form.submit()
  expect(form.failure.value).toBe(words)
  expect(form.wrong.value).toEqual({})
})
