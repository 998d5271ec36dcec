import { subscriptionResults, type SubscriptionResult } from '@huiyue/contracts'

/** Why the question could not be put; in each case nothing was answered and nothing needs reporting. */
export type SubscribeFailure = 'not_supported' | 'switched_off' | 'banned' | 'not_in_tap' | 'failed'

export type SubscribeOutcome =
  { kind: 'answered'; results: Record<string, SubscriptionResult> } | { kind: 'unavailable'; failure: SubscribeFailure }

/** Older WeChat clients refuse more than three templates in one question. */
const maxTemplates = 3

/**
 * Asks whether messages of these templates may be sent. WeChat shows its question only inside a tap, so call this in
 * the tap handler before anything is awaited. Never rejects: a booking does not depend on the answer.
 */
export function requestSubscribeMessage(templateIds: readonly string[]): Promise<SubscribeOutcome> {
  const tmplIds = templateIds.slice(0, maxTemplates)
  // #ifdef MP-WEIXIN
  if (typeof uni.requestSubscribeMessage !== 'function') return unavailable('not_supported')
  return new Promise((resolve) => {
    uni.requestSubscribeMessage({
      tmplIds,
      success: (answer) => resolve({ kind: 'answered', results: pickResults(tmplIds, answer) }),
      fail: (error) => resolve({ kind: 'unavailable', failure: failureOf(error) }),
    })
  })
  // #endif
  // #ifdef H5
  if (__WECHAT_SANDBOX__)
    return import('./sandbox/prompt')
      .then(({ askOnSandboxPhone }) => askOnSandboxPhone(tmplIds))
      .then(
        (answer): SubscribeOutcome => ({ kind: 'answered', results: pickResults(tmplIds, answer) }),
        (): SubscribeOutcome => ({ kind: 'unavailable', failure: 'failed' }),
      )
  return unavailable('not_supported')
  // #endif
}

/** WeChat's answer holds one entry per template beside its `errMsg`; values of later base libraries are left out. */
export function pickResults(templateIds: readonly string[], answer: object): Record<string, SubscriptionResult> {
  const given = new Map<string, unknown>(Object.entries(answer))
  const results: Record<string, SubscriptionResult> = {}
  for (const id of templateIds) {
    const result = subscriptionResults.find((known) => known === given.get(id))
    if (result) results[id] = result
  }
  return results
}

function failureOf(error: unknown): SubscribeFailure {
  const { errCode, errMsg } = { errCode: 0, errMsg: '', ...(typeof error === 'object' ? error : {}) }
  if (errCode === 20004) return 'switched_off'
  if (errCode === 20005) return 'banned'
  return /TAP gesture/i.test(String(errMsg)) ? 'not_in_tap' : 'failed'
}

function unavailable(failure: SubscribeFailure): Promise<SubscribeOutcome> {
  return Promise.resolve({ kind: 'unavailable', failure })
}
