import { refuse, succeed, type Callbacks } from '../callbacks'
import { type PageStack } from '../pages'

type To = Callbacks & { url: string }

/** Moving between pages. WeChat does that later, after the call has returned. */
export function navigationApi(stack: () => PageStack) {
  const go = (name: string, options: To, needsTab: boolean | undefined, move: (url: string) => void) => {
    const pages = stack()
    if (!pages.has(options.url)) return refuse(options, name, `page "${options.url}" is not found`)
    if (needsTab === true && !pages.isTab(options.url)) return refuse(options, name, 'can not switch to no-tabBar page')
    if (needsTab === false && pages.isTab(options.url)) return refuse(options, name, 'can not navigateTo a tabbar page')
    setTimeout(() => {
      move(options.url)
      succeed(options, name)
    })
  }
  return {
    navigateTo: (options: To) => go('navigateTo', options, false, (url) => stack().push(url)),
    redirectTo: (options: To) => go('redirectTo', options, false, (url) => stack().replace(url)),
    reLaunch: (options: To) => go('reLaunch', options, undefined, (url) => stack().restart(url)),
    switchTab: (options: To) => go('switchTab', options, true, (url) => stack().switchTab(url)),
    navigateBack(options?: Callbacks & { delta?: number }) {
      setTimeout(() => {
        stack().back(options?.delta ?? 1)
        succeed(options, 'navigateBack')
      })
    },
  }
}
