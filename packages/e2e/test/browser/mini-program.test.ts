import { type Request } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ApiClient } from '../../src/api-client'
import { phoneScreen, picture } from '../../src/browser'
import { type MiniProgramPage } from '../../src/mini-program-page'
import { orgDay } from '../../src/org-day'
import { type Phone } from '../../src/sandbox-control'
import { Scene } from '../../src/scene'

let scene: Scene
/** Bound to Han Meimei already. */
let phone: Phone
/** Bound to nobody. */
let stranger: Phone

beforeAll(async () => {
  scene = await Scene.open()
  const { sandbox, url } = scene.stack
  phone = await sandbox.addPhone('韩梅梅')
  stranger = await sandbox.addPhone('新来的')
  await ApiClient.login(url, 'hanmeimei', { code: await sandbox.loginCode(phone.openid) })
})
afterAll(async () => {
  await scene?.close()
})

describe('logging in', () => {
  test('a wrong password is said beside the form, and what was typed stays', async () => {
    const { top, page } = await scene.miniProgram(stranger)
    await top.getByLabel('用户名').fill('hanmeimei')
    await top.getByLabel('密码', { exact: true }).fill('not-her-password')
    await top.getByRole('button', { name: '登录' }).click()
    await top.getByRole('alert').getByText('用户名或密码不对').waitFor()
    expect(await top.getByLabel('用户名').inputValue()).toBe('hanmeimei')
    await picture(page, 'mini-program-login-wrong')
  })

  test('an empty form asks for both without asking the server', async () => {
    const { top, page } = await scene.miniProgram(stranger)
    await top.getByLabel('用户名').waitFor()
    const asked: Request[] = []
    page.on('request', (request) => asked.push(request))
    await top.getByRole('button', { name: '登录' }).click()
    await top.getByText('请填写').nth(1).waitFor()
    expect(asked.map((request) => request.url())).toEqual([])
  })

  test('the second start needs no password: the code alone logs in', async () => {
    const theirs = await scene.stack.sandbox.addPhone('高远')
    const first = await scene.miniProgram(theirs)
    await first.logIn('gaoyuan')
    await first.top.getByText(/好，高远/).waitFor()
    await first.restart()
    await first.top.getByText(/好，高远/).waitFor()
    // Removed and opened anew, the mini program has no tokens left, only the phone is the same.
    const second = await scene.miniProgram(theirs)
    await second.top.getByText(/好，高远/).waitFor()
  })

  test.each([
    { how: 'drops the connection', fault: { drop: true }, why: '暂时连不上微信', username: 'zhangwei' },
    { how: 'is busy', fault: { errcode: -1 }, why: '暂时连不上微信', username: 'liuyang' },
    { how: 'refuses the code', fault: { errcode: 40029 }, why: '微信的登录凭证失效了', username: 'chenjing' },
  ])('when WeChat $how, people are let in, told why, and can try again', async ({ fault, why, username }) => {
    const { sandbox } = scene.stack
    const other = await sandbox.addPhone(username)
    await sandbox.fault({ path: '/sns/jscode2session', times: 100, ...fault })
    const miniProgram = await scene.miniProgram(other)
    await miniProgram.logIn(username)
    await miniProgram.top.getByText(why).waitFor()
    await picture(miniProgram.page, `mini-program-wechat-${username}`)
    await sandbox.clearFaults()
    await miniProgram.top.getByRole('button', { name: '再试一次' }).click()
    await miniProgram.top.getByRole('button', { name: '找会议室' }).waitFor()
    expect(await (await ApiClient.login(scene.stack.url, username)).me()).toMatchObject({ wechat: { bound: true } })
  })

  test('a phone that belongs to somebody else is refused in words, and the login still works', async () => {
    const miniProgram = await scene.miniProgram(phone)
    await miniProgram.top.getByText(/好，韩梅梅/).waitFor()
    await miniProgram.tab('我').last().click()
    await miniProgram.top.getByRole('button', { name: '退出登录' }).click()
    await miniProgram.page.getByRole('dialog').getByRole('button', { name: '退出登录' }).click()
    await miniProgram.logIn('wangfang')
    await miniProgram.top.getByText('这个微信已经绑定了另一个账号').waitFor()
    await miniProgram.top.getByRole('button', { name: '以后再说' }).click()
    await miniProgram.top.getByText(/好，王芳/).waitFor()
  })
})

