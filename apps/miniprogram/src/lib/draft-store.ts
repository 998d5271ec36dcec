/** Milliseconds that a kept form is worth filling in again. */
export const draftLifeMs = 24 * 3_600_000

const key = (userId: string) => `huiyue.draft.${userId}`

/** Keeps what somebody typed into a form, for that person on this phone. Never give it a password. */
export function keepDraft(userId: string, form: string, content: object, nowMs: number) {
  uni.setStorageSync(key(userId), { form, content, savedAt: nowMs })
}

/** What this person had typed into this form; it is handed out once. */
export function takeDraft(userId: string, form: string, nowMs: number): unknown {
  const stored: unknown = uni.getStorageSync(key(userId))
  if (!isDraft(stored)) return undefined
  const fresh = nowMs - stored.savedAt < draftLifeMs
  if (fresh && stored.form !== form) return undefined
  uni.removeStorageSync(key(userId))
  return fresh ? stored.content : undefined
}

function isDraft(value: unknown): value is { form: string; content: unknown; savedAt: number } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'form' in value &&
    'content' in value &&
    'savedAt' in value &&
    typeof value.savedAt === 'number'
  )
}
