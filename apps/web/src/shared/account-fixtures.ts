import type { CurrentUser, Permission, Session } from '@huiyue/contracts'

/** Somebody signed in, for tests. */
export function aUser(changes: Partial<CurrentUser> = {}): CurrentUser {
  return {
    id: 'u1',
    username: 'lilei',
    name: '李雷',
    department: '研发部',
    mobile: null,
    email: null,
    locale: 'zh-CN',
    timeZone: null,
    mustChangePassword: false,
    roles: ['member'],
    assignments: [{ roleId: 'member', roleName: 'member', scope: null }],
    permissions: [],
    ...changes,
  }
}

export function aUserWho(...permissions: Permission[]): CurrentUser {
  return aUser({ permissions })
}

/** A login on some device, for tests. */
export function aSession(changes: Partial<Session> = {}): Session {
  return {
    id: 's1',
    clientId: 'web',
    method: 'password',
    device: 'Chrome 130 · Windows',
    address: '203.0.113.7',
    place: '中国 江苏省 南京市',
    createdAt: '2026-11-20T01:00:00.000Z',
    lastSeenAt: '2026-11-22T01:00:00.000Z',
    endsAt: '2027-02-18T01:00:00.000Z',
    current: false,
    ...changes,
  }
}
