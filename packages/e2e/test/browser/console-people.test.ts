import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ApiClient } from '../../src/api-client'
import { picture } from '../../src/browser'
import { ConsolePage } from '../../src/console-page'
import { gbk } from '../../src/gbk'
import { orgDay } from '../../src/org-day'
import { Scene } from '../../src/scene'

let scene: Scene
let admin: ConsolePage
const day = orgDay(4)
const ownPassword = '自己想的一句长密码'

beforeAll(async () => {
  scene = await Scene.open()
  admin = await opened()
  await admin.enter('admin')
})
afterAll(() => scene?.close())

/** The login page in a window of its own. */
async function opened(path = ''): Promise<ConsolePage> {
  return ConsolePage.open(await scene.window(), scene.stack.url + path)
}

describe('a new colleague', () => {
  let colleague: ConsolePage
  let oneTime: string

  test('is created by an administrator, who sees the one-time password once', async () => {
    const { page, drawer } = admin
    await admin.open('用户')
    await page.getByRole('button', { name: '新建用户' }).click()
    await drawer.getByLabel('姓名').fill('赵新来')
    await drawer.getByLabel('用户名').fill('lilei')
    await drawer.getByRole('button', { name: '创建' }).click()
    await drawer.getByText('这个用户名已经有人用了').waitFor()
    expect(await drawer.getByLabel('姓名').inputValue()).toBe('赵新来')
    await drawer.getByLabel('用户名').fill('zhaoxinlai')
    await drawer.getByRole('button', { name: '创建' }).click()

    const handOver = page.getByRole('dialog', { name: '赵新来 的一次性密码' })
    await handOver.getByText('只显示这一次').waitFor()
    oneTime = await handOver.locator('dt:has-text("一次性密码") + dd').innerText()
    await picture(page, 'console-one-time-password')
    await handOver.getByRole('button', { name: '我已转交' }).click()
    await handOver.waitFor({ state: 'hidden' })
    await admin.search('赵新来')
    await admin.row('zhaoxinlai').getByText('从未登录').waitFor()
    expect(oneTime.length).toBeGreaterThanOrEqual(8)
    expect(await page.content()).not.toContain(oneTime)
  })

  test('logs in with it, must choose an own one, and then books', async () => {
    colleague = await opened()
    const { page, drawer } = colleague
    await colleague.logIn('zhaoxinlai', 'not-the-password')
    await page.getByText('用户名或密码不对').waitFor()
    await colleague.logIn('zhaoxinlai', oneTime)
    await page.getByRole('heading', { name: '请先设置自己的密码' }).waitFor()
    await page.goto(`${scene.stack.url}/profile`)
    await page.getByRole('heading', { name: '请先设置自己的密码' }).waitFor()
    await picture(page, 'console-password-due')
    await page.getByLabel('刚才登录用的密码').fill(oneTime)
    await page.getByLabel('新密码', { exact: true }).fill(ownPassword)
    await page.getByRole('button', { name: '设置密码并继续' }).click()
    await page.getByRole('heading', { name: '个人中心' }).waitFor()

    await colleague.goToDay(day.key)
    await colleague.dragAcross(day.key, '摘星', '09:00', '10:00')
    await drawer.getByLabel('会议主题').fill('第一次预约')
    await drawer.getByRole('button', { name: '预约', exact: true }).click()
    await colleague.bar('第一次预约').waitFor()
  })

  test('who is disabled is out with the next click, and the login says why', async () => {
    await admin.act('赵新来', '停用')
    await admin.drawer.getByText('所有设备上的登录立即结束').waitFor()
    await admin.drawer.getByLabel('原因').fill('长期休假')
    await picture(admin.page, 'console-disable')
    await admin.drawer.getByRole('button', { name: '停用' }).click()
    await admin.notice('已停用 赵新来').waitFor()

    const { page } = colleague
    await colleague.bar('第一次预约').click()
    await page.getByText('登录已过期，请重新登录').waitFor()
    await colleague.logIn('zhaoxinlai', ownPassword)
    await page.getByText('这个账号已停用，请联系管理员').waitFor()
    await picture(page, 'console-login-disabled')
  })

  test('has left every attempt in the login log', async () => {
    await admin.open('登录日志')
    await admin.search('zhaoxinlai')
    const rows = admin.row('赵新来')
    await rows.nth(2).waitFor()
    await rows.nth(3).waitFor({ state: 'hidden' })
    const told = await rows.allInnerTexts()
    expect(told[0]).toMatch(/失败\s+账号已停用/)
    expect(told[1]).toMatch(/成功/)
    expect(told[2]).toMatch(/失败\s+密码不对/)
    await picture(admin.page, 'console-login-log')
  })

  test('stands in the audit log with what was before and after', async () => {
    await admin.open('操作日志')
    await admin.search('赵新来')
    const disabled = admin.row('长期休假')
    await disabled.getByText('系统管理员').waitFor()
    await disabled.getByRole('button', { name: /展开 修改用户“赵新来”/ }).click()
    await admin.page.getByRole('row', { name: '状态 启用 停用', exact: true }).waitFor()
    await picture(admin.page, 'console-audit-log')
    expect(await admin.page.content()).not.toContain(oneTime)
  })
})

