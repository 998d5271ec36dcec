import { succeed, type Callbacks } from './callbacks'
import { type PackedMiniProgram } from '../packed'

/** What WeChat draws around a page: the navigation bar above it and the tab bar below. */
export class Chrome {
  readonly pages: HTMLElement
  readonly #title = part('h1', 'mp-title')
  readonly #back = part('button', 'mp-back')
  readonly #bar = part('header', 'mp-nav')
  readonly #tabs = part('nav', 'mp-tabs')
  readonly #theme: Record<string, string>

  constructor(
    mount: HTMLElement,
    private readonly pack: PackedMiniProgram,
    go: { back(): void; tab(path: string): void },
  ) {
    this.#theme = pack.theme[matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light']
    this.pages = part('main', 'mp-pages')
    this.#back.setAttribute('aria-label', '返回')
    this.#back.addEventListener('click', go.back)
    this.#bar.append(this.#back, this.#title)
    for (const { pagePath, text } of this.#list) {
      const tab = part('button', 'mp-tab')
      tab.textContent = text
      tab.addEventListener('click', () => go.tab(`/${pagePath}`))
      this.#tabs.append(tab)
    }
    mount.append(this.#bar, this.pages, this.#tabs)
    const { tabBar } = pack.app
    this.#tabs.style.background = this.#color(tabBar?.backgroundColor)
  }

  get #list() {
    return this.pack.app.tabBar?.list ?? []
  }

  /** `@name` stands for a value of theme.json. */
  #color(value = ''): string {
    return value.startsWith('@') ? (this.#theme[value.slice(1)] ?? '') : value
  }

  /** Draws the bars of the page that came to the front. */
  show({ route, depth }: { route: string; depth: number }) {
    const json = { ...this.pack.app.window, ...this.pack.json[route] }
    this.#title.textContent = json.navigationBarTitleText ?? ''
    this.#bar.hidden = json.navigationStyle === 'custom'
    this.#bar.style.background = this.#color(json.navigationBarBackgroundColor)
    this.#bar.style.color = this.#color(json.navigationBarTextStyle)
    this.pages.style.background = this.#color(json.backgroundColor)
    this.#back.hidden = depth === 0
    const index = this.#list.findIndex(({ pagePath }) => pagePath === route)
    this.#tabs.hidden = index < 0
    const { color, selectedColor } = this.pack.app.tabBar ?? {}
    this.#eachTab((tab, at) => {
      tab.setAttribute('aria-current', at === index ? 'page' : 'false')
      tab.style.color = this.#color(at === index ? selectedColor : color)
    })
  }

  #eachTab(draw: (tab: HTMLElement, index: number) => void) {
    ;[...this.#tabs.children].forEach((tab, index) => {
      if (tab instanceof HTMLElement) draw(tab, index)
    })
  }

  /** The calls of `wx` that change the bars. */
  get api() {
    return {
      setNavigationBarTitle: (options: Callbacks & { title: string }) => {
        this.#title.textContent = options.title
        succeed(options, 'setNavigationBarTitle')
      },
      setNavigationBarColor: (options: Callbacks & { backgroundColor: string; frontColor: string }) => {
        this.#bar.style.background = options.backgroundColor
        this.#bar.style.color = options.frontColor
        succeed(options, 'setNavigationBarColor')
      },
      setTabBarItem: (options: Callbacks & { index: number; text?: string }) => {
        this.#eachTab((tab, at) => {
          if (at === options.index && options.text !== undefined) tab.textContent = options.text
        })
        succeed(options, 'setTabBarItem')
      },
      setTabBarStyle: (options: Callbacks & { backgroundColor?: string }) => {
        if (options.backgroundColor) this.#tabs.style.background = options.backgroundColor
        succeed(options, 'setTabBarStyle')
      },
    }
  }
}

function part(tag: string, className: string): HTMLElement {
  const element = document.createElement(tag)
  element.className = className
  return element
}
