import { rolePermissions } from '@huiyue/contracts'
import { describe, expect, it } from 'vitest'
import { duplicateRows, issuesOfRow, reachesOf, roleDraftsOf, roleInputsOf, type RoleDraft } from './role-drafts'

const everywhere: RoleDraft = { roleId: 'member', scopeKind: null, scopeId: null }
const inBuilding: RoleDraft = { roleId: 'manager', scopeKind: 'building', scopeId: 'b1' }

describe('roles being given', () => {
  it('go to the server with where they count', () => {
    expect(roleInputsOf([everywhere, inBuilding])).toEqual([
      { roleId: 'member', scope: null },
      { roleId: 'manager', scope: { kind: 'building', id: 'b1' } },
    ])
  })

  it('do not while one of them is incomplete', () => {
    expect(roleInputsOf([everywhere, { ...inBuilding, scopeId: null }])).toBeNull()
    expect(roleInputsOf([{ ...everywhere, roleId: null }])).toBeNull()
  })

  it('that are there already are recognised, the same role elsewhere is not', () => {
    expect(duplicateRows([inBuilding, everywhere, { ...inBuilding }, { ...inBuilding, scopeId: 'b2' }])).toEqual(
      new Set([2]),
    )
  })

  it('keep what the server complains about beside their row', () => {
    const issues = ['roles.1.scope.id', 'roles.10.roleId', 'name'].map(
      (path) => ({ path, code: 'unknown_role', message: '' }) as const,
    )
    expect(issuesOfRow(issues, 1).map(({ path }) => path)).toEqual(['roles.1.scope.id'])
  })

  it('come back from an account as they stand', () => {
    const held = {
      roleId: 'manager',
      roleName: 'manager',
      scope: { kind: 'building', id: 'b1', name: 'A 座' },
    } as const
    expect(roleDraftsOf([held])).toEqual([inBuilding])
  })
})

it('a manager of one building manages bookings there, sees the schedule everywhere, and no templates', () => {
  const { everywhere: always, limited, nowhere } = reachesOf(rolePermissions.manager, 'building')
  expect(limited).toContain('booking:manage')
  expect(always).toContain('booking:read')
  expect(nowhere).toEqual(['template:read'])
  expect(reachesOf(rolePermissions.manager, null).nowhere).toEqual([])
})
