import type { LocationQueryValue, RouteLocationNormalized, RouteLocationRaw } from 'vue-router'

/** Where to go after logging in: a page of this console, never another site. */
export function returnPath(wanted: LocationQueryValue | LocationQueryValue[] | undefined): string {
  const path = Array.isArray(wanted) ? wanted[0] : wanted
  const isOurs = path && /^\/(?![/\\])\P{Cc}*$/u.test(path)
  return isOurs && !/^\/(login|password)(?![\w-])/.test(path) ? path : '/'
}

/** The way to the login page and back. `ended`: there was a session, and it is over. */
export function loginLocation(from: string, ended: boolean): RouteLocationRaw {
  return { name: 'login', query: { ...returnTo(from), ...(ended ? { ended: '1' } : {}) } }
}

/** The way to the page on which a password given by somebody else is changed, and back. */
export function passwordLocation(from: string): RouteLocationRaw {
  return { name: 'password', query: returnTo(from) }
}

function returnTo(from: string): Record<string, string> {
  const path = returnPath(from)
  return path === '/' ? {} : { returnTo: path }
}

export interface Visitor {
  signedIn: boolean
  /** Undefined while it is not known who is here. */
  mustChangePassword: boolean | undefined
}

/** Pages need a session, the login page needs none; with a password given by somebody else there is one page only. */
export function guard(to: RouteLocationNormalized, visitor: Visitor): true | RouteLocationRaw {
  const { signedIn, mustChangePassword } = visitor
  if (to.name === 'login') return signedIn ? returnPath(to.query.returnTo) : true
  if (!signedIn) {
    const wanted = to.name === 'password' ? returnPath(to.query.returnTo) : to.fullPath
    return to.meta.public ? true : loginLocation(wanted, false)
  }
  if (to.name === 'password') return mustChangePassword === false ? returnPath(to.query.returnTo) : true
  return mustChangePassword ? passwordLocation(to.fullPath) : true
}
