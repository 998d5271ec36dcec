import { type Locator, type Page } from 'playwright-core'
import { demoPassword } from './api-client'
import { type WatchedContext } from './browser'
import { until } from './until'

/** A place on the day's timeline: a room and a wall-clock time such as `10:30`. */
export interface Place {
  room: string
  time: string
}

/** The staff console in a browser. */
export class ConsolePage {
  private constructor(
    readonly page: Page,
    private readonly origin: string,
  ) {}

  static async open(window: WatchedContext, origin: string): Promise<ConsolePage> {
    const page = await window.page()
    await page.goto(origin)
    return new ConsolePage(page, origin)
  }

  async logIn(username: string, password = demoPassword): Promise<void> {
    await this.page.getByLabel('用户名').fill(username)
    await this.page.getByLabel('密码', { exact: true }).fill(password)
    await this.page.getByRole('button', { name: '登录', exact: true }).click()
  }

  /** Logs in and waits for the timeline. */
  async enter(username: string): Promise<void> {
    await this.logIn(username)
    await this.page.getByRole('button', { name: '新建预约' }).waitFor()
  }

  /** Replaces a password that staff gave, which must be on the page, and waits for the timeline. */
  async setOwnPassword(given: string, own: string): Promise<void> {
    await this.page.getByLabel('刚才登录用的密码').fill(given)
    await this.page.getByLabel('新密码', { exact: true }).fill(own)
    await this.page.getByRole('button', { name: '设置密码并继续' }).click()
    await this.page.getByRole('button', { name: '新建预约' }).waitFor()
  }

  /** The names of the pages in the menu. */
  menu(): Promise<string[]> {
    return this.page.getByRole('navigation', { name: '主导航' }).getByRole('link').allInnerTexts()
  }

  /** Opens a page from the menu and waits for its heading. */
  async open(name: string): Promise<void> {
    await this.page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name, exact: true }).click()
    await this.page.getByRole('heading', { name, level: 1 }).waitFor()
  }

  /** The row of a table that says so. */
  row(text: string | RegExp): Locator {
    return this.page.getByRole('row').filter({ hasText: text })
  }

  /** Lists only what a text is found in. */
  async search(text: string): Promise<void> {
    await this.page.getByRole('search').getByRole('textbox').first().fill(text)
    await this.page.waitForURL((url) => url.searchParams.get('search') === text)
    await this.#settled()
  }

  /** Chooses an action from a person's menu in the list of people. */
  async act(person: string, action: string): Promise<void> {
    await this.page.getByRole('button', { name: `${person} 的操作` }).click()
    await this.page.getByRole('menuitem', { name: action, exact: true }).click()
  }

  /** Chooses from a drop-down list. */
  async choose(label: string, option: string): Promise<void> {
    const field = this.page.getByRole('combobox', { name: label, exact: true })
    // What is chosen already lies over the field and takes the click.
    await this.page.locator('.el-select__wrapper').filter({ has: field }).click()
    await this.page.getByRole('option', { name: option, exact: true }).filter({ visible: true }).click()
  }

  /** Opens a day, `2026-11-26`, and waits until its bookings are there. */
  async goToDay(key: string): Promise<void> {
    await this.page.goto(`${this.origin}/?date=${key}`)
    await this.#hour(key, '10').waitFor()
    await this.#settled()
  }

  /** The bar of a booking on the timeline. */
  bar(title: string): Locator {
    return this.timeline.getByRole('button').filter({ hasText: title })
  }

  /** Where a booking's bar is on the screen, in pixels. */
  placeOf(title: string) {
    return boxOf(this.bar(title))
  }

  get timeline(): Locator {
    return this.page.getByRole('region', { name: /各会议室的预约/ })
  }

  /** The drawer or question on top of the page. */
  get drawer(): Locator {
    return this.page.getByRole('dialog').filter({ visible: true })
  }

  notice(text: string | RegExp): Locator {
    return this.page.getByRole('status').getByText(text)
  }

  /** Drags across the empty hours of a room. */
  async dragAcross(day: string, room: string, from: string, to: string): Promise<void> {
    const start = await this.#point(day, { room, time: from })
    const end = await this.#point(day, { room, time: to })
    await this.#drag({ ...start, x: start.x + 3 }, { ...end, x: end.x - 3 })
  }

  /** Drags a booking's bar by its middle, so that it starts at `to`. */
  async moveBar(day: string, title: string, from: Place, to: Place): Promise<void> {
    const box = await boxOf(this.bar(title))
    const start = await this.#point(day, from)
    const end = await this.#point(day, to)
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
    await this.#drag(middle, { x: middle.x + end.x - start.x, y: middle.y + end.y - start.y })
  }

  /** Drags the right edge of a booking's bar to another time. */
  async resizeBar(day: string, title: string, room: string, to: string): Promise<void> {
    const box = await boxOf(this.bar(title))
    const edge = { x: box.x + box.width - 2, y: box.y + box.height / 2 }
    const end = await this.#point(day, { room, time: to })
    await this.#drag(edge, { x: end.x - 2, y: edge.y })
  }

  /** Invites a colleague in the open form, by typing. */
  async invite(name: string): Promise<void> {
    await this.drawer.getByLabel('参会人').focus()
    await this.page.keyboard.type(name)
    await this.page.getByRole('option', { name: new RegExp(name) }).click()
    await this.page.keyboard.press('Escape')
  }

  /** What is on the page is what the server has answered last. */
  async #settled(): Promise<void> {
    await this.page.locator('[aria-busy="true"]').waitFor({ state: 'hidden' })
  }

  #hour(day: string, hour: string): Locator {
    return this.timeline.locator(`.ec-slot:has(time[datetime="${day}T${hour}:00:00"])`)
  }

  async #point(day: string, { room, time }: Place): Promise<{ x: number; y: number }> {
    const [hour = '', minute = ''] = time.split(':')
    const next = String(Number(hour) + 1).padStart(2, '0')
    const [from, to] = [await boxOf(this.#hour(day, hour)), await boxOf(this.#hour(day, next))]
    const row = await boxOf(this.timeline.getByRole('rowheader').filter({ hasText: room }))
    return { x: from.x + ((to.x - from.x) * Number(minute)) / 60, y: row.y + row.height / 2 }
  }

  async #drag(from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
    // A drawer that is still closing would catch the pointer.
    await this.page.locator('.el-overlay:visible').waitFor({ state: 'hidden' })
    const { mouse } = this.page
    await mouse.move(from.x, from.y)
    await mouse.down()
    await mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 5 })
    await mouse.move(to.x, to.y, { steps: 5 })
    await mouse.up()
  }
}

/** Where an element is. The calendar draws its bars anew whenever it has fresh data, so one look may find nothing. */
function boxOf(locator: Locator) {
  return until('an element on the screen', async () => (await locator.boundingBox()) ?? undefined)
}
