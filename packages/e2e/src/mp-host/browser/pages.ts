import type * as glassEasel from 'glass-easel'
import { type AssociatedBackend, type CodeSpace, type Root } from 'glass-easel-miniprogram-adapter'
import { type PackedMiniProgram } from '../packed'
import { type ComponentRegistry } from './components'

/** A page as its own scripts see it, with the methods they put on it. */
type PageInstance = object

interface OpenPage {
  route: string
  options: Record<string, string>
  root: Root
  element: HTMLElement
  instance: PageInstance
}

/** Called whenever another page comes to the front. */
export type Shown = (page: { route: string; depth: number }) => void

/** The stack of open pages; only the last one is seen. Pages of the tab bar stay alive while another tab is seen. */
export class PageStack {
  #open: OpenPage[] = []
  readonly #tabs = new Map<string, OpenPage>()

  constructor(
    private readonly pack: PackedMiniProgram,
    private readonly registry: ComponentRegistry,
    private readonly backend: AssociatedBackend,
    private readonly space: CodeSpace,
    private readonly into: HTMLElement,
    private readonly shown: Shown,
  ) {}

  get instances(): PageInstance[] {
    return this.#open.map(({ instance }) => instance)
  }

  get top(): PageInstance | undefined {
    return this.#open.at(-1)?.instance
  }

  has(url: string) {
    return this.pack.app.pages.includes(routeOf(url))
  }

  isTab(url: string) {
    return this.pack.app.tabBar?.list.some(({ pagePath }) => pagePath === routeOf(url)) ?? false
  }

  /** Opens a page over the others. */
  push(url: string) {
    call(this.top, 'onHide')
    const page = this.#create(url)
    this.#open.push(page)
    if (this.isTab(url)) this.#tabs.set(page.route, page)
    call(page.instance, 'onLoad', page.options)
    this.#show(page)
    call(page.instance, 'onReady')
  }

  /** Closes as many pages, but never the last one. */
  back(delta: number) {
    for (let i = 0; i < delta && this.#open.length > 1; i++) this.#close(this.#open.pop())
    this.#showTop()
  }

  replace(url: string) {
    this.#close(this.#open.pop())
    this.push(url)
  }

  /** Closes everything, tabs as well. */
  restart(url: string) {
    for (const page of new Set([...this.#open, ...this.#tabs.values()])) this.#close(page)
    this.#open = []
    this.push(url)
  }

  switchTab(url: string) {
    const known = this.#tabs.get(routeOf(url))
    if (known && this.#open.length === 1 && this.#open[0] === known) return
    for (const page of this.#open) {
      if (this.isTab(page.route)) call(page.instance, 'onHide')
      else this.#close(page)
    }
    this.#open = known ? [known] : []
    if (known) this.#show(known)
    else this.push(url)
  }

  #create(url: string): OpenPage {
    const route = routeOf(url)
    const options = Object.fromEntries(new URLSearchParams(url.split('?')[1] ?? ''))
    this.registry.register(route)
    const element = document.createElement('mp-page')
    element.dataset.route = route
    const placeholder = element.appendChild(document.createElement('div'))
    this.into.appendChild(element)
    const root = this.backend.createRoot('mp-root', this.space, `/${route}`)
    const instance = Object.assign(root.get(), { route, options, __route__: route, is: route })
    if (isBackendElement(element) && isBackendElement(placeholder)) root.attach(element, placeholder)
    return { route, options, root, element, instance }
  }

  #close(page: OpenPage | undefined) {
    if (!page) return
    this.#tabs.delete(page.route)
    call(page.instance, 'onUnload')
    page.root.release()
    page.element.remove()
  }

  #showTop() {
    const page = this.#open.at(-1)
    if (page) this.#show(page)
  }

  #show(page: OpenPage) {
    for (const other of [...this.#tabs.values(), ...this.#open]) other.element.hidden = other !== page
    this.shown({ route: page.route, depth: this.#open.length - 1 })
    page.root.getComponent().triggerPageLifetime('show', [])
    call(page.instance, 'onShow')
  }
}

/** `/pages/a/a?x=1` is the route `pages/a/a`. */
export function routeOf(url: string): string {
  return (url.split('?')[0] ?? '').replace(/^\//, '')
}

/** Calls a page's method when it has one. */
export function call(instance: object | undefined, method: string, ...args: unknown[]): unknown {
  const found: unknown = instance && Reflect.get(instance, method)
  return typeof found === 'function' ? found.apply(instance, args) : undefined
}

/** The host draws into the DOM, whose elements glass-easel types more narrowly than the browser does. */
function isBackendElement(element: unknown): element is glassEasel.GeneralBackendElement {
  return element instanceof HTMLElement
}
