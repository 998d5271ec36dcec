import { rolePermissions, type ImportJob } from '@huiyue/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rememberSecret } from '../../test/support/captured-logs'
import { ImportScene } from '../../test/support/imports'
import { createTestApp, type TestApp } from '../../test/support/test-app'
import { AuditModel } from '../audit/audit.models'
import { readCsv } from '../csv/csv-reader'
import { RoleAssignmentModel } from '../role/role.models'
import { DepartmentModel, UserModel } from '../user/user.models'
import { ImportModel } from './import.models'
import { ImportRunner } from './import-runner'

let app: TestApp
let scene: ImportScene
beforeAll(async () => {
  app = await createTestApp()
  scene = new ImportScene(app, await app.signIn('admin', '导入者'))
})
afterAll(() => app.close())

const header = '用户名,姓名,手机,邮箱,部门,语言,时区,状态'
const userOf = (username: string) => UserModel.findOne({ where: { usernameKey: username } })
const applyCall = (job: ImportJob, token = scene.importer.token) =>
  app.call('applyImport', { params: { id: job.id }, body: {} }, token)

async function passwordsOf(id: string, passwordKey: string | null): Promise<Map<string, string>> {
  const request = { params: { id }, body: { passwordKey: passwordKey ?? '' } }
  const { status, body } = await app.call('getImportPasswords', request, scene.importer.token)
  expect(status).toBe(200)
  const { records } = await readCsv(body.slice(1), 1000)
  const found = records.slice(1).map(({ cells }): [string, string] => [cells[0] ?? '', cells[2] ?? ''])
  for (const [, password] of found) rememberSecret(password)
  return new Map(found)
}

