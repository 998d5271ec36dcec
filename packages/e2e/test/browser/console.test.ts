import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ApiClient, demoPassword } from '../../src/api-client'
import { phoneScreen, picture } from '../../src/browser'
import { ConsolePage } from '../../src/console-page'
import { orgDay } from '../../src/org-day'
import { Scene } from '../../src/scene'
import { until } from '../../src/until'

let scene: Scene
const day = orgDay(4)

beforeAll(async () => {
  scene = await Scene.open()
})
afterAll(() => scene?.close())

async function signedIn(username: string): Promise<ConsolePage> {
  const staff = await ConsolePage.open(await scene.window(), scene.stack.url)
  await staff.enter(username)
  return staff
}

/** Books through the API, to set the scene. */
async function booked(username: string, room: string, from: string, to: string, title: string, invited: string[] = []) {
  const api = await ApiClient.login(scene.stack.url, username)
  const { id: roomId } = await api.room(room)
  const attendeeIds = await Promise.all(invited.map((name) => api.userId(name)))
  return api.book({ roomId, title, startsAt: day.at(from), endsAt: day.at(to), attendeeIds })
}

describe('logging in', () => {
  test('a wrong password is said in words, the name stays, and the right one leads on', async () => {
    const staff = await ConsolePage.open(await scene.window(), scene.stack.url)
    const { page } = staff
    await page.getByRole('button', { name: '登录', exact: true }).click()
    await page.getByText('请填写用户名').waitFor()
    await page.getByText('请填写密码').waitFor()
    await staff.logIn('lilei', 'not-his-password')
    await page.getByRole('alert').getByText('用户名或密码不对').waitFor()
    await picture(page, 'console-login-wrong')
    expect(await page.getByLabel('用户名').inputValue()).toBe('lilei')
    await page.getByLabel('密码', { exact: true }).fill(demoPassword)
    await page.getByRole('button', { name: '登录', exact: true }).click()
    await page.getByRole('button', { name: '新建预约' }).waitFor()
  })

  test('an address deep inside is where one arrives after logging in', async () => {
    const window = await scene.window()
    const staff = await ConsolePage.open(window, `${scene.stack.url}/notifications`)
    await staff.logIn('manager')
    await staff.page.getByRole('heading', { name: '通知记录' }).waitFor()
  })
})

describe('the timeline', () => {
  test('a booking is made, moved to another room and time, made longer, and cancelled with a reason', async () => {
    const staff = await signedIn('lilei')
    const { page, drawer } = staff
    await staff.goToDay(day.key)
    await staff.dragAcross(day.key, '摘星', '09:00', '10:00')
    await drawer.getByLabel('会议主题').fill('拖来拖去')
    await drawer.getByRole('button', { name: '预约', exact: true }).click()
    await staff.notice(/已预约 摘星.*09:00–10:00/).waitFor()

    await staff.moveBar(day.key, '拖来拖去', { room: '摘星', time: '09:00' }, { room: '揽月', time: '13:00' })
    await staff.notice(/已改到 揽月 .*13:00–14:00/).waitFor()
    await staff.resizeBar(day.key, '拖来拖去', '揽月', '15:30')
    await staff.notice(/已改到 揽月 .*13:00–15:30/).waitFor()
    await picture(page, 'console-moved')
    const api = await ApiClient.login(scene.stack.url, 'lilei')
    const stored = async () => await api.bookings(new Date(day.at('00:00')), new Date(day.at('23:59')))
    expect((await stored()).find(({ title }) => title === '拖来拖去')).toMatchObject({
      room: { name: '揽月' },
      startsAt: day.at('13:00'),
      endsAt: day.at('15:30'),
    })

    await staff.bar('拖来拖去').click()
    await drawer.getByRole('button', { name: '取消预约' }).click()
    const dialog = page.getByRole('dialog', { name: /取消“拖来拖去”/ })
    await dialog.getByLabel('原因').fill('改为线上会议')
    await picture(page, 'console-cancel')
    await dialog.getByRole('button', { name: '取消预约' }).click()
    await page.getByText('取消原因：改为线上会议').waitFor()
    expect((await stored()).map(({ title }) => title)).not.toContain('拖来拖去')
  })

  test('a time somebody else has taken is named, and nothing typed is lost', async () => {
    const staff = await signedIn('lilei')
    const { drawer } = staff
    await staff.goToDay(day.key)
    await staff.dragAcross(day.key, '临风', '16:00', '17:00')
    await drawer.getByLabel('会议主题').fill('撞车')
    await drawer.getByLabel('备注').fill('有重要客户')
    await booked('manager', '临风', '16:30', '17:30', '先到先得')
    await drawer.getByRole('button', { name: '预约', exact: true }).click()
    const alert = drawer.getByRole('alert').filter({ hasText: '这个时间已被占用' })
    await alert.getByText(/16:30–17:30.*先到先得/).waitFor()
    await picture(staff.page, 'console-conflict')
    expect(await drawer.getByLabel('会议主题').inputValue()).toBe('撞车')
    expect(await drawer.getByLabel('备注').inputValue()).toBe('有重要客户')
  })

  test('a bar dropped on a taken time goes back to where it was', async () => {
    await booked('lilei', '流水', '09:00', '10:00', '想搬家')
    await booked('manager', '行云', '09:00', '10:00', '钉子户')
    const staff = await signedIn('lilei')
    await staff.goToDay(day.key)
    const before = await staff.placeOf('想搬家')
    await staff.moveBar(day.key, '想搬家', { room: '流水', time: '09:00' }, { room: '行云', time: '09:00' })
    await staff.notice(/没有移动.*钉子户/).waitFor()
    await until('the bar back in its row', async () => (await staff.placeOf('想搬家')).y === before.y)
  })

  test('what somebody else booked can be read but not changed', async () => {
    await booked('manager', '报告厅', '09:00', '10:00', '别人的会')
    const staff = await signedIn('lilei')
    await staff.goToDay(day.key)
    await staff.bar('别人的会').click()
    await staff.drawer.getByText('只有发起人和管理员可以修改').waitFor()
    expect(await staff.drawer.getByRole('button', { name: '取消预约' }).count()).toBe(0)
  })
})

