import type { LocationQueryValue, RouteLocationNormalized, RouteLocationRaw } from 'vue-router'

/** Where to go after logging in: a path of this console, never another site. */
export function returnPath(wanted: LocationQueryValue | LocationQueryValue[] | undefined): string {
  const path = Array.isArray(wanted) ? wanted[0] : wanted
  return path && /^\/(?![/\\])/.test(path) && !path.startsWith('/login') ? path : '/'
}

/** The way to the login page and back. `ended`: there was a session, and it is over. */
export function loginLocation(from: string, ended: boolean): RouteLocationRaw {
  const query: Record<string, string> = {}
  if (from !== '/') query.returnTo = from
  if (ended) query.ended = '1'
  return { name: 'login', query }
}

/** Pages need a session; the login page needs none. */
export function guard(to: RouteLocationNormalized, signedIn: boolean): true | RouteLocationRaw {
  if (to.name === 'login') return signedIn ? returnPath(to.query.returnTo) : true
  return signedIn || to.meta.public ? true : loginLocation(to.fullPath, false)
}