describe('applying an import', () => {
  it('lets people in with all their data, and changes those who are there', async () => {
    const known = await app.build.user({ username: 'zhao1', name: '赵一' })
    const { job } = await scene.import(
      `${header}\nqian2,钱二,13800000002,qian@example.com,华东/上海,en,Asia/Tokyo,\nsun3,孙三,,,,,,停用\nzhao1,,,,华东,,,\n`,
    )
    expect(job).toMatchObject({
      state: 'applied',
      failure: null,
      progress: { done: 3, total: 3 },
      appliedAt: app.clock.now().toISOString(),
    })
    const query = { search: 'qian2', limit: 1 }
    const { body } = await app.call('listAccounts', { query }, scene.importer.token)
    expect(body.items[0]).toMatchObject({
      ...{ username: 'qian2', name: '钱二', mobile: '13800000002', email: 'qian@example.com', locale: 'en' },
      ...{ timeZone: 'Asia/Tokyo', status: 'active', mustChangePassword: true, department: { path: '华东/上海' } },
      roles: [{ roleId: 'member', scope: null }],
    })
    expect((await userOf('sun3'))?.status).toBe('disabled')
    const east = await DepartmentModel.findOne({ where: { nameKey: '华东' } })
    expect(await known.reload()).toMatchObject({ name: '赵一', departmentId: east?.id, mustChangePassword: false })
  })

  it('is in the audit log, person by person and as a whole', async () => {
    const user = await app.build.user({ name: '李四' })
    const { job } = await scene.import(`用户名,姓名,部门\nli5,李五,审计部\n${user.username},李四四,\n`)
    const written = await AuditModel.findAll({
      where: { actorId: scene.importer.id },
      order: [['id', 'DESC']],
      limit: 4,
    })
    const changes = new Map(written.map((entry) => [entry.action, entry]))
    expect([...changes.keys()].sort()).toEqual([
      ...['account.created', 'account.imported', 'account.updated', 'department.created'],
    ])
    const of = (action: 'account.created' | 'account.updated' | 'account.imported') => changes.get(action)
    expect(of('account.imported')).toMatchObject({ targetId: job.id, targetName: '人员.csv' })
    expect(JSON.parse(of('account.imported')?.after ?? '')).toEqual({ created: 1, updated: 1, unchanged: 0 })
    expect(of('account.created')?.targetName).toBe('李五')
    expect(JSON.parse(of('account.created')?.after ?? '')).toMatchObject({ username: 'li5', department: '审计部' })
    expect(of('account.updated')?.targetId).toBe(user.id)
    expect(JSON.parse(of('account.updated')?.before ?? '')).toEqual({ name: '李四' })
    expect(JSON.parse(of('account.updated')?.after ?? '')).toEqual({ name: '李四四' })
  })

  it('ends the sessions of those it disables', async () => {
    const user = await app.build.user()
    const { token } = await app.again(user)
    await scene.import(`用户名,姓名,状态\n${user.username},,停用\n`)
    expect((await app.call('getMe', {}, token)).status).toBe(401)
  })

  it('makes and orders departments, whose managers reach them at once', async () => {
    const top = await app.build.department({ name: '集团' })
    const role = await app.build.role(['account:manage', 'account:read'])
    const lead = await app.again(await app.build.user({ roles: [{ roleId: role.id, departmentId: top.id }] }))
    await app.call('getMe', {}, lead.token)
    const { job } = await scene.import('部门,排序\n集团,9\n集团/海外/东京,2\n集团/海外,1\n', 'departments')
    expect(job).toMatchObject({ state: 'applied', counts: { create: 2, update: 1 } })
    const { body } = await app.call('listDepartments', {}, scene.importer.token)
    const found = body.items.filter(({ path }) => path.startsWith('集团'))
    expect(found.map(({ path, sort }) => [path, sort])).toEqual([
      ['集团', 9],
      ['集团/海外', 1],
      ['集团/海外/东京', 2],
    ])
    const input = { username: 'tokyo1', name: '东京一', departmentId: found[2]?.id ?? '' }
    expect((await app.call('createAccount', { body: input }, lead.token)).status).toBe(201)
    const imported = await AuditModel.findOne({ where: { action: 'department.imported', targetId: job.id } })
    expect(JSON.parse(imported?.after ?? '')).toEqual({ created: 2, updated: 1, unchanged: 0 })
  })

  it('changes five hundred people at once', async () => {
    const lines = (mobile: string) => Array.from({ length: 500 }, (_, index) => `bulk${index},${mobile}${1000 + index}`)
    const rows = lines('1380000').map((line) => {
      const [username = '', mobile = ''] = line.split(',')
      const fixed = { locale: 'zh-CN' as const, status: 'active' as const, passwordHash: '', departmentId: null }
      const at = { createdAt: app.clock.now(), updatedAt: app.clock.now() }
      return {
        ...fixed,
        ...at,
        id: username,
        username,
        usernameKey: username,
        name: username,
        searchKey: username,
        mobile,
      }
    })
    await UserModel.bulkCreate(rows)
    const { job } = await scene.import(
      `username,name,mobile\n${lines('1390000')
        .map((line) => line.replace(',', ',,'))
        .join('\n')}`,
    )
    expect(job).toMatchObject({ state: 'applied', counts: { update: 500 } })
    const users = await UserModel.findAll({ where: { id: rows.map(({ id }) => id) } })
    expect(
      users.every(
        ({ mobile, username, createdAt }) =>
          mobile === `1390000${1000 + Number(username.slice(4))}` && createdAt.getTime() === app.clock.now().getTime(),
      ),
    ).toBe(true)
  })
})

