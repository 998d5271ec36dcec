import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ImportScene } from '../../test/support/imports'
import { createTestApp, type TestApp } from '../../test/support/test-app'
import { AuditModel } from '../audit/audit.models'
import { readCsv } from '../csv/csv-reader'
import { DepartmentModel, UserModel } from '../user/user.models'

let app: TestApp
let scene: ImportScene
beforeAll(async () => {
  app = await createTestApp()
  scene = new ImportScene(app, await app.signIn('admin'))
})
afterAll(() => app.close())

const accounts = async (query = {}, token = scene.importer.token) =>
  (await app.call('exportAccounts', { query }, token)).body
const departments = async (token = scene.importer.token) => (await app.call('exportDepartments', {}, token)).body

async function rowsOf(file: string): Promise<string[][]> {
  return (await readCsv(file.slice(1), 10_000)).records.slice(1).map(({ cells }) => cells)
}

describe('exported people and departments', () => {
  it('are what an import reads: taken away and brought back, they are the same', async () => {
    const given =
      '用户名,姓名,手机,邮箱,部门,语言,时区,状态\n' +
      "trip1,'=SUM(A1),+8613800000001,-x@example.com,回程/甲、乙,zh-CN,Asia/Shanghai,启用\n" +
      'trip2,"王, ""小""二",,,回程,en,,停用\n'
    expect((await scene.import(given)).job.state).toBe('applied')
    expect((await scene.import('部门,排序\n回程,4\n"回程/-丙;丁",2\n', 'departments')).job.state).toBe('applied')

    const [people, tree] = [await accounts({ search: 'trip' }), await departments()]
    expect(people).toContain("'=SUM(A1),'+8613800000001,'-x@example.com")
    expect(await scene.check(people)).toMatchObject({ issues: [], counts: { rows: 2, unchanged: 2 } })
    const same = await scene.check(tree, 'departments')
    expect(same).toMatchObject({ issues: [], counts: { faulty: 0, create: 0, update: 0 } })

    await UserModel.destroy({ where: { usernameKey: ['trip1', 'trip2'] } })
    for (const nameKey of [['甲、乙', '-丙;丁'], ['回程']]) await DepartmentModel.destroy({ where: { nameKey } })
    expect((await scene.import(tree, 'departments')).job).toMatchObject({ state: 'applied', counts: { create: 3 } })
    expect((await scene.import(people)).job).toMatchObject({ state: 'applied', counts: { create: 2 } })
    expect(await accounts({ search: 'trip' })).toBe(people)
    expect(await departments()).toBe(tree)
  })

  it('follow the list’s filters, without those whose data were erased', async () => {
    const team = await app.build.department({ name: '筛选部' })
    const below = await app.build.department({ name: '筛选组', parentId: team.id })
    await app.build.user({ username: 'filter1', departmentId: team.id })
    await app.build.user({ username: 'filter2', departmentId: below.id, status: 'disabled' })
    await app.build.user({ username: 'filter3', departmentId: below.id, status: 'erased' })
    const names = async (query: object) => (await rowsOf(await accounts(query))).map(([username]) => username)
    expect(await names({ departmentId: team.id })).toEqual(['filter1', 'filter2'])
    expect(await names({ departmentId: team.id, status: 'disabled' })).toEqual(['filter2'])
    expect(await names({ search: 'FILTER1' })).toEqual(['filter1'])
  })

  it('are those that the right to export reaches', async () => {
    const mine = await app.build.department({ name: '我的部' })
    const below = await app.build.department({ name: '下属组', parentId: mine.id })
    const other = await app.build.department({ name: '别的部' })
    await app.build.user({ username: 'reach1', departmentId: below.id })
    await app.build.user({ username: 'reach2', departmentId: other.id })
    const role = await app.build.role(['account:read', 'account:export'])
    const { token } = await app.again(await app.build.user({ roles: [{ roleId: role.id, departmentId: mine.id }] }))
    const found = await rowsOf(await accounts({ search: 'reach' }, token))
    expect(found.map(([username, , , , department]) => [username, department])).toEqual([['reach1', '我的部/下属组']])
    expect(await rowsOf(await accounts({ departmentId: other.id }, token))).toEqual([])
    expect(await rowsOf(await departments(token))).toEqual([
      ['我的部', '0'],
      ['我的部/下属组', '0'],
    ])
    const { token: none } = await app.signIn('manager')
    expect((await app.call('exportAccounts', { query: {} }, none)).status).toBe(403)
    expect((await app.call('exportDepartments', {}, none)).status).toBe(403)
  })

  it('are whole when there are more than one chunk of them', async () => {
    const at = app.clock.now()
    const fixed = { locale: 'zh-CN' as const, status: 'active' as const, passwordHash: '', departmentId: null }
    await UserModel.bulkCreate(
      Array.from({ length: 1100 }, (_, index) => {
        const id = `many${String(index).padStart(4, '0')}`
        return {
          ...fixed,
          id,
          username: id,
          usernameKey: id,
          name: '众人',
          searchKey: `众人 ${id}`,
          createdAt: at,
          updatedAt: at,
        }
      }),
    )
    const names = (await rowsOf(await accounts({ search: 'many' }))).map(([username]) => username)
    expect(new Set(names).size).toBe(1100)
    expect(names).toHaveLength(1100)
  })

  it('are written down, with the filter', async () => {
    await accounts({ status: 'disabled' })
    await departments()
    const of = (action: 'account.exported' | 'department.exported') =>
      AuditModel.findOne({ where: { action, actorId: scene.importer.id }, order: [['id', 'DESC']] })
    expect(JSON.parse((await of('account.exported'))?.after ?? '')).toEqual({ status: 'disabled' })
    expect((await of('department.exported'))?.targetName).toBe('departments')
  })
})