describe('booking', () => {
  let miniProgram: MiniProgramPage
  const day = orgDay(5)

  beforeAll(async () => {
    miniProgram = await scene.miniProgram(phone, { answer: 'accept' })
    await miniProgram.top.getByText(/好，韩梅梅/).waitFor()
  })

  test('somebody was faster: the conflict is shown, nothing typed is lost, another time works', async () => {
    const { top, page } = miniProgram
    await miniProgram.openRoomDay('望岳', day.words)
    await top.getByRole('button', { name: '10:00 空闲' }).click()
    await picture(page, 'mini-program-room-day')
    await top.getByRole('button', { name: /^预约 10:00/ }).click()
    await top.getByLabel('会议主题').fill('季度复盘')
    await top.getByLabel('备注').fill('请带上数据')
    await top.getByLabel('搜索姓名或用户名').fill('李雷')
    await top.getByRole('button', { name: '添加 李雷' }).click()

    const api = await ApiClient.login(scene.stack.url, 'lilei')
    const { id: roomId } = await api.room('望岳')
    await api.book({ roomId, title: '抢先一步', startsAt: day.at('10:00'), endsAt: day.at('11:00'), attendeeIds: [] })
    await top.getByRole('button', { name: '确认预约' }).click()
    const conflict = top.getByRole('alert').filter({ hasText: '这段时间已有安排' })
    await conflict.getByText('抢先一步').waitFor()
    await picture(page, 'mini-program-conflict')
    expect(await conflict.textContent()).toContain('李雷')
    expect(await top.getByLabel('会议主题').inputValue()).toBe('季度复盘')
    expect(await top.getByLabel('备注').inputValue()).toBe('请带上数据')
    await top.getByRole('button', { name: '移除 李雷' }).waitFor()

    for (let i = 0; i < 4; i++) await top.getByRole('button', { name: '开始推后 15 分钟' }).click()
    await top.getByRole('button', { name: '确认预约' }).click()
    await page.getByText('预约成功').waitFor()
    await top.getByText('季度复盘').waitFor()
    expect(await top.textContent()).toContain('11:00–')
    await picture(page, 'mini-program-detail')
  })

  test('pulling the first page down shows what others have booked meanwhile', async () => {
    const other = await scene.miniProgram(phone)
    await other.top.getByText(/好，韩梅梅/).waitFor()
    const api = await ApiClient.login(scene.stack.url, 'lilei')
    const [roomId, herself] = [(await api.room('竹里')).id, await api.userId('韩梅梅')]
    await api.book({
      roomId,
      title: '临时碰头',
      startsAt: day.at('17:00'),
      endsAt: day.at('17:30'),
      attendeeIds: [herself],
    })
    expect(await other.top.getByText('临时碰头').count()).toBe(0)
    await other.pullDown()
    await other.top.getByText('临时碰头').waitFor()
  })

  test('the booking is in her list, and cancelled it says why', async () => {
    const { top, page } = miniProgram
    await miniProgram.back()
    await miniProgram.back()
    await miniProgram.tab('我的预约').click()
    await picture(page, 'mini-program-my-bookings')
    await top.getByRole('button', { name: /季度复盘/ }).click()
    await top.getByRole('button', { name: '取消预约' }).click()
    await top.getByLabel('原因').fill('改到下周')
    await picture(page, 'mini-program-cancel')
    await top.getByRole('dialog').getByRole('button', { name: '取消预约' }).click()
    await page.getByText('预约已取消').waitFor()
    await top.getByText('原因：改到下周').waitFor()
    const api = await ApiClient.login(scene.stack.url, 'lilei')
    const [mine] = (await api.bookings(new Date(day.at('00:00')), new Date(day.at('23:00')))).filter(
      ({ title }) => title === '季度复盘',
    )
    expect(mine).toBeUndefined()
  })

  test('an access token that expires while she types costs one refresh and nothing else', async () => {
    const { top, page } = miniProgram
    await miniProgram.back()
    await miniProgram.startBooking('听松', day.words, '14:00')
    await top.getByLabel('会议主题').fill('令牌过期')
    const refreshes: string[] = []
    let expired: string | undefined
    // From now on the token at hand is as good as none, exactly as one past its time.
    await page.route('**/api/**', async (route) => {
      const request = route.request()
      if (request.url().endsWith('/auth/refresh')) refreshes.push(request.url())
      const { authorization, ...headers } = await request.allHeaders()
      expired ??= authorization
      const sent = authorization && authorization === expired ? { authorization: 'Bearer expired' } : { authorization }
      await route.continue({
        headers: { ...headers, ...(sent.authorization ? { authorization: sent.authorization } : {}) },
      })
    })
    await top.getByRole('button', { name: '确认预约' }).click()
    await page.getByText('预约成功').waitFor()
    await top.getByText('令牌过期').waitFor()
    expect(refreshes).toHaveLength(1)
    await page.unroute('**/api/**')
    await miniProgram.back()
    await miniProgram.back()
    await miniProgram.tab('今天').click()
  })

  test('without a network it says so, keeps the form, and goes on when the network is back', async () => {
    const { top, page } = miniProgram
    await miniProgram.startBooking('流水', day.words, '14:00')
    await top.getByLabel('会议主题').fill('断网也不怕')
    await page.route('**/api/**', (route) => route.abort())
    await top.getByRole('button', { name: '确认预约' }).click()
    await top.getByRole('alert').getByText('网络连接不上').waitFor()
    expect(await top.getByLabel('会议主题').inputValue()).toBe('断网也不怕')
    await picture(page, 'mini-program-offline')
    await page.unroute('**/api/**')
    await top.getByRole('button', { name: '确认预约' }).click()
    await page.getByText('预约成功').waitFor()
  })
})

