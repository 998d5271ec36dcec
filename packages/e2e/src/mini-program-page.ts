import { type Locator, type Page } from 'playwright-core'
import { demoPassword } from './api-client'
import { type WatchedContext } from './browser'
import { type Phone, type SandboxControl } from './sandbox-control'

/** A compiled mini program running on somebody's phone. */
export class MiniProgramPage {
  private constructor(readonly page: Page) {}

  /**
   * Opens the mini program.
   * @param phone who holds the phone; undefined for one whose WeChat does not answer
   * @param answer what its holder answers to every subscription pop-up; undefined leaves it to the phone's page
   */
  static async open(
    context: WatchedContext,
    siteUrl: string,
    sandbox: SandboxControl,
    phone: Phone | undefined,
    answer?: 'accept' | 'reject',
  ): Promise<MiniProgramPage> {
    const page = await context.page()
    await page.exposeFunction('mpLogin', async () => (phone ? sandbox.loginCode(phone.openid) : undefined))
    await page.exposeFunction('mpRequestSubscribeMessage', async (templateIds: string[]) =>
      phone
        ? { results: await sandbox.ask(phone.openid, templateIds, answer) }
        : { errCode: 10_002, errMsg: 'network error' },
    )
    await page.goto(siteUrl)
    return new MiniProgramPage(page)
  }

  /** The page on top, without those that wait underneath. */
  get top(): Locator {
    return this.page.locator('mp-page:visible')
  }

  tab(name: string): Locator {
    return this.page.locator('.mp-tab', { hasText: name })
  }

  back(): Promise<void> {
    return this.page.getByRole('button', { name: '返回' }).click()
  }

  /** Logs in on the login page, which must be on top. */
  async logIn(username: string, password = demoPassword): Promise<void> {
    await this.top.getByLabel('用户名').fill(username)
    await this.top.getByLabel('密码', { exact: true }).fill(password)
    await this.top.getByRole('button', { name: '登录' }).click()
  }

  /** Goes to a room's day through the list of rooms; `day` in words, `11月26日 周四`. */
  async openRoomDay(room: string, day: string): Promise<void> {
    await this.tab('会议室').click()
    await this.top.getByRole('button', { name: day }).click()
    await this.top.getByRole('button', { name: new RegExp(`^${room}、`) }).click()
    await this.top.getByText('点一个空闲时段作为开始').waitFor()
  }

  /** Opens the form for a booking from a room's day. */
  async startBooking(room: string, day: string, from: string): Promise<void> {
    await this.openRoomDay(room, day)
    await this.top.getByRole('button', { name: `${from} 空闲` }).click()
    await this.top.getByRole('button', { name: new RegExp(`^预约 ${from}`) }).click()
    await this.top.getByLabel('会议主题').waitFor()
  }

  /** Opens what stands under 账号 on the person's own page. */
  async openAccount(entry: '微信' | '登录设备' | '修改密码'): Promise<void> {
    await this.tab('我').last().click()
    await this.top.getByRole('button', { name: entry }).click()
  }

  /** A short message that comes and goes by itself. */
  toast(text: string | RegExp): Locator {
    return this.page.getByRole('status').getByText(text)
  }

  /** A question that WeChat draws, or a sheet of the page. */
  get question(): Locator {
    return this.page.getByRole('dialog').filter({ visible: true })
  }

  /** The mini program is ended and opened again; its storage stays. */
  async restart(): Promise<void> {
    await this.page.reload()
  }

  /** Pulls the page on top down, as a finger does. */
  pullDown(): Promise<void> {
    return this.page.evaluate(() => window.mpPullDown())
  }
}
