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

  /** The mini program is ended and opened again; its storage stays. */
  async restart(): Promise<void> {
    await this.page.reload()
  }

  /** Pulls the page on top down, as a finger does. */
  pullDown(): Promise<void> {
    return this.page.evaluate(() => window.mpPullDown())
  }
}