describe('how it looks', () => {
  test('in English every label is English', async () => {
    const miniProgram = await scene.miniProgram(phone)
    const { top, page } = miniProgram
    await top.getByText(/好，韩梅梅/).waitFor()
    await page.locator('.mp-tab').last().click()
    await top.getByText('English').click()
    await top.getByText('Log out').waitFor()
    await picture(page, 'mini-program-me-english')
    await page.locator('.mp-tab').nth(1).click()
    await picture(page, 'mini-program-rooms-english')
    const tabs = await page.locator('.mp-tab').allTextContents()
    expect(tabs.join('')).not.toMatch(/\p{Script=Han}/u)
    expect(await page.locator('.mp-title').textContent()).not.toMatch(/\p{Script=Han}/u)
  })

  test('in the dark it is dark', async () => {
    const miniProgram = await scene.miniProgram(phone, { ...phoneScreen, colorScheme: 'dark' })
    await miniProgram.top.getByText(/好，韩梅梅/).waitFor()
    await picture(miniProgram.page, 'mini-program-today-dark')
    await miniProgram.tab('会议室').click()
    await miniProgram.top.getByRole('button', { name: /^望岳、/ }).waitFor()
    await picture(miniProgram.page, 'mini-program-rooms-dark')
    const background = await miniProgram.page.evaluate(
      () => getComputedStyle(document.querySelector('mp-page:not([hidden])')!).backgroundColor,
    )
    const [red = 255] = (background.match(/\d+/g) ?? []).map(Number)
    expect(red).toBeLessThan(60)
  })
})

test('in all of this no foreign host was called and no error logged', () => {
  expect(scene.problems()).toEqual([])
})
