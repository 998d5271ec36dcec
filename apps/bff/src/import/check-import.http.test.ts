import { maxImportRows, permissions, rolePermissions } from '@huiyue/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ImportScene } from '../../test/support/imports'
import { createTestApp, type TestApp } from '../../test/support/test-app'
import { UserModel } from '../user/user.models'

let app: TestApp
let scene: ImportScene
beforeAll(async () => {
  app = await createTestApp()
  scene = new ImportScene(app, await app.signIn('admin'))
})
afterAll(() => app.close())

/** The faults of the only row of a file. */
const faultsOf = async (row: string, header = '用户名,姓名,手机,邮箱,部门,语言,时区,状态') => {
  const [found] = await scene.rows(await scene.check(`${header}\n${row}`))
  return found?.issues.map(({ path, code }) => `${path} ${code}`)
}

describe('a dry run', () => {
  it('is for those who may import', async () => {
    const { token } = await app.signIn('manager')
    const body = { kind: 'users' as const, fileName: 'a.csv', content: 'YQ==' }
    expect((await app.call('createImport', { body }, token)).status).toBe(403)
  })

  it('says what each row would do, and does none of it', async () => {
    const research = await app.build.department({ name: '研究院' })
    const known = await app.build.user({ username: 'known1', name: '旧名', departmentId: research.id })
    await app.build.user({ username: 'same1', name: '不变' })
    const job = await scene.check(
      '用户名,姓名,手机,部门,状态\nKNOWN1,新名,138-0000 0000,研究院/一室,\nsame1,不变,,,启用\nfresh1,新人,+8613800000001,,disabled\n',
    )
    expect(job).toMatchObject({
      kind: 'users',
      fileName: '人员.csv',
      encoding: 'utf-8',
      state: 'checked',
      failure: null,
      issues: [],
      counts: { rows: 3, create: 1, update: 1, unchanged: 1, faulty: 0 },
      progress: { done: 0, total: 2 },
      createdBy: { id: scene.importer.id },
    })
    expect(await scene.rows(job)).toEqual([
      {
        line: 2,
        action: 'update',
        key: 'KNOWN1',
        changes: [
          { column: 'name', from: '旧名', to: '新名' },
          { column: 'mobile', from: null, to: '13800000000' },
          { column: 'department', from: '研究院', to: '研究院/一室' },
          { column: 'newDepartment', from: null, to: '研究院/一室' },
        ],
        issues: [],
      },
      { line: 3, action: 'unchanged', key: 'same1', changes: [], issues: [] },
      {
        line: 4,
        action: 'create',
        key: 'fresh1',
        changes: [
          { column: 'name', from: null, to: '新人' },
          { column: 'mobile', from: null, to: '+8613800000001' },
          { column: 'status', from: null, to: 'disabled' },
        ],
        issues: [],
      },
    ])
    expect((await known.reload()).name).toBe('旧名')
    expect(await UserModel.count({ where: { usernameKey: 'fresh1' } })).toBe(0)
  })

  it('shows the rows page by page and by what they do', async () => {
    const lines = Array.from({ length: 120 }, (_, index) => `page${index},${index % 40 === 0 ? '' : '某人'}`)
    const job = await scene.check(`username,name\n${lines.join('\n')}`)
    expect(job.counts).toMatchObject({ rows: 120, create: 117, faulty: 3 })
    expect((await scene.rows(job, 'faulty')).map(({ line }) => line)).toEqual([2, 42, 82])
    const query = { action: 'create' as const, limit: 50, offset: 100 }
    const { body } = await app.call('listImportRows', { params: { id: job.id }, query }, scene.importer.token)
    expect(body.total).toBe(117)
    expect(body.items).toHaveLength(17)
  })

  it('is listed for everybody who may import and read all accounts, newest first', async () => {
    const job = await scene.check('用户名,姓名\n')
    const { body } = await app.call('listImports', {}, (await app.signIn('admin')).token)
    expect(body.items[0]).toEqual(job)
    const { status } = await app.call('getImport', { params: { id: 'none' } }, scene.importer.token)
    expect(status).toBe(404)
  })
})

