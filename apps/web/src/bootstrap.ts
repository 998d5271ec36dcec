import { createPinia } from 'pinia'
import { createApp, watch, type Component } from 'vue'
import { useSession } from '@/features/session/session.store'
import { onPasswordChangeRequired, onSessionEnded } from '@/http'
import { tokenStorageKey } from '@/http/token-store'
import { i18n, setLocale, translate } from '@/messages'
import { router } from '@/router'
import { guard, loginLocation, passwordLocation } from '@/router/guard'
import { reopenMissingPages } from '@/router/reopen'
import { useClientConfig } from '@/shared/client-config.store'
import { followTheme } from '@/shared/theme'

/** Colours and language first, so that nothing flashes; then who is here; then the page. */
export function bootstrap(root: Component): void {
  followTheme()
  setLocale(i18n.global.locale.value, false)

  const app = createApp(root).use(createPinia()).use(i18n)
  void useClientConfig().load()
  reopenMissingPages(router)
  keepSession()
  keepTitle()
  app.use(router).mount('#app')
}

function keepSession(): void {
  const session = useSession()
  router.beforeEach((to) => guard(to, session))

  onPasswordChangeRequired(session.requirePasswordChange)
  watch(
    () => session.mustChangePassword,
    (must) => {
      const { meta, fullPath } = router.currentRoute.value
      if (must && !meta.public) void router.replace(passwordLocation(fullPath))
    },
  )

  const askForPassword = () => {
    if (!session.signedIn) return
    session.forget()
    void router.push(loginLocation(router.currentRoute.value.fullPath, true))
  }
  onSessionEnded(askForPassword)

  // Another tab logged out, or somebody else logged in there: this one must not go on as before.
  window.addEventListener('storage', ({ key, oldValue, newValue }) => {
    if (key !== tokenStorageKey) return
    if (newValue === null) askForPassword()
    else if (oldValue === null) window.location.reload()
  })
}

function keepTitle(): void {
  watch(
    () => [router.currentRoute.value.meta.title, i18n.global.locale.value] as const,
    ([title]) => {
      document.title = title ? `${translate(title)} · ${translate('app.name')}` : translate('app.name')
    },
    { immediate: true },
  )
}
