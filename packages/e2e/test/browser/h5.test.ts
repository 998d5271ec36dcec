import { type Locator, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ApiClient, demoPassword } from '../../src/api-client'
import { phoneScreen, picture, type WatchedContext } from '../../src/browser'
import { orgDay } from '../../src/org-day'
import { Scene } from '../../src/scene'

describe('H5 in the demo, on a phone', () => {
  let scene: Scene
  let window: WatchedContext
  let page: Page
  const day = orgDay(6)

  beforeAll(async () => {
    scene = await Scene.open()
    await scene.stack.sandbox.addPhone('李雷的手机')
    window = await scene.window(phoneScreen)
    page = await window.page()
    await page.goto(`${scene.stack.url}/m/`)
  })
  afterAll(() => scene?.close())

  /** The page on top; uni-app keeps the others in the document. */
  const top = (): Locator => page.locator('uni-page:visible')
  const tab = (name: string): Locator => page.locator('uni-tabbar').getByText(name, { exact: true })
  const button = (name: string | RegExp): Locator => top().getByRole('button', { name })
  const prompt = (): Locator => page.getByRole('dialog').filter({ hasText: '发送以下消息' })

  test('each browser holds a phone of the sandbox, and can pick up another', async () => {
    await page.getByRole('button', { name: '沙箱手机：H5 1' }).click()
    await page.getByRole('button', { name: '李雷的手机' }).click()
    await page.getByRole('button', { name: '沙箱手机：李雷的手机' }).click()
    await page.getByRole('button', { name: 'H5 1' }).click()
    await page.getByRole('button', { name: '沙箱手机：H5 1' }).waitFor()
  })

  test('Han Meimei logs in, which binds the phone', async () => {
    await button('韩梅梅').click()
    await top().locator('input[type="password"]').fill('wrong-password')
    await button(/^登录$/).click()
    await top().getByRole('alert').getByText('用户名或密码不对').waitFor()
    expect(await top().getByRole('textbox', { name: '用户名' }).inputValue()).toBe('hanmeimei')
    await picture(page, 'h5-login-wrong')
    await top().locator('input[type="password"]').fill(demoPassword)
    await button(/^登录$/).click()
    await top()
      .getByText(/好，韩梅梅/)
      .waitFor()
    const api = await ApiClient.login(scene.stack.url, 'hanmeimei')
    expect(await api.me()).toMatchObject({ wechat: { bound: true } })
  })

  test('the subscription question comes up in the page and counts', async () => {
    await button('订阅').click()
    await prompt().getByText('会议预约通知').waitFor()
    await picture(page, 'h5-subscription')
    await prompt().getByRole('button', { name: '允许' }).click()
    await page.getByText('已订阅，还能收到 1 条').waitFor()
  })

  test('she books a room and looks at the booking', async () => {
    await tab('会议室').click()
    await button(day.words).click()
    await button(/^听松、/).click()
    await button('13:00 空闲').click()
    await picture(page, 'h5-room-day')
    await button(/^预约 13:00/).click()
    await top().getByRole('textbox', { name: '会议主题' }).fill('市场周会')
    await top().getByRole('textbox', { name: '搜索姓名或用户名' }).fill('林娜')
    await button('添加 林娜').click()
    await picture(page, 'h5-form')
    await button('确认预约').click()
    await prompt().getByRole('button', { name: '允许' }).click()
    await page.getByText('预约成功').waitFor()
    await top().getByText('听松').waitFor()
    const text = await top().innerText()
    for (const part of ['市场周会', '13:00–14:00', '韩梅梅', '林娜']) expect(text).toContain(part)
    await picture(page, 'h5-detail')
  })

  test('the booking is among hers, and cancelling it frees the room', async () => {
    await page.goto(`${scene.stack.url}/m/#/pages/my-bookings/my-bookings`)
    await button(/市场周会/).click()
    await button('取消预约').click()
    const sheet = top().getByRole('dialog')
    await sheet.getByRole('textbox', { name: '原因' }).fill('改期')
    await sheet.getByRole('button', { name: '取消预约' }).click()
    await top().getByText('原因：改期').waitFor()
    await picture(page, 'h5-cancelled')
    const api = await ApiClient.login(scene.stack.url, 'lilei')
    const { id: roomId } = await api.room('听松')
    const booked = await api.book({
      roomId,
      title: '空出来了',
      startsAt: day.at('13:00'),
      endsAt: day.at('14:00'),
      attendeeIds: [],
    })
    expect(booked.status).toBe('confirmed')
  })

  test('her session ends while she fills in a form: after the login all of it is there', async () => {
    await page.goto(`${scene.stack.url}/m/#/pages/rooms/rooms`)
    await button(day.words).click()
    await button(/^观澜、/).click()
    await button('09:00 空闲').click()
    await button(/^预约 09:00/).click()
    await top().getByRole('textbox', { name: '会议主题' }).fill('填到一半')
    await top().getByRole('textbox', { name: '备注' }).fill('请带上样品')
    await (await ApiClient.login(scene.stack.url, 'admin')).endSessionsOf('韩梅梅')
    await button('确认预约').click()
    await prompt().getByRole('button', { name: '允许' }).click()
    await top().getByText('登录已过期，请重新登录').waitFor()
    await top().getByRole('textbox', { name: '用户名' }).fill('hanmeimei')
    await top().locator('input[type="password"]').fill(demoPassword)
    await button(/^登录$/).click()
    await page.getByText('你之前填的内容还在').waitFor()
    expect(await top().getByRole('textbox', { name: '会议主题' }).inputValue()).toBe('填到一半')
    expect(await top().getByRole('textbox', { name: '备注' }).inputValue()).toBe('请带上样品')
    await picture(page, 'h5-form-restored')
    await button('确认预约').click()
    await prompt().getByRole('button', { name: '允许' }).click()
    await page.getByText('预约成功').waitFor()
  })

  test('her own page tells her WeChat is bound, and speaks English when asked to', async () => {
    await page.goto(`${scene.stack.url}/m/#/pages/me/me`)
    await top().getByText('已绑定微信').waitFor()
    await top().getByText('English').click()
    await button('Log out').waitFor()
    await picture(page, 'h5-me-english')
    const tabs = await page.locator('uni-tabbar').innerText()
    expect(tabs).not.toMatch(/\p{Script=Han}/u)
  })

  test('no foreign host was asked and no error logged', () => {
    expect(scene.problems()).toEqual([])
  })
})
