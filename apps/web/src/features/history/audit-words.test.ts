import type { AuditEntry } from '@huiyue/contracts'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { setLocale, translate } from '@/messages'
import { changesIn } from './audit-words'

const anEntry = (changes: Partial<AuditEntry>): AuditEntry => ({
  id: 'a1',
  at: '2026-11-22T01:00:00.000Z',
  actor: { id: 'u1', name: '李雷' },
  action: 'account.updated',
  target: { resource: 'account', id: 'u2', name: '韩梅梅' },
  before: null,
  after: null,
  reason: null,
  address: null,
  requestId: null,
  ...changes,
})
const writers = { t: translate, past: (iso: string) => `past ${iso}`, booked: (iso: string) => `booked ${iso}` }
const shown = (changes: Partial<AuditEntry>) =>
  changesIn(anEntry(changes), writers).map(({ label, before, after }) => [
    label,
    ...[before, after].map((items) => items.map(({ text, changed }) => (changed ? `!${text}` : text))),
  ])

beforeEach(() => setLocale('zh-CN', false))
afterEach(() => setLocale('zh-CN', false))

it('fields and their values are told in words, what changed apart from what stayed', () => {
  expect(
    shown({
      before: { status: 'active', mobile: null, locale: 'zh-CN' },
      after: { status: 'disabled', mobile: '13800000000', locale: 'en' },
    }),
  ).toEqual([
    ['状态', ['!启用'], ['!停用']],
    ['手机', [], ['!13800000000']],
    ['语言', ['!中文'], ['!英文']],
  ])
})

it('of lists, only what came and went is marked', () => {
  expect(
    shown({
      action: 'role.updated',
      before: { permissions: ['room:read', 'booking:read'] },
      after: { permissions: ['room:read', 'booking:manage'] },
    }),
  ).toEqual([['权限', ['查看会议室', '!查看预约'], ['查看会议室', '!修改他人的预约']]])
  expect(shown({ before: { roles: ['member'] }, after: { roles: ['manager @ A 座', '值班', 'member'] } })).toEqual([
    ['角色', ['员工'], ['!会议室管理员 @ A 座', '!值班', '员工']],
  ])
})

it('something new has nothing to compare with', () => {
  setLocale('en', false)
  expect(
    shown({ action: 'department.created', before: null, after: { name: '前端组', parent: null, sort: 0 } }),
  ).toEqual([
    ['Name', [], ['前端组']],
    ['Parent department', [], []],
    ['Order', [], ['0']],
  ])
})

it('moments of bookings are on the organisation’s clocks, others where one reads the past', () => {
  const at = '2026-11-22T01:00:00.000Z'
  const booking = { resource: 'booking', id: 'b1', name: '周会' } as const
  expect(shown({ action: 'booking.created', target: booking, after: { startsAt: at, status: 'confirmed' } })).toEqual([
    ['开始', [], [`booked ${at}`]],
    ['状态', [], ['有效']],
  ])
  expect(shown({ action: 'account.wechat_unbound', before: { boundAt: at } })).toEqual([
    ['绑定时间', [`past ${at}`], []],
  ])
})

it('what nobody foresaw is shown as it is', () => {
  expect(
    shown({ after: { colour: 'green', fields: [{ keyword: 'thing4', source: 'booking.title' }], on: true } }),
  ).toEqual([
    ['colour', [], ['green']],
    ['关键词', [], ['thing4: 会议主题']],
    ['on', [], ['是']],
  ])
})

it('an export tells what it was filtered by', () => {
  const log = { resource: 'log', id: 'login-log', name: 'login-log' } as const
  const filter = { result: 'alert', reason: 'refresh_token_reused', clientId: 'mp-weixin' }
  expect(shown({ action: 'log.login_exported', target: log, after: filter })).toEqual([
    ['结果', [], ['警报']],
    ['原因', [], ['用过的刷新令牌再次出现，可能被盗；会话已结束']],
    ['客户端', [], ['微信小程序']],
  ])
})
