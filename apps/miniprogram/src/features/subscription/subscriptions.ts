import type { ReportSubscriptionsInput, Subscription } from '@huiyue/contracts'
import { computed, shallowRef } from 'vue'
import { ApiError } from '@/http/api-error'
import { http } from '@/http/http-client'
import { randomId } from '@/lib/random-id'
import { requestSubscribeMessage, type SubscribeOutcome } from '@/platform/wechat/subscribe-message'

const unreportedKey = 'huiyue.unreportedSubscription'

/** What the server's ledger says; empty until loaded. */
export const subscriptions = shallowRef<Subscription[]>([])

/** Templates that can be asked for: those the organisation has set up. */
export const askableTemplateIds = computed(() => [
  ...new Set(subscriptions.value.map(({ templateId }) => templateId).filter((id) => id !== '')),
])

/** How many messages can still reach this person; undefined when there is nothing to subscribe to. */
export const remainingMessages = computed(() => {
  const askable = subscriptions.value.filter(({ templateId }) => templateId !== '')
  return askable.length > 0 ? Math.max(0, Math.min(...askable.map(({ remaining }) => remaining))) : undefined
})

/** Loads the ledger beforehand, so that a tap can ask without waiting for anything. @throws ApiError */
export async function loadSubscriptions(): Promise<void> {
  const unreported = storedReport()
  if (unreported) await report(unreported)
  subscriptions.value = (await http.call('listSubscriptions')).items
}

/**
 * Asks the person inside the tap that called this, synchronously, and reports the answer. Never rejects: a report that
 * does not get through is kept and made again later, under the same id so that it counts once.
 */
export function askToSubscribe(): Promise<SubscribeOutcome> {
  if (askableTemplateIds.value.length === 0) return Promise.resolve({ kind: 'unavailable', failure: 'not_supported' })
  return requestSubscribeMessage(askableTemplateIds.value).then(async (outcome) => {
    if (outcome.kind === 'answered' && Object.keys(outcome.results).length > 0)
      await report({ requestId: randomId(), results: outcome.results })
    return outcome
  })
}

async function report(answer: ReportSubscriptionsInput): Promise<void> {
  uni.setStorageSync(unreportedKey, answer)
  try {
    subscriptions.value = (await http.call('reportSubscriptions', { body: answer })).items
    uni.removeStorageSync(unreportedKey)
  } catch (error) {
    // Refused for good: saying it again would be refused again.
    if (error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 401)
      uni.removeStorageSync(unreportedKey)
  }
}

function storedReport(): ReportSubscriptionsInput | undefined {
  const value: unknown = uni.getStorageSync(unreportedKey)
  return typeof value === 'object' && value !== null && 'requestId' in value && 'results' in value
    ? (value as ReportSubscriptionsInput)
    : undefined
}
