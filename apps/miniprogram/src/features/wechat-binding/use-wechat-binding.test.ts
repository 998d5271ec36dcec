import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { phone, refusal } from '../../../test/stub-uni'
import { useWechatBinding } from './use-wechat-binding'

beforeEach(() => setActivePinia(createPinia()))

const answered = (data: object) => () => ({ statusCode: 200, data })

it('binds this phone’s WeChat', async () => {
  phone.answer = answered({ bound: true, boundAt: '2026-11-23T01:00:00Z' })
  const binding = useWechatBinding()
  await expect(binding.bind()).resolves.toBe(true)
  expect(binding.bound.value).toBe(true)
  expect(binding.why.value).toBe('')
})

it('does not take an account bound to another WeChat for bound here', async () => {
  phone.answer = answered({ bound: true, reason: 'other_wechat' })
  const binding = useWechatBinding()
  await expect(binding.bind()).resolves.toBe(false)
  expect(binding.boundElsewhere.value).toBe(true)
  expect(binding.why.value).toMatch(/绑定着另一个微信/)
})

it('says what to do when this WeChat belongs to another account', async () => {
  phone.answer = answered({ bound: false, reason: 'openid_taken' })
  const binding = useWechatBinding()
  await expect(binding.bind()).resolves.toBe(false)
  expect(binding.boundElsewhere.value).toBe(false)
  expect(binding.why.value).toMatch(/请用那个账号登录.*解绑.*管理员/)
})

it('asks for the password when the login is old', async () => {
  const issues = [{ path: 'password', code: 'required', message: 'password: required' }]
  phone.answer = () => refusal(400, 'VALIDATION_FAILED', { issues })
  const binding = useWechatBinding()
  await expect(binding.bind()).resolves.toBe(false)
  expect(binding.passwordNeeded.value).toBe(true)
  expect(binding.failure.value).toBeUndefined()
})

it('tells a failed call apart from WeChat’s own answer', async () => {
  phone.answer = () => refusal(503, 'SERVER_BUSY')
  const binding = useWechatBinding()
  await expect(binding.bind()).resolves.toBe(false)
  expect(binding.failure.value).toBe('服务器正忙，请稍后再试')
})