describe('a file', () => {
  it('may be GBK, as Excel in China saves it', async () => {
    // 用户名,姓名 / gbk1,张三丰
    const bytes = [0xd3, 0xc3, 0xbb, 0xa7, 0xc3, 0xfb, 0x2c, 0xd0, 0xd5, 0xc3, 0xfb, 0x0d, 0x0a]
    const row = [...Buffer.from('gbk1,'), 0xd5, 0xc5, 0xc8, 0xfd, 0xb7, 0xe1, 0x0d, 0x0a]
    const job = await scene.check(Uint8Array.from([...bytes, ...row]))
    expect(job.encoding).toBe('gb18030')
    expect((await scene.rows(job))[0]?.changes).toEqual([{ column: 'name', from: null, to: '张三丰' }])
  })

  it('may have a mark, semicolons, other names of the columns in another order, and blank lines', async () => {
    const job = await scene.check('\uFEFFName;Username\r\n\r\n"多\r\n行";lines1\r\n;\r\n李四;lines2\r\n')
    expect(job.issues).toEqual([])
    expect((await scene.rows(job)).map(({ line, key, action }) => [line, key, action])).toEqual([
      [3, 'lines1', 'create'],
      [5, '', 'faulty'],
      [6, 'lines2', 'create'],
    ])
  })

  it.each([
    ['a missing column', '用户名,手机\na,1', ['name column_missing']],
    ['an unknown column', '用户名,姓名,工号\na,b,c', ['工号 column_unknown']],
    ['a column twice', '用户名,姓名,name\na,b,c', ['name invalid_value']],
    ['nothing in it', ' ', ['username column_missing', 'name column_missing']],
    ['a quote that never closes', '用户名,姓名\na,"b\nc,d\n', [' file_unreadable']],
    ['a cell of a megabyte', `用户名,姓名\na,"${'很'.repeat(350_000)}"\n`, [' file_unreadable']],
    ['UTF-16', Buffer.from('\uFEFF用户名,姓名\na,b\n', 'utf16le'), [' file_unreadable']],
  ])('with %s is refused as a whole', async (_name, file, issues) => {
    const job = await scene.check(file)
    expect(job.issues.map(({ path, code }) => `${path} ${code}`).sort()).toEqual([...issues].sort())
    expect(job.counts.rows).toBe(0)
    const { error } = await app.call('applyImport', { params: { id: job.id }, body: {} }, scene.importer.token)
    expect(error.code).toBe('IMPORT_NOT_APPLICABLE')
  })

  it('has ten thousand rows at most', async () => {
    const job = await scene.check(`username,name\n${'u,n\n'.repeat(maxImportRows + 1)}`)
    expect(job.issues).toMatchObject([{ path: '', code: 'too_many_rows', params: { max: maxImportRows } }])
  })

  it('must be base64, and not too long', async () => {
    const send = (content: string) =>
      app.call('createImport', { body: { kind: 'users', fileName: 'a.csv', content } }, scene.importer.token)
    expect((await send('用户名')).error.details).toMatchObject({
      issues: [{ path: 'content', code: 'invalid_format' }],
    })
    expect((await send('A'.repeat(6_000_000))).error.details).toMatchObject({ issues: [{ path: 'content' }] })
    expect((await send('A'.repeat(9_000_000))).error.code).toBe('PAYLOAD_TOO_LARGE')
  })
})

describe('a row of a person', () => {
  it.each([
    ['a1,甲,,,,,,', []],
    ['a1,,,,,,,', ['name required']],
    [',甲,,,,,,', ['username required']],
    ['a b,甲,,,,,,', ['username invalid_format']],
    [`${'很'.repeat(65)},甲,,,,,,`, ['username too_long']],
    [`${'ﷺ'.repeat(10)},甲,,,,,,`, ['username too_long']],
    [
      'a1,甲,12,a@b,,fr,Mars/Base,maybe',
      [
        'mobile invalid_format',
        'email invalid_format',
        'locale invalid_value',
        'timeZone invalid_value',
        'status invalid_value',
      ],
    ],
    ['a1,甲,,,a//b,,,', ['department invalid_format']],
    ['a1,甲,,,1/2/3/4/5/6/7/8/9/10/11,,,', ['department too_big']],
    ['a1,甲', [' column_count']],
    ['a1,甲,,,,,,,,', []],
    ['a1,甲,,,,,,,more', [' column_count']],
    ['a\0b,甲\0乙,,,,,,', ['username invalid_format']],
    ["'=cmd,甲,,,,,,", ['username invalid_format']],
    ["a1,'=HYPERLINK(1),,,,,,", []],
  ])('%j has the faults %j', async (row, faults) => {
    expect(await faultsOf(row)).toEqual(faults)
  })

  it('that repeats a username, in any case, is at fault', async () => {
    const job = await scene.check('用户名,姓名\nTwice,甲\nother,乙\ntwice,丙\nＴＷＩＣＥ,丁\n')
    expect((await scene.rows(job, 'faulty')).map(({ line, issues }) => [line, issues[0]])).toMatchObject([
      [4, { path: 'username', code: 'row_duplicate', params: { line: 2 } }],
      [5, { path: 'username', code: 'row_duplicate', params: { line: 2 } }],
    ])
  })

  it('leaves what its empty cells do not name', async () => {
    const user = await app.build.user({ name: '原名' })
    const job = await scene.check(`用户名,姓名,语言\n${user.username},,en\n`)
    expect((await scene.rows(job))[0]?.changes).toEqual([{ column: 'locale', from: 'zh-CN', to: 'en' }])
  })
})

