import type { Router } from 'vue-router'
import { translate } from '@/messages'
import { notify } from '@/shared/notices'

const storageKey = 'huiyue.reopened'

/**
 * After an update, a page that was not opened yet may be gone from the server. Its address is then opened anew, with the
 * console as it is now: once, so that a page which stays missing does not reload for ever.
 */
export function reopenMissingPages(
  router: Router,
  open: (path: string) => void = (path) => window.location.assign(path),
): void {
  let missing: unknown
  window.addEventListener('vite:preloadError', ({ payload }) => {
    missing = payload
  })

  router.onError((error, { fullPath }) => {
    if (error !== missing) return window.reportError(error)
    if (navigator.onLine && window.sessionStorage.getItem(storageKey) !== fullPath) {
      window.sessionStorage.setItem(storageKey, fullPath)
      return open(fullPath)
    }
    const reason = translate(navigator.onLine ? 'errors.BAD_ANSWER' : 'errors.NETWORK')
    notify('error', reason, { label: translate('common.retry'), run: () => open(fullPath) })
  })
  router.afterEach((_to, _from, failure) => {
    if (!failure) window.sessionStorage.removeItem(storageKey)
  })
}
