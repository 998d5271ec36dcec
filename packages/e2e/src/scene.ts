import { type Browser, type BrowserContextOptions } from 'playwright-core'
import { launchBrowser, phoneScreen, WatchedContext } from './browser'
import { MiniProgramPage } from './mini-program-page'
import { serveMiniProgram, type MiniProgramSite } from './mp-host/site'
import { paths } from './paths'
import { type Phone } from './sandbox-control'
import { startStack, type Stack } from './stack'

/** Everything a browser test needs: the stack, a browser, and windows that note what no page may do. */
export class Scene {
  readonly #windows: WatchedContext[] = []

  private constructor(
    readonly stack: Stack,
    readonly browser: Browser,
    readonly site: MiniProgramSite,
  ) {}

  static async open(env: Record<string, string> = {}): Promise<Scene> {
    const stack = await startStack(env)
    const site = await serveMiniProgram(paths.miniProgram, stack.url)
    return new Scene(stack, await launchBrowser(), site)
  }

  /** A window of its own, with its own storage. */
  async window(options: BrowserContextOptions = {}): Promise<WatchedContext> {
    const allowed = [this.stack.url, this.stack.sandbox.url, this.site.url]
    const window = await WatchedContext.open(this.browser, allowed, options)
    this.#windows.push(window)
    return window
  }

  /** The compiled mini program on somebody's phone. */
  async miniProgram(
    phone: Phone | undefined,
    { answer, ...options }: BrowserContextOptions & { answer?: 'accept' | 'reject' } = {},
  ): Promise<MiniProgramPage> {
    // A mini program reaches nobody but the BFF, through the site that runs it.
    const window = await WatchedContext.open(this.browser, [this.site.url], { ...phoneScreen, ...options })
    this.#windows.push(window)
    return MiniProgramPage.open(window, this.site.url, this.stack.sandbox, phone, answer)
  }

  /** What the pages of all windows did that they may not, and what the server wrote that it may not; must be empty. */
  problems(): string[] {
    const log = this.stack.logs.join('\n')
    const leaks = this.#windows
      .flatMap((window) => [...window.secrets])
      .filter((secret) => log.includes(secret))
      .map(() => 'a password, login code or token is in the server’s log')
    return [...this.#windows.flatMap((window) => window.problems), ...leaks]
  }

  /** How many secrets the watch knows: none would mean that it watches nothing. */
  get secretsSeen(): number {
    return new Set(this.#windows.flatMap((window) => [...window.secrets])).size
  }

  async close(): Promise<void> {
    await this.browser.close()
    await this.site.close()
    await this.stack.close()
  }
}
