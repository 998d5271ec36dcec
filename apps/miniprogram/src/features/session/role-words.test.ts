import { expect, it } from 'vitest'
import { roleWords } from './role-words'

const oneBuilding = { kind: 'building', id: 'b1', name: '一号楼' } as const

it.each([
  [{ roleId: 'admin', roleName: 'admin', scope: null }, '系统管理员'],
  [{ roleId: 'frontdesk', roleName: 'frontdesk', scope: oneBuilding }, '前台（一号楼）'],
  [{ roleId: '01a2', roleName: '活动支持', scope: null }, '活动支持'],
])('%j is %s', (assignment, words) => {
  expect(roleWords(assignment)).toBe(words)
})
