import { onPullDownRefresh, onShow } from '@dcloudio/uni-app'
import { ref, shallowRef } from 'vue'
import { toApiError, type ApiError } from '@/http/api-error'
import { goToLogin, goToPassword } from './navigation'
import { useSession } from './session.store'

/**
 * The life of a page that needs a signed-in person: waits for the session, sends strangers to the login and back, and
 * people with somebody else's password to a new one; loads at every showing (quietly once there is something to see)
 * and on pull-down.
 */
export function useSignedInPage(load: () => Promise<void>) {
  const session = useSession()
  const ready = ref(false)
  const error = shallowRef<ApiError>()

  async function reload() {
    error.value = undefined
    try {
      await session.start()
      if (session.status !== 'signedIn') return goToLogin()
      if (session.user?.mustChangePassword) return goToPassword()
      await load()
      ready.value = true
    } catch (thrown) {
      // The session's end is told once, by the client, and leads to the login.
      if (session.status === 'signedOut') return goToLogin()
      if (session.user?.mustChangePassword) return goToPassword()
      error.value = toApiError(thrown)
    }
  }

  onShow(() => void reload())
  onPullDownRefresh(() => void reload().finally(() => uni.stopPullDownRefresh()))

  return { ready, error, reload }
}