test('a role limited to a building counts in that building only', async () => {
  const organizer = await ApiClient.login(scene.stack.url, 'wangfang')
  for (const [room, title] of [
    ['望岳', '在 A 座开会'],
    ['流水', '在 B 座开会'],
  ] as const) {
    const { id: roomId } = await organizer.room(room)
    await organizer.book({ roomId, title, startsAt: day.at('10:00'), endsAt: day.at('11:00'), attendeeIds: [] })
  }
  await admin.open('用户')
  await admin.search('lilei')
  await admin.act('李雷', '分配角色')
  await admin.drawer.getByRole('button', { name: '再加一个角色' }).click()
  await admin.choose('第 2 个角色', '会议室管理员')
  await admin.choose('第 2 个角色的范围', '楼宇')
  await admin.choose('第 2 个角色的楼宇', 'A 座')
  await admin.drawer.getByText('仅在这栋楼可以').waitFor()
  await picture(admin.page, 'console-role-in-building')
  await admin.drawer.getByRole('button', { name: '保存' }).click()
  await admin.notice('已保存 李雷 的角色').waitFor()

  const manager = await opened()
  await manager.enter('lilei')
  await manager.goToDay(day.key)
  await manager.bar('在 B 座开会').click()
  await manager.drawer.getByText('只有发起人和管理员可以修改').waitFor()
  await manager.drawer.getByRole('button', { name: '关闭' }).click()
  await manager.bar('在 A 座开会').click()
  await manager.drawer.getByRole('button', { name: '取消预约' }).click()
  const question = manager.page.getByRole('dialog', { name: /取消“在 A 座开会”/ })
  await question.getByRole('button', { name: '取消预约' }).click()
  await manager.notice('已取消“在 A 座开会”').waitFor()
})

describe('importing people from a file of Excel', () => {
  const header = '用户名,姓名,部门,手机'
  const newcomers = Array.from({ length: 30 }, (_, index) => `xinren${index + 1},新人${index + 1},研发部,`)
  const file = (rows: readonly string[]) => ({
    name: '新同事.csv',
    mimeType: 'text/csv',
    buffer: gbk([header, ...rows, ''].join('\r\n')),
  })

  async function upload(rows: readonly string[]) {
    const { page } = admin
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByText('把 CSV 文件拖到这里，或者点击选择').click(),
    ])
    await chooser.setFiles(file(rows))
    await page.getByRole('heading', { name: '新同事.csv' }).waitFor()
  }

  test('a faulty row is refused in words, and nothing is changed', async () => {
    const { page } = admin
    await admin.open('导入')
    await upload(['wangfang,王芳,市场部,没有手机', ...newcomers])
    await page.getByText('有 1 行需要修改').waitFor()
    await page.getByText(/用户 · GBK/).waitFor()
    await admin.row('wangfang').getByText('手机：格式不对').waitFor()
    await picture(page, 'console-import-faulty')
    expect(await page.getByRole('button', { name: '应用' }).count()).toBe(0)
    const api = await ApiClient.login(scene.stack.url, 'admin')
    await expect(api.userId('新人1')).rejects.toThrow('nobody')
  })

  test('the corrected file is applied as a whole, and a newcomer logs in with the password from the file', async () => {
    const { page } = admin
    await page.getByRole('link', { name: '返回导入' }).click()
    await upload(['wangfang,王芳,市场部,13800138000', ...newcomers])
    await page.getByText('没有问题，可以应用').waitFor()
    expect(await admin.row('wangfang').innerText()).toMatch(/修改[^]*产品部[^]*市场部/)
    await page.getByRole('button', { name: '应用' }).click()
    await admin.drawer.getByText('将新建 30 个、修改 1 个').waitFor()
    await admin.drawer.getByRole('button', { name: '应用' }).click()
    await page
      .getByRole('status')
      .getByText(/\/ 31 行/)
      .waitFor()
    await page.getByText('已应用：新建 30，修改 1').waitFor()
    await picture(page, 'console-import-applied')

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '下载一次性密码' }).click(),
    ])
    const passwords = await readFile(await download.path(), 'utf8')
    await page.getByText('一次性密码已下载').waitFor()
    const password = /^xinren7,新人7,([^,]+),/m.exec(passwords)?.[1] ?? ''
    const newcomer = await opened()
    await newcomer.logIn('xinren7', password)
    await newcomer.setOwnPassword(password, ownPassword)
    expect(await newcomer.menu()).toEqual(['日程'])
  })
})

test('in all of this no foreign host was called and no error logged', () => {
  expect(scene.problems()).toEqual([])
  expect(scene.stack.logs.join('\n')).not.toContain(ownPassword)
})
