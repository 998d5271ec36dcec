import { rolePermissions, type ImportJob, type Permission } from '@huiyue/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ImportScene } from '../../test/support/imports'
import { createTestApp, type TestApp } from '../../test/support/test-app'
import { UserModel, type DepartmentModel } from '../user/user.models'

let app: TestApp
let scene: ImportScene
beforeAll(async () => {
  app = await createTestApp()
  scene = new ImportScene(app, await app.signIn('admin'))
})
afterAll(() => app.close())

describe('an importer who looks after one department', () => {
  let own: ImportScene
  let home: DepartmentModel
  let foreign: DepartmentModel
  /** With the right to import, and the others in that department only. */
  async function clerkOf(departmentId: string, ...given: Permission[]) {
    const imports = await app.build.role([...rolePermissions.member, 'account:import'])
    const looksAfter = await app.build.role(given)
    const roles = [{ roleId: imports.id }, { roleId: looksAfter.id, departmentId }]
    return new ImportScene(app, await app.again(await app.build.user({ roles, departmentId })))
  }
  const outcome = async (by: ImportScene, file: string, kind: ImportJob['kind'] = 'users') =>
    (await by.rows(await by.check(file, kind))).map(({ action, issues }) => [
      action,
      ...issues.map(({ path, code }) => `${path} ${code}`),
    ])

  beforeAll(async () => {
    ;[home, foreign] = await Promise.all([
      app.build.department({ name: '自家部门' }),
      app.build.department({ name: '别家部门' }),
    ])
    own = await clerkOf(home.id, 'account:manage', 'account:read')
  })

  it('fetches nobody from another one, and puts nobody elsewhere', async () => {
    const [theirs, mine] = await Promise.all([
      app.build.user({ departmentId: foreign.id }),
      app.build.user({ departmentId: home.id }),
    ])
    const lines = [
      `${theirs.username},,自家部门`,
      `${mine.username},,别家部门`,
      `${mine.username}x,新人,别家部门`,
      `${mine.username}y,新人,`,
      `${mine.username}z,新人,自家部门`,
      `${mine.username}w,新人,自家部门/新组`,
    ]
    expect(await outcome(own, `用户名,姓名,部门\n${lines.join('\n')}\n`)).toEqual([
      ['faulty', 'username not_allowed'],
      ['faulty', 'department not_allowed'],
      ['faulty', 'department not_allowed'],
      ['faulty', 'department not_allowed'],
      ['create'],
      ['faulty', 'department not_allowed'],
    ])
    expect(await outcome(own, `用户名,姓名\n${mine.username},新名\n`)).toEqual([['update']])
  })

  it('makes no departments, and orders none', async () => {
    expect(await outcome(own, '部门,排序\n自家部门/甲,\n自家部门,8\n', 'departments')).toEqual([
      ['faulty', 'path not_allowed'],
      ['faulty', 'path not_allowed'],
    ])
  })

  it('learns nothing of accounts that they may not read', async () => {
    const known = { mobile: '13912340000', email: 'known@example.com' }
    const [theirs, mine] = await Promise.all([
      app.build.user({ departmentId: foreign.id }),
      app.build.user({ departmentId: home.id }),
    ])
    await UserModel.update(known, { where: { id: [theirs.id, mine.id] } })
    const guess = (username: string) => `${username},,13912340000,new@example.com`
    const file = `用户名,姓名,手机,邮箱\n${guess(theirs.username)}\n${guess(mine.username)}\n`
    const blind = await clerkOf(home.id, 'account:manage')
    const rows = await blind.rows(await blind.check(file))
    expect(rows).toMatchObject([
      { action: 'faulty', changes: [] },
      { action: 'update', changes: [{ column: 'email', from: null, to: 'new@example.com' }] },
    ])
    // That a guess is right would show as well.
    const right = `用户名,姓名,手机\n${theirs.username},,13912340000\n`
    expect(await outcome(blind, right)).toEqual([['faulty', 'username not_allowed']])
  })

  it('sees no import of others, which says what stood in accounts', async () => {
    const job = await scene.check(`用户名,姓名\nseen1,甲\n`)
    const { token } = own.importer
    expect((await app.call('getImport', { params: { id: job.id } }, token)).status).toBe(404)
    expect((await app.call('listImportRows', { params: { id: job.id }, query: {} }, token)).status).toBe(404)
    const { body } = await app.call('listImports', {}, token)
    expect(body.items.map(({ createdBy }) => createdBy.id)).not.toContain(scene.importer.id)
  })
})