describe('all rows or none', () => {
  it('are applied: one fault keeps everything out', async () => {
    const job = await scene.check('用户名,姓名\nnone1,甲\nnone 2,乙\n')
    expect((await applyCall(job)).error.code).toBe('IMPORT_NOT_APPLICABLE')
    expect(await userOf('none1')).toBeNull()
  })

  it.each([
    ['a username is taken', () => app.build.user({ username: 'late2' })],
    ['a department is gone', async () => DepartmentModel.destroy({ where: { nameKey: '将撤' } })],
    ['somebody was changed', async () => UserModel.update({ name: '已改' }, { where: { usernameKey: 'late3' } })],
    ['somebody was erased', async () => UserModel.update({ status: 'erased' }, { where: { usernameKey: 'late3' } })],
    [
      'somebody got a right that the importer lacks',
      async () => RoleAssignmentModel.create({ userId: (await userOf('late3'))?.id ?? '', roleId: 'admin' }),
    ],
  ])('are refused when meanwhile %s', async (_what, happen) => {
    await UserModel.destroy({ where: { usernameKey: ['late2', 'late3'] } })
    await DepartmentModel.findOrCreate({
      where: { id: 'leaving' },
      defaults: { id: 'leaving', name: '将撤', parentKey: '', nameKey: '将撤', sort: 0 },
    })
    const user = await app.build.user({ username: 'late3', name: '原名' })
    const given = ['account:import', 'account:manage', 'account:read', 'department:manage'] as const
    const role = await app.build.role([...given, ...rolePermissions.member])
    const clerk = await app.again(await app.build.user({ roles: [{ roleId: role.id }] }))
    const theirs = new ImportScene(app, clerk)
    const job = await theirs.check('用户名,姓名,部门\nlate1,甲,将撤\nlate2,乙,新设\nlate3,新名,\n')
    expect(job.counts).toMatchObject({ create: 2, update: 1 })
    await happen()
    const { job: after, passwordKey } = await theirs.apply(job)
    expect(after).toMatchObject({ state: 'failed', failure: 'changed_meanwhile', appliedAt: null })
    expect(await userOf('late1')).toBeNull()
    expect(await DepartmentModel.count({ where: { nameKey: '新设' } })).toBe(0)
    expect((await user.reload()).name).not.toBe('新名')
    const request = { params: { id: job.id }, body: { passwordKey: passwordKey ?? '' } }
    expect((await app.call('getImportPasswords', request, clerk.token)).error.code).toBe('IMPORT_NOT_APPLICABLE')
    expect((await applyCall(job, clerk.token)).error.code).toBe('IMPORT_NOT_APPLICABLE')
  })

  it('are applied once, by whichever of several processes was first', async () => {
    const job = await scene.check('用户名,姓名\nonce1,甲\nonce2,乙\n')
    const other = app.another()
    const request = { params: { id: job.id }, body: {} }
    const answers = await Promise.all(
      [app, other, app, other].map(({ call }) => call('applyImport', request, scene.importer.token)),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409])
    for (let tries = 0; (await scene.get(job.id)).state === 'applying' && tries < 500; tries++)
      await new Promise((resolve) => setTimeout(resolve, 20))
    expect((await scene.get(job.id)).state).toBe('applied')
    const user = await userOf('once1')
    expect(await RoleAssignmentModel.count({ where: { userId: user?.id ?? '' } })).toBe(1)
  })

  it('wait for whoever made the dry run, with their rights', async () => {
    const job = await scene.check('用户名,姓名\nmine1,甲\n')
    const other = await app.signIn('admin')
    expect((await applyCall(job, other.token)).error.code).toBe('FORBIDDEN')
    expect((await app.call('applyImport', { params: { id: 'none' }, body: {} }, other.token)).status).toBe(404)
  })
})

describe('an importer who loses the right while the passwords are made', () => {
  it.each([
    ['because the role is gone', (id: string) => RoleAssignmentModel.destroy({ where: { userId: id } })],
    ['because they are disabled', (id: string) => UserModel.update({ status: 'disabled' }, { where: { id } })],
  ])('changes nothing, %s', async (_why, happen) => {
    const leaver = await app.signIn('admin')
    const theirs = new ImportScene(app, leaver)
    const lines = Array.from({ length: 20 }, (_, index) => `lost${index},某人`)
    const job = await theirs.check(`用户名,姓名\n${lines.join('\n')}`)
    await applyCall(job, leaver.token)
    await happen(leaver.id)
    await app.container.resolve(ImportRunner).settled()
    expect(await scene.get(job.id)).toMatchObject({ state: 'failed', failure: 'changed_meanwhile' })
    expect(await userOf('lost0')).toBeNull()
  })
})

describe('an import at a busy time', () => {
  it('is content with one connection to the database', async () => {
    const job = await scene.check('用户名,姓名\nbusy1,甲\n')
    const others = await Promise.all(Array.from({ length: 11 }, () => app.sequelize.transaction()))
    await applyCall(job)
    await app.container.resolve(ImportRunner).settled()
    await Promise.all(others.map((transaction) => transaction.rollback()))
    expect(await scene.get(job.id)).toMatchObject({ state: 'applied', failure: null })
  })
})

describe('an import whose process died', () => {
  it('shows as failed and changed nothing', async () => {
    const job = await scene.check('用户名,姓名\ndead1,甲\n')
    const applying = { state: 'applying', heartbeatAt: app.clock.now() } as const
    await ImportModel.update(applying, { where: { id: job.id } })
    app.clock.advance(59)
    expect((await scene.get(job.id)).state).toBe('applying')
    app.clock.advance(2)
    expect(await scene.get(job.id)).toMatchObject({ state: 'failed', failure: 'interrupted' })
    const { body } = await app.call('listImports', {}, scene.importer.token)
    expect(body.items.find(({ id }) => id === job.id)).toMatchObject({ state: 'failed', failure: 'interrupted' })
    expect((await applyCall(job)).error.code).toBe('IMPORT_NOT_APPLICABLE')
    expect(await userOf('dead1')).toBeNull()
  })
})

