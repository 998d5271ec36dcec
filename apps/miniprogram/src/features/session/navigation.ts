export const homePage = '/pages/today/today'
export const loginPage = '/pages/login/login'

const tabPages = new Set([homePage, '/pages/rooms/rooms', '/pages/my-bookings/my-bookings', '/pages/me/me'])

/** The page on top with its query, as `uni.reLaunch` takes it; undefined while there is none. */
export function currentPath(): string | undefined {
  const page = getCurrentPages().at(-1)
  if (!page?.route) return undefined
  const options: unknown = 'options' in page ? page.options : undefined
  const query = Object.entries(typeof options === 'object' && options !== null ? options : {})
    .map(([name, value]) => `${name}=${encodeURIComponent(decoded(String(value)))}`)
    .join('&')
  return `/${page.route}${query ? `?${query}` : ''}`
}

/** Mini programs hand over query values as they stand in the address, H5 hands them over decoded. */
export function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

let onTheWay = false

/** To the login, and from there back to `from`. Does nothing when the login is shown or about to be. */
export function goToLogin(from = currentPath()) {
  if (onTheWay || from?.startsWith(loginPage)) return
  const back = from && from !== homePage ? `?redirect=${encodeURIComponent(from)}` : ''
  onTheWay = true
  uni.reLaunch({
    url: loginPage + back,
    complete: () => {
      onTheWay = false
    },
  })
}

/** Where a login leads: only to pages of this app, whatever the address says. */
export function pathAfterLogin(redirect: string | undefined): string {
  const path = redirect?.startsWith('/') ? redirect : decoded(redirect ?? '')
  return /^\/pages\/[\w-]+\/[\w-]+(\?|$)/.test(path) && !path.startsWith(loginPage) ? path : homePage
}

export function goAfterLogin(redirect: string | undefined) {
  const url = pathAfterLogin(redirect)
  if (tabPages.has(url)) uni.switchTab({ url })
  else uni.reLaunch({ url })
}

export function goToTab(url: string) {
  uni.switchTab({ url })
}

/** Back, or home when this page was opened from outside. */
export function leavePage() {
  if (getCurrentPages().length > 1) uni.navigateBack()
  else uni.switchTab({ url: homePage })
}