describe('a row that the importer may not carry out', () => {
  it('disables themselves', async () => {
    const admin = await app.signIn('admin')
    const { username } = await UserModel.findByPk(admin.id, { rejectOnEmpty: true })
    const own = new ImportScene(app, admin)
    const job = await own.check(`用户名,姓名,状态\n${username},,停用\n`)
    expect((await own.rows(job))[0]?.issues).toMatchObject([{ path: 'status', code: 'not_allowed' }])
    expect((await own.check(`用户名,姓名,状态\n${username},新名,启用\n`)).counts.update).toBe(1)
  })

  it('changes somebody with a right that they lack', async () => {
    const boss = await app.build.user({ role: 'admin', name: '老板' })
    const role = await app.build.role([...rolePermissions.member, 'account:import', 'account:manage', 'account:read'])
    const clerk = new ImportScene(app, await app.again(await app.build.user({ roles: [{ roleId: role.id }] })))
    const colleague = await app.build.user({ name: '同事' })
    const job = await clerk.check(`用户名,姓名\n${boss.username},改名\n${colleague.username},改名\n`)
    expect((await clerk.rows(job)).map(({ action, issues }) => [action, issues[0]?.code])).toEqual([
      ['faulty', 'not_allowed'],
      ['update', undefined],
    ])
    // Left as they are, they may stand in the file.
    expect((await clerk.check(`用户名,姓名\n${boss.username},老板\n`)).counts.unchanged).toBe(1)
  })

  it('would leave nobody to look after the installation', async () => {
    await UserModel.update({ status: 'disabled' }, { where: {} })
    await UserModel.update({ status: 'active' }, { where: { id: scene.importer.id } })
    const admins = await Promise.all([app.build.user({ role: 'admin' }), app.build.user({ role: 'admin' })])
    const everything = await app.build.role([...permissions])
    const deputy = new ImportScene(app, await app.again(await app.build.user({ roles: [{ roleId: everything.id }] })))
    await UserModel.update({ status: 'disabled' }, { where: { id: scene.importer.id } })
    const job = await deputy.check(`用户名,姓名,状态\n${admins[0]?.username},,停用\n${admins[1]?.username},,停用\n`)
    expect((await deputy.rows(job)).map(({ action }) => action)).toEqual(['update', 'faulty'])
    await UserModel.update({ status: 'active' }, { where: { id: scene.importer.id } })
  })
})

describe('rows of departments', () => {
  it('make, order or leave them, with what is missing above', async () => {
    const top = await app.build.department({ name: '总部' })
    const job = await scene.check('部门,排序\n总部,\n总部/南区/三组,7\n总部/南区,3\n总部/北区/一组,\n', 'departments')
    expect(await scene.rows(job)).toMatchObject([
      { line: 2, key: '总部', action: 'unchanged', changes: [] },
      {
        line: 3,
        action: 'create',
        changes: [
          { column: 'path', from: null, to: '总部/南区/三组' },
          { column: 'sort', from: null, to: '7' },
        ],
      },
      { line: 4, action: 'create' },
      { line: 5, action: 'create', changes: [{ column: 'path' }, { column: 'newDepartment', to: '总部/北区' }] },
    ])
    const again = await scene.check(`department,sort\n总部,${top.sort + 5}\n`, 'departments')
    expect((await scene.rows(again))[0]?.changes).toEqual([{ column: 'sort', from: String(top.sort), to: '5' }])
  })

  it.each([
    ['甲,-1', ['sort invalid_format']],
    ['甲,1000001', ['sort too_big']],
    ['/甲,', ['path invalid_format']],
    [',1', ['path required']],
    [`${'很'.repeat(101)},`, ['path invalid_format']],
  ])('%j have the faults %j', async (row, faults) => {
    const [found] = await scene.rows(await scene.check(`部门,排序\n${row}\n`, 'departments'))
    expect(found?.issues.map(({ path, code }) => `${path} ${code}`)).toEqual(faults)
  })
})
