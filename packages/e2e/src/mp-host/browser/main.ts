import { MiniProgramEnv } from 'glass-easel-miniprogram-adapter'
import { type PackedMiniProgram } from '../packed'
import { bridgeOf } from './bridge'
import { registerBuiltIns } from './built-ins'
import { succeed, type Callbacks } from './callbacks'
import { Chrome } from './chrome'
import { ComponentRegistry } from './components'
import { elementAt, emit, prepareFramework } from './framework'
import { ModuleLoader } from './modules'
import { call, PageStack } from './pages'
import { dialogApi } from './wx/dialogs'
import { navigationApi } from './wx/navigation'
import { otherNetworkApi, requestApi } from './wx/request'
import { storageApi } from './wx/storage'
import { systemApi } from './wx/system'
import { wechatApi } from './wx/wechat'

/** Runs the packed mini program in `mount`, as WeChat does when somebody opens it. */
function boot(mount: HTMLElement, packed: PackedMiniProgram) {
  const bridge = bridgeOf(window)
  const taps = { inTap: false }
  const env = new MiniProgramEnv()
  const space = env.createCodeSpace('', true)
  registerBuiltIns(env.getGlobalCodeSpace().getComponentSpace(), space.getComponentSpace())

  const chrome = new Chrome(mount, packed, { back: () => stack.back(1), tab: (url) => stack.switchTab(url) })
  const wx: Record<string, unknown> = {
    ...storageApi,
    ...systemApi(),
    ...requestApi(bridge),
    ...otherNetworkApi,
    ...wechatApi(bridge, taps),
    ...dialogApi(mount),
    ...chrome.api,
    ...navigationApi(() => stack),
    env: { USER_DATA_PATH: 'wxfile://usr' },
    stopPullDownRefresh: (options?: Callbacks) => succeed(options, 'stopPullDownRefresh'),
    startPullDownRefresh: (options?: Callbacks) => {
      window.mpPullDown()
      succeed(options, 'startPullDownRefresh')
    },
    pageScrollTo: (options: Callbacks & { scrollTop?: number }) => {
      chrome.pages.scrollTop = options.scrollTop ?? 0
      succeed(options, 'pageScrollTo')
    },
    createSelectorQuery: () => call(stack.top, 'createSelectorQuery'),
    ...Object.fromEntries(ignored.map((name) => [name, () => {}])),
  }

  let app: object = {}
  const modules: ModuleLoader = new ModuleLoader(packed.js, () => ({
    wx,
    App: (definition: object) => (app = definition),
    Page: (definition: object) => registry.env.Page(definition),
    Component: (definition: object) => registry.env.Component(definition),
    Behavior: (definition: object) => registry.env.Behavior(definition),
    getApp: () => app,
    getCurrentPages: () => stack.instances,
  }))
  const registry: ComponentRegistry = new ComponentRegistry(packed, space, () => modules)
  const stack = new PageStack(packed, registry, env.associateBackend(), space, chrome.pages, (page) =>
    chrome.show(page),
  )

  window.mpPullDown = () => call(stack.top, 'onPullDownRefresh')
  listenForTaps(taps)
  registry.addSheet('app')
  modules.load('app.js')
  const start = { path: packed.app.pages[0] ?? '', query: {}, scene: 1001 }
  call(app, 'onLaunch', start)
  call(app, 'onShow', start)
  stack.push(start.path)
}

/** A click is a tap; WeChat counts what a tap starts right away as done by the tap. */
function listenForTaps(taps: { inTap: boolean }) {
  const tap = (target: EventTarget | null, x: number, y: number) => {
    const element = elementAt(target)
    if (!element) return
    taps.inTap = true
    emit(element, 'tap', { x, y }, true)
    // uni-app runs its handlers one timer later; this timer comes right after those.
    setTimeout(() => (taps.inTap = false))
  }
  document.addEventListener('click', (event) => tap(event.target, event.clientX, event.clientY))
  document.addEventListener('keydown', (event) => {
    const onButton = event.target instanceof HTMLElement && event.target.matches('wx-button, [role=button]')
    if (onButton && event.key === 'Enter') tap(event.target, 0, 0)
  })
}

/** Calls that have nothing to do in a browser. */
const ignored = [
  'onAppShow',
  'onAppHide',
  'offAppShow',
  'offAppHide',
  'onError',
  'offError',
  'onUnhandledRejection',
  'onPageNotFound',
  'offThemeChange',
  'offNetworkStatusChange',
  'onWindowResize',
  'offWindowResize',
  'reportAnalytics',
  'hideKeyboard',
  'vibrateShort',
]

prepareFramework()
const response = await fetch('/packed.json')
boot(document.body, await response.json())
