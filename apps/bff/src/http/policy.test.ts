import {
  apiPrefix,
  builtInRoles,
  operations,
  type BuiltInRole,
  type Operation,
  type OperationId,
} from '@huiyue/contracts'
import supertest from 'supertest'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../test/support/test-app'

const everybody = builtInRoles
const admin = ['admin'] as const
const managers = ['admin', 'manager'] as const
const staff = ['admin', 'manager', 'frontdesk'] as const

/**
 * Who may call what, written down a second time on purpose: changing an operation's access or a role's permissions
 * means to change it here, and a new operation does not compile without an entry.
 */
const rules: Record<OperationId, 'public' | readonly BuiltInRole[]> = {
  login: 'public',
  loginWxProgram: 'public',
  loginWechat: 'public',
  refresh: 'public',
  getClientConfig: 'public',

  logout: everybody,
  getMe: everybody,
  updateMe: everybody,
  changePassword: everybody,
  bindWechat: everybody,
  unbindWechat: everybody,
  listMySessions: everybody,
  endMySession: everybody,
  endMyOtherSessions: everybody,
  getMyPersonalData: everybody,
  listSubscriptions: everybody,
  reportSubscriptions: everybody,
  getDictionaries: everybody,

  listRooms: everybody,
  getAvailability: everybody,
  listBuildings: everybody,
  listUsers: everybody,
  listDepartments: everybody,
  createBooking: everybody,
  listBookings: everybody,
  getBooking: everybody,
  updateBooking: everybody,
  cancelBooking: everybody,

  listNotifications: staff,
  resendNotification: managers,
  getTemplate: managers,
  putTemplate: admin,

  listAccounts: admin,
  exportAccounts: admin,
  createAccount: admin,
  bulkAccounts: admin,
  getAccount: admin,
  updateAccount: admin,
  putAccountRoles: admin,
  resetPassword: admin,
  endAccountSessions: admin,
  unbindAccountWechat: admin,
  getAccountPersonalData: admin,
  eraseAccount: admin,
  createDepartment: admin,
  updateDepartment: admin,
  deleteDepartment: admin,
  exportDepartments: admin,
  listRoles: admin,
  createRole: admin,
  updateRole: admin,
  deleteRole: admin,
  createImport: admin,
  listImports: admin,
  getImport: admin,
  listImportRows: admin,
  applyImport: admin,
  getImportPasswords: admin,
  listSessions: admin,
  endSession: admin,
  listLogins: admin,
  exportLogins: admin,
  listAudit: admin,
  exportAudit: admin,
}

let app: TestApp
const tokens = new Map<BuiltInRole, string>()
beforeAll(async () => {
  app = await createTestApp()
  for (const role of builtInRoles) tokens.set(role, (await app.signIn(role)).token)
})
afterAll(() => app.close())

function send(id: OperationId, token?: string) {
  const { method, path }: Operation = operations[id]
  return supertest(app.http)
    [method.toLowerCase() as 'get'](apiPrefix + path.replace(/:\w+/g, 'none'))
    .set(token ? { authorization: `Bearer ${token}` } : {})
}

const entries = Object.entries(rules) as [OperationId, (typeof rules)[OperationId]][]
const guarded = entries.flatMap(([id, who]) => (who === 'public' ? [] : [{ id, who }]))

it('every operation has its rule, and no rule is about nothing', () => {
  expect(Object.keys(rules).sort()).toEqual(Object.keys(operations).sort())
})

describe('without a login', () => {
  it.each(guarded)('$id is refused', async ({ id }) => {
    for (const token of [undefined, 'not-a-token', 'x'.repeat(300)]) {
      const { status, body } = await send(id, token)
      expect([status, body.error.code]).toEqual([401, 'NOT_SIGNED_IN'])
    }
  })

  it.each(entries.filter(([, who]) => who === 'public').map(([id]) => ({ id })))('$id is there', async ({ id }) => {
    expect((await send(id)).body.error?.code).not.toBe('NOT_SIGNED_IN')
  })
})

// Ending the session comes last: the others need it.
const inOrder = [...guarded].sort((a, b) => Number(a.id === 'logout') - Number(b.id === 'logout'))
describe.each(builtInRoles)('as %s', (role) => {
  it.each(inOrder.map(({ id, who }) => ({ id, allowed: who.includes(role) })))(
    '$id: allowed $allowed',
    async ({ id, allowed }) => {
      const { status, body } = await send(id, tokens.get(role))
      expect(status).toBeLessThan(500)
      if (allowed) expect(['FORBIDDEN', 'NOT_SIGNED_IN']).not.toContain(body.error?.code)
      else expect([status, body.error.code]).toEqual([403, 'FORBIDDEN'])
    },
  )
})

it('a role without any permission opens nothing but the own account', async () => {
  const nobody = await app.again(await app.build.user({ roles: [] }))
  for (const { id } of inOrder) {
    const { access }: Operation = operations[id]
    if (access === 'signed-in') continue
    expect((await send(id, nobody.token)).body.error?.code, id).toBe('FORBIDDEN')
  }
})
