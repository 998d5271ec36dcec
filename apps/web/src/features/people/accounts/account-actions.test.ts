import type { Permission } from '@huiyue/contracts'
import { describe, expect, it } from 'vitest'
import { anAccount } from '../people-fixtures'
import { actionsFor, bulkActionsFor, hindranceOf } from './account-actions'

const asker = (...held: Permission[]) => ({ id: 'u1', can: (permission: Permission) => held.includes(permission) })
const all = asker('account:manage', 'role:assign', 'session:end', 'account:erase')

describe('what is offered for an account', () => {
  it('follows the permissions', () => {
    expect(actionsFor(anAccount(), asker('session:end')).map(({ action }) => action)).toEqual(['endSessions'])
    expect(actionsFor(anAccount(), asker('account:read'))).toEqual([])
  })

  it('follows how the account stands', () => {
    const names = (changes: Parameters<typeof anAccount>[0]) =>
      actionsFor(anAccount(changes), all).map(({ action }) => action)
    expect(names({ status: 'disabled' })).toContain('enable')
    expect(names({ status: 'disabled' })).not.toContain('disable')
    expect(names({ wechat: { bound: false } })).not.toContain('unbindWechat')
  })

  it('says why nothing can be done to somebody with more rights', () => {
    const actions = actionsFor(anAccount({ canManage: false }), all)
    expect(new Set(actions.map(({ why }) => why))).toEqual(new Set(['notManageable']))
  })

  it('leaves nobody the means to lock themselves out or to give themselves more', () => {
    const own = actionsFor(anAccount({ id: 'u1' }), all)
    const open = own.filter(({ why }) => why === null).map(({ action }) => action)
    expect(open).toEqual(['edit', 'unbindWechat', 'endSessions', 'personalData'])
    expect(own.find(({ action }) => action === 'disable')?.why).toBe('ownAccount')
  })

  it('ends with erasing', () => {
    expect(hindranceOf(anAccount({ status: 'erased', canManage: false }), all)).toBe('erased')
  })
})

it('many at once can only be changed by those who manage accounts, and given roles by those who assign them', () => {
  expect(bulkActionsFor(asker('role:assign', 'session:end').can)).toEqual([])
  expect(bulkActionsFor(asker('account:manage').can)).toEqual(['enable', 'disable', 'move'])
  expect(bulkActionsFor(all.can)).toContain('add-role')
})
