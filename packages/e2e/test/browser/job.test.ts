import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Page } from 'playwright-core'
import { ApiClient, demoPassword } from '../../src/api-client'
import { picture } from '../../src/browser'
import { type MiniProgramPage } from '../../src/mini-program-page'
import { type Phone } from '../../src/sandbox-control'
import { Scene } from '../../src/scene'
import { until } from '../../src/until'

describe('the main job', () => {
  let scene: Scene
  let phone: Phone
  let miniProgram: MiniProgramPage
  let phones: Page

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
    await picture(phones, 'sandbox-subscription')
    await hers.getByRole('button', { name: '允许', exact: true }).click()
    await page.getByText('已订阅，还能收到 1 条').waitFor()
    await picture(page, 'mini-program-today')
  })

  test('no page has called a foreign host or logged an error', async () => {
    expect(await miniProgram.foreign()).toEqual([])
    expect(scene.problems()).toEqual([])
    await until('something logged', () => scene.stack.logs.length > 0)
    for (const secret of [demoPassword, phone.openid]) expect(scene.stack.logs.join('\n')).not.toContain(secret)
  })
})
