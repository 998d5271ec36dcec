import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Page } from 'playwright-core'
import { ApiClient, demoPassword } from '../../src/api-client'
import { picture } from '../../src/browser'
import { ConsolePage } from '../../src/console-page'
import { type MiniProgramPage } from '../../src/mini-program-page'
import { orgDay } from '../../src/org-day'
import { type Phone } from '../../src/sandbox-control'
import { Scene } from '../../src/scene'
import { until } from '../../src/until'

describe('the main job', () => {
  let scene: Scene
  let phone: Phone
  let miniProgram: MiniProgramPage
  let phones: Page
  let consolePage: ConsolePage
  const day = orgDay(4)

  beforeAll(async () => {
    scene = await Scene.open()
    phone = await scene.stack.sandbox.addPhone('韩梅梅')
    phones = await (await scene.window()).page()
    await phones.goto(scene.stack.sandbox.url)
  })
  afterAll(() => scene?.close())

  test('Han Meimei logs in to the mini program, and her openid is stored', async () => {
    miniProgram = await scene.miniProgram(phone)
    const { page, top } = miniProgram
    const login = page.waitForRequest(
      (request) => request.method() === 'POST' && /\/auth\/(wx-program\/)?login$/.test(request.url()),
    )
    await top.getByLabel('用户名').waitFor()
    await picture(page, 'mini-program-login')
    await miniProgram.logIn('hanmeimei')
    expect((await login).postDataJSON()).toMatchObject({ username: 'hanmeimei', code: expect.any(String) })
    await top.getByText(/好，韩梅梅/).waitFor()
    const api = await ApiClient.login(scene.stack.url, 'hanmeimei')
    expect(await api.me()).toMatchObject({ wechat: { bound: true } })
    // Once for the launch, which nobody was bound to yet, and once with the password.
    expect(await scene.stack.sandbox.calls('/sns/jscode2session')).toMatchObject([{ errcode: 0 }, { errcode: 0 }])
  })

  test('she accepts meeting notices: the question comes up on her phone, and her answer reaches the mini program', async () => {
    const { page, top } = miniProgram
    await top.getByRole('button', { name: '订阅' }).click()
    const hers = phones.getByRole('article', { name: '韩梅梅' })
    await hers.getByRole('dialog').waitFor()
    await picture(phones, 'sandbox-subscription', { whole: true })
    await hers.getByRole('button', { name: '允许', exact: true }).click()
    await page.getByText('已订阅，还能收到 1 条').waitFor()
    await picture(page, 'mini-program-today')
  })

  test('Li Lei books by dragging across a room and inviting her, and the card arrives on her phone', async () => {
    consolePage = await ConsolePage.open(await scene.window(), scene.stack.url)
    await consolePage.enter('lilei')
    await consolePage.goToDay(day.key)
    await consolePage.dragAcross(day.key, '摘星', '10:00', '11:30')
    const { drawer } = consolePage
    await drawer.getByLabel('会议主题').fill('年度规划讨论')
    await consolePage.invite('韩梅梅')
    await picture(consolePage.page, 'console-booking-form')
    await drawer.getByRole('button', { name: '预约', exact: true }).click()
    await consolePage.notice(/已预约 摘星.*10:00–11:30.*正在通知 1 人/).waitFor()
    await consolePage.bar('年度规划讨论').waitFor()
    await picture(consolePage.page, 'console-timeline')

    const card = phones.getByRole('article', { name: '韩梅梅' }).getByLabel('服务通知')
    await card.getByText('年度规划讨论').waitFor()
    await picture(phones, 'sandbox-card', { whole: true })
    const text = await card.innerText()
    for (const part of ['年度规划讨论', '摘星', '10:00', '11:30', '李雷']) expect(text).toContain(part)
    const [message] = await scene.stack.sandbox.messages(phone.openid)
    expect(message?.data).toMatchObject({
      thing4: { value: '年度规划讨论' },
      thing1: { value: '摘星' },
      thing3: { value: '李雷' },
      character_string2: { value: expect.stringMatching(/10:00.*11:30/) },
      time6: { value: expect.stringMatching(/10:00/) },
    })
  })

  test('the notification log says it was sent, with the number WeChat gave it', async () => {
    const staff = await ConsolePage.open(await scene.window(), scene.stack.url)
    await staff.enter('manager')
    await staff.page.getByRole('link', { name: '通知记录' }).click()
    const row = staff.page.getByRole('row').filter({ hasText: '年度规划讨论' })
    await row.getByText('已发送').waitFor()
    await row.getByRole('button', { name: /韩梅梅/ }).click()
    const [message] = await scene.stack.sandbox.messages(phone.openid)
    await staff.page.getByText(String(message?.msgid)).first().waitFor()
    await picture(staff.page, 'console-notifications')
  })

  test('a second booking, made with the keyboard alone, finds no accept left and says so instead of being silent', async () => {
    const { page, drawer } = consolePage
    await page.keyboard.press('n')
    await drawer.getByLabel('会议主题').waitFor()
    await drawer.getByLabel('会议主题').focus()
    await page.keyboard.type('键盘预约')
    await page.keyboard.press('Tab')
    await page.keyboard.type('揽月')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await drawer.getByLabel('参会人').focus()
    await page.keyboard.type('韩梅梅')
    await page.getByRole('option', { name: /韩梅梅/ }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await drawer.getByLabel('会议主题').press('Enter')
    await consolePage.notice(/已预约 揽月/).waitFor()
    const staff = await ApiClient.login(scene.stack.url, 'manager')
    const sent = await until('what became of the second message', async () => {
      const found = (await staff.notifications()).find(({ booking }) => booking.title === '键盘预约')
      return found && !['pending', 'leased'].includes(found.state) ? found : undefined
    })
    expect(sent).toMatchObject({ state: 'no_accept', recipient: { name: '韩梅梅' } })
  })

  test('no page has called a foreign host or logged an error', async () => {
    expect(scene.problems()).toEqual([])
    expect(scene.secretsSeen).toBeGreaterThan(5)
    await until('something logged', () => scene.stack.logs.length > 0)
    for (const secret of [demoPassword, phone.openid]) expect(scene.stack.logs.join('\n')).not.toContain(secret)
  })
})
