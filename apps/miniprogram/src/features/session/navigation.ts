export const homePage = '/pages/today/today'
export const loginPage = '/pages/login/login'
export const passwordPage = '/pages/password/password'

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

const savers = new Set<() => void>()

/**
 * Calls `save` before the app itself takes the person from the page, so that what was typed is there on return.
 * @returns what ends that
 */
export function beforeTakenAway(save: () => void): () => void {
  savers.add(save)
  return () => savers.delete(save)
}

let onTheWay = false

/** To `page`, which leads back to `from`. Does nothing when it is shown or about to be. */
function takeTo(page: string, from = currentPath()) {
  if (onTheWay || currentPath()?.startsWith(page)) return
  const back = from && from !== homePage ? `?redirect=${encodeURIComponent(from)}` : ''
  savers.forEach((save) => save())
  onTheWay = true
  uni.reLaunch({
    url: from?.startsWith(page) ? from : page + back,
    complete: () => {
      onTheWay = false
    },
  })
}

/** To the login, and from there back to `from`. */
export function goToLogin(from?: string) {
  takeTo(loginPage, from)
}

/** To the page for a new password, and from there on to where the person wanted to go. */
export function goToPassword(from?: string) {
  takeTo(passwordPage, from)
}

/** Where a login or a new password leads: only to pages of this app, whatever the address says. */
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
