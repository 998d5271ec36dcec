import { accessSync, constants, mkdirSync } from 'node:fs'
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core'
import { paths } from './paths'

const places = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** Starts the system's Chromium, quiet towards the network. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = places.find((place) => place && isExecutable(place))
  if (!executablePath) throw new Error('no Chromium: apt-get install chromium fonts-noto-cjk, or set CHROMIUM_PATH')
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** A window that notes what no page of ours may do: call a foreign host, log an error, or throw. */
export class WatchedContext {
  readonly problems: string[] = []
  /** Passwords, login codes and tokens that went to the server or came from it. */
  readonly secrets = new Set<string>()

  private constructor(readonly context: BrowserContext) {}

  /** @param allowed origins that the pages may call */
  static async open(
    browser: Browser,
    allowed: readonly string[],
    options: BrowserContextOptions = {},
  ): Promise<WatchedContext> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN', ...options })
    // A test that hangs says where, long before the runner gives up.
    context.setDefaultTimeout(15_000)
    const watched = new WatchedContext(context)
    const origins = new Set(allowed.map((url) => new URL(url).origin))
    context.on('request', (request) => {
      const { protocol, origin } = new URL(request.url())
      watched.#note(request.postData(), ['password', 'currentPassword', 'newPassword', 'code', 'refreshToken'])
      if (['data:', 'blob:', 'about:'].includes(protocol) || origins.has(origin)) return
      watched.problems.push(`foreign request: ${request.method()} ${request.url()}`)
    })
    context.on('response', (response) => {
      if (!/\/(auth|accounts|imports)\b/.test(new URL(response.url()).pathname)) return
      const names = ['accessToken', 'refreshToken', 'password', 'passwordKey']
      const noted = response.text().then((text) => watched.#note(text, names))
      // A page that is left takes its answers with it.
      noted.catch(() => undefined)
    })
    context.on('weberror', (error) => watched.problems.push(`uncaught: ${error.error().message}`))
    context.on('console', (message) => {
      // The browser itself notes answers of 4xx as errors; those are part of what the tests provoke.
      if (message.type() === 'error' && !/^Failed to load resource/.test(message.text()))
        watched.problems.push(`console: ${message.text()}`)
    })
    return watched
  }

  #note(body: string | null, names: readonly string[]): void {
    for (const name of names) {
      const value = new RegExp(`"${name}":"([^"]{8,})"`).exec(body ?? '')?.[1]
      if (value) this.secrets.add(value)
    }
  }

  page(): Promise<Page> {
    return this.context.newPage()
  }

  close(): Promise<void> {
    return this.context.close()
  }
}

/** Phones of the tests: as wide as most. */
export const phoneScreen: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  hasTouch: true,
}

/**
 * Writes what a person sees to the artefacts.
 * @param whole the page down to its end, not only what fits the screen
 */
export async function picture(page: Page, name: string, { whole = false } = {}): Promise<void> {
  mkdirSync(paths.artifacts, { recursive: true })
  await page.screenshot({ path: `${paths.artifacts}${name}.png`, animations: 'disabled', fullPage: whole })
}