describe('first passwords', () => {
  it('are made again from the key, work once, and are left out when they were changed or reset', async () => {
    const { job, passwordKey } = await scene.import('用户名,姓名\nfirst1,=甲\nfirst2,乙\nfirst3,丙\n')
    const passwords = await passwordsOf(job.id, passwordKey)
    expect([...passwords.keys()]).toEqual(['first1', 'first2', 'first3'])
    expect(new Set(passwords.values()).size).toBe(3)
    for (const password of passwords.values()) expect(password).toMatch(/^[a-z2-9]{5}(-[a-z2-9]{5}){2}$/)
    const stored = JSON.stringify([await ImportModel.findByPk(job.id), await userOf('first1')])
    expect(stored).not.toContain(passwordKey)

    const logIn = (username: string) =>
      app.call('login', { body: { username, password: passwords.get(username) ?? '', clientId: 'web' } })
    const { body } = await logIn('first1')
    expect(body.user.mustChangePassword).toBe(true)
    const change = { currentPassword: passwords.get('first1') ?? '', newPassword: 'a quite new passphrase' }
    await app.call('changePassword', { body: change }, body.accessToken)
    const second = await userOf('first2')
    await app.call('resetPassword', { params: { id: second?.id ?? '' }, body: {} }, scene.importer.token)
    expect([...(await passwordsOf(job.id, passwordKey)).keys()]).toEqual(['first3'])

    app.clock.advance(14 * 24 * 3600 + 1)
    scene.importer.token = (await app.again(await UserModel.findByPk(scene.importer.id, { rejectOnEmpty: true }))).token
    expect((await passwordsOf(job.id, passwordKey)).size).toBe(0)
    expect((await logIn('first3')).status).toBeGreaterThanOrEqual(400)
  })

  it('are not lost with the answer: the client may have made the key, and asks once more', async () => {
    const passwordKey = 'k'.repeat(43)
    const apply = (id: string, key: string) =>
      app.call('applyImport', { params: { id }, body: { passwordKey: key } }, scene.importer.token)
    const job = await scene.check('用户名,姓名\nlostkey1,甲\n')
    const [first, second] = [await apply(job.id, passwordKey), await apply(job.id, passwordKey)]
    await app.container.resolve(ImportRunner).settled()
    const third = await apply(job.id, passwordKey)
    for (const { status, body } of [first, second, third])
      expect([status, body.passwordKey]).toEqual([200, passwordKey])
    expect(third.body.job.state).toBe('applied')
    expect([...(await passwordsOf(job.id, passwordKey)).keys()]).toEqual(['lostkey1'])
    expect((await apply(job.id, 'x'.repeat(43))).error.code).toBe('IMPORT_NOT_APPLICABLE')
    expect((await apply(job.id, 'short')).error.code).toBe('VALIDATION_FAILED')
    const nobody = await scene.check('部门\n无人部二\n', 'departments')
    expect((await apply(nobody.id, passwordKey)).body.passwordKey).toBeNull()
    await app.container.resolve(ImportRunner).settled()
  })

  it('are for whoever has the key', async () => {
    const { job, passwordKey } = await scene.import('用户名,姓名\nkey1,甲\n')
    expect(passwordKey).toHaveLength(43)
    const request = { params: { id: job.id }, body: { passwordKey: 'A'.repeat(43) } }
    expect((await app.call('getImportPasswords', request, scene.importer.token)).error.code).toBe('FORBIDDEN')
    const nobody = await scene.import('部门\n无人部\n', 'departments')
    expect(nobody.passwordKey).toBeNull()
    const none = { params: { id: nobody.job.id }, body: { passwordKey: 'A' } }
    expect((await app.call('getImportPasswords', none, scene.importer.token)).error.code).toBe('IMPORT_NOT_APPLICABLE')
  })
})

// The last: the server takes no more work afterwards.
describe('a server that leaves', () => {
  it('gives up an import on its way, which changed nothing', async () => {
    const lines = Array.from({ length: 40 }, (_, index) => `leave${index},某人`)
    const job = await scene.check(`用户名,姓名\n${lines.join('\n')}`)
    await applyCall(job)
    await app.container.resolve(ImportRunner).stop()
    expect(await scene.get(job.id)).toMatchObject({ state: 'failed', failure: 'interrupted' })
    expect(await userOf('leave0')).toBeNull()
  })
})
