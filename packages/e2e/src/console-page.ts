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

  /** Opens a day, `2026-11-26`, and waits until its bookings are there. */
  async goToDay(key: string): Promise<void> {
    await this.page.goto(`${this.origin}/?date=${key}`)
    await this.#hour(key, '10').waitFor()
    await this.page.locator('[aria-busy="true"]').waitFor({ state: 'hidden' })
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

  /** The drawer with a booking or its form. */
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
