import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ApiClient } from '../../src/api-client'
import { picture } from '../../src/browser'
import { ConsolePage } from '../../src/console-page'
import { orgDay } from '../../src/org-day'
import { Scene } from '../../src/scene'

let scene: Scene
const day = orgDay(4)

beforeAll(async () => {
  scene = await Scene.open()
})
afterAll(() => scene?.close())

async function signedIn(username: string): Promise<ConsolePage> {
  const person = await ConsolePage.open(await scene.window(), scene.stack.url)
  await person.enter(username)
  return person
}

test('a session that staff end while somebody fills in a booking: after the login all of it is there', async () => {
  const person = await signedIn('wangfang')
  const { page, drawer } = person
  await person.goToDay(day.key)
  await person.dragAcross(day.key, '临风', '14:00', '15:30')
  await drawer.getByLabel('会议主题').fill('填到一半')
  await drawer.getByLabel('备注').fill('请带上样品')
  await person.invite('韩梅梅')
  const admin = await ApiClient.login(scene.stack.url, 'admin')
  await admin.endSessionsOf('王芳')
  await drawer.getByRole('button', { name: '预约', exact: true }).click()
  await page.getByText('登录已过期，请重新登录，之后会回到刚才的页面').waitFor()
  await picture(page, 'console-session-ended')

  await person.logIn('wangfang')
  await drawer.getByText('已恢复刚才没有保存的内容').waitFor()
  expect(await drawer.getByLabel('会议主题').inputValue()).toBe('填到一半')
  expect(await drawer.getByLabel('备注').inputValue()).toBe('请带上样品')
  await drawer.getByText('韩梅梅', { exact: true }).waitFor()
  await picture(page, 'console-form-restored')
  await drawer.getByRole('button', { name: '预约', exact: true }).click()
  await person.notice(/已预约 临风.*14:00–15:30/).waitFor()
})

test('a member sees none of the pages for staff, and their addresses say so', async () => {
  const member = await signedIn('zhangwei')
  expect(await member.menu()).toEqual(['日程'])
  const pages = ['accounts', 'departments', 'roles', 'imports', 'sessions', 'login-log', 'audit-log', 'templates']
  for (const name of pages) {
    await member.page.goto(`${scene.stack.url}/${name}`)
    await member.page.getByText('你的账号不能查看这里').waitFor()
  }
  await picture(member.page, 'console-forbidden')
})

test('too many wrong passwords: the login says how long to wait, and others may go on', async () => {
  for (let attempt = 0; attempt < 10; attempt++)
    await expect(ApiClient.login(scene.stack.url, 'songjia', { password: 'not-her-password' })).rejects.toThrow('401')
  const person = await ConsolePage.open(await scene.window(), scene.stack.url)
  await person.logIn('songjia')
  await person.page
    .getByText(/尝试得太频繁，请在 1\d 分 \d+ 秒 后再试/)
    .first()
    .waitFor()
  await picture(person.page, 'console-too-many-attempts')
  await person.enter('tangwei')
})

describe('the profile', () => {
  let person: ConsolePage

  beforeAll(async () => {
    person = await signedIn('liuyang')
    await person.page.goto(`${scene.stack.url}/profile`)
    await person.page.getByRole('heading', { name: '个人中心' }).waitFor()
  })

  test('ends all other sessions, and keeps this one', async () => {
    const elsewhere = await ApiClient.login(scene.stack.url, 'liuyang')
    await person.page.reload()
    await person.page.getByRole('button', { name: '退出其他所有设备' }).click()
    await person.drawer.getByText('除了当前设备，其余 1 处登录都会立即结束').waitFor()
    await person.drawer.getByRole('button', { name: '退出其他所有设备' }).click()
    await person.notice('已结束其他 1 处登录').waitFor()
    await person.page.getByText('只有当前这台设备').waitFor()
    await expect(elsewhere.me()).rejects.toThrow('401')
  })

  test('keeps the chosen colours and language over a reload', async () => {
    const { page } = person
    await page.getByText('深色', { exact: true }).click()
    await person.choose('语言', '英文')
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByRole('heading', { name: 'Profile' }).waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'Profile' }).waitFor()
    await picture(page, 'console-profile-dark-english', { whole: true })
    expect(await page.getByRole('radio', { name: 'Dark' }).isChecked()).toBe(true)
    const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    expect(Number(/\d+/.exec(background)?.[0] ?? 255)).toBeLessThan(60)
  })
})

test('in all of this no foreign host was called and no error logged', () => {
  expect(scene.problems()).toEqual([])
})