describe('the notification log', () => {
  test('an attendee without WeChat is shown in words; once bound, a resend arrives', async () => {
    const { sandbox, url } = scene.stack
    await booked('lilei', '观澜', '18:00', '19:00', '通知不到', ['林娜'])
    const staff = await signedIn('manager')
    const { page } = staff
    await page.getByRole('link', { name: '通知记录' }).click()
    const row = page.getByRole('row').filter({ hasText: '通知不到' })
    await row.getByText('没有登录过小程序，系统不知道对方的微信').waitFor()
    await picture(page, 'console-unreachable')

    const phone = await sandbox.addPhone('林娜')
    await ApiClient.login(url, 'linna', { code: await sandbox.loginCode(phone.openid) })
    await sandbox.accept(phone.openid)
    await row.getByRole('button', { name: '重发' }).click()
    await staff.notice('已重新排队，发给 林娜').waitFor()
    await row.getByText('已发送', { exact: true }).waitFor()
    const messages = await sandbox.messages(phone.openid)
    expect(messages).toHaveLength(1)
    expect(messages[0]?.data.thing4).toEqual({ value: '通知不到' })
  })

  test('somebody without the right to it is told so', async () => {
    const staff = await signedIn('lilei')
    expect(await staff.page.getByRole('link', { name: '通知记录' }).count()).toBe(0)
    await staff.page.goto(`${scene.stack.url}/notifications`)
    await staff.page.getByText('你的账号不能查看这里').waitFor()
  })
})

describe('the message template', () => {
  test('a mapping that does not fit is refused beside its field, a fitting one is saved', async () => {
    const staff = await signedIn('admin')
    const { page } = staff
    await page.getByRole('link', { name: '消息模板' }).click()
    const keyword = page.getByLabel('第 1 行的关键词')
    await keyword.waitFor()
    const before = await keyword.inputValue()
    await keyword.fill('nonsense')
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByText('关键词不对，应是类型加数字').waitFor()
    await keyword.fill('date4')
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByText('这类关键词放不下这种内容').waitFor()
    await picture(page, 'console-template-refused')
    expect(await keyword.inputValue()).toBe('date4')
    await keyword.fill(before)
    await page.getByLabel('点开后打开的页面').fill('pages/booking-detail/booking-detail?id={bookingId}&from=card')
    await page.getByRole('button', { name: '保存' }).click()
    await staff.notice('已保存消息模板').waitFor()
    await page.reload()
    await page.getByLabel('点开后打开的页面').waitFor()
    expect(await page.getByLabel('点开后打开的页面').inputValue()).toContain('from=card')
  })

  test('a manager may look but not change', async () => {
    const staff = await signedIn('manager')
    await staff.page.getByRole('link', { name: '消息模板' }).click()
    await staff.page.getByLabel('第 1 行的关键词').waitFor()
    await picture(staff.page, 'console-template-manager')
  })
})

describe('how it looks', () => {
  test('in English no Chinese is left but names and titles', async () => {
    const window = await scene.window({ locale: 'en-GB' })
    const page = await window.page()
    await page.goto(scene.stack.url)
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByLabel('Username').fill('admin')
    await page.getByLabel('Password', { exact: true }).fill(demoPassword)
    await page.getByRole('button', { name: /^(Log|Sign) in$/ }).click()
    await page.getByRole('navigation').first().waitFor()
    for (const name of ['notifications', 'templates']) {
      await page.goto(`${scene.stack.url}/${name}`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await picture(page, `console-${name}-english`)
      expect(await page.getByRole('heading', { level: 1 }).innerText()).not.toMatch(/\p{Script=Han}/u)
      expect(await page.getByRole('navigation').first().innerText()).not.toMatch(/\p{Script=Han}/u)
    }
  })

  test('in the dark it is dark, and on a phone everything is within the screen', async () => {
    const window = await scene.window({ ...phoneScreen, colorScheme: 'dark' })
    const staff = await ConsolePage.open(window, scene.stack.url)
    await picture(staff.page, 'console-login-dark-phone')
    await staff.enter('manager')
    await picture(staff.page, 'console-dark-phone')
    const { red, overflow } = await staff.page.evaluate(() => ({
      red: Number(/\d+/.exec(getComputedStyle(document.body).backgroundColor)?.[0] ?? 255),
      overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    }))
    expect(red).toBeLessThan(60)
    expect(overflow).toBeLessThanOrEqual(0)
  })

  test('in the dark on a wide screen', async () => {
    const window = await scene.window({ colorScheme: 'dark' })
    const staff = await ConsolePage.open(window, scene.stack.url)
    await staff.enter('manager')
    await staff.goToDay(day.key)
    await picture(staff.page, 'console-dark')
  })
})

test('in all of this no foreign host was called and no error logged', () => {
  expect(scene.problems()).toEqual([])
  const logs = scene.stack.logs.join('\n')
  expect(logs).toContain('"msg"')
  for (const secret of [demoPassword, 'not-his-password']) expect(logs).not.toContain(secret)
})
