import {
  permissions,
  rolePermissions,
  type Account,
  type CurrentUser,
  type Department,
  type Role,
} from '@huiyue/contracts'

/** People, roles and departments for tests. */
export function anAccount(changes: Partial<Account> = {}): Account {
  return {
    id: 'u2',
    username: 'hanmeimei',
    name: '韩梅梅',
    mobile: '13800138000',
    email: null,
    department: { id: 'd1', name: '研发部', path: '研发部' },
    locale: 'zh-CN',
    timeZone: null,
    status: 'active',
    roles: [{ roleId: 'member', roleName: 'member', scope: null }],
    wechat: { bound: true, boundAt: '2026-10-01T00:00:00.000Z' },
    mustChangePassword: false,
    lastLoginAt: '2026-11-22T01:00:00.000Z',
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-11-01T00:00:00.000Z',
    canManage: true,
    ...changes,
  }
}

export function aRole(changes: Partial<Role> = {}): Role {
  return {
    id: 'manager',
    name: 'manager',
    description: '',
    builtIn: true,
    permissions: [...rolePermissions.manager],
    holders: 2,
    ...changes,
  }
}

export function aDepartment(id: string, parentId: string | null, sort = 0, members = 0): Department {
  return { id, parentId, name: id, path: id, sort, members }
}

export function anAdministrator(changes: Partial<CurrentUser> = {}): CurrentUser {
  return {
    id: 'u1',
    username: 'admin',
    name: '管理员',
    department: null,
    mobile: null,
    email: null,
    locale: 'zh-CN',
    timeZone: null,
    mustChangePassword: false,
    roles: ['admin'],
    assignments: [{ roleId: 'admin', roleName: 'admin', scope: null }],
    permissions: [...permissions],
    ...changes,
  }
}
