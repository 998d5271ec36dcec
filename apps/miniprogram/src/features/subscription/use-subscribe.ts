import { ref } from 'vue'
import { t } from '@/lib/i18n'
import { askableTemplateIds, askToSubscribe, remainingMessages } from './subscriptions'

/** A button of its own for subscribing, which says in words what came of it. */
export function useSubscribe() {
  const busy = ref(false)

  function words(outcome: Awaited<ReturnType<typeof askToSubscribe>>): string {
    if (outcome.kind === 'unavailable') return t(`subscribeFailures.${outcome.failure}`)
    const accepted = Object.values(outcome.results).some((result) => result.startsWith('accept'))
    return accepted ? t('subscription.accepted', { count: remainingMessages.value ?? 0 }) : t('subscription.refused')
  }

  /** Call it in the tap handler: nothing is awaited before WeChat is asked. */
  function subscribe() {
    if (busy.value) return
    if (askableTemplateIds.value.length === 0) {
      uni.showToast({ title: t('subscription.notConfigured'), icon: 'none' })
      return
    }
    busy.value = true
    void askToSubscribe().then((outcome) => {
      busy.value = false
      uni.showToast({ title: words(outcome), icon: 'none', duration: 3000 })
    })
  }

  return { busy, subscribe }
}
