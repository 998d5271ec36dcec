import { readonly, ref } from 'vue'

export interface Notice {
  id: number
  tone: 'success' | 'error' | 'info'
  text: string
  action?: { label: string; run(): void }
}

const shown = ref<Notice[]>([])
let lastId = 0

/** Short messages about what just happened, newest last; `NoticeHost` shows them. */
export const notices = readonly(shown)

/**
 * Shows a message until it is dismissed or its time is over; answers its id. At most two stay in sight, and only the
 * newest that offers something to do: taking back the last but one step would not mean what it says.
 */
export function notify(tone: Notice['tone'], text: string, action?: Notice['action']): number {
  const notice: Notice = { id: ++lastId, tone, text, ...(action ? { action } : {}) }
  const others = action ? shown.value.filter((one) => !one.action) : shown.value
  shown.value = [...others.slice(-1), notice]
  return notice.id
}

export function dismiss(id: number): void {
  shown.value = shown.value.filter((notice) => notice.id !== id)
}

export function dismissAll(): void {
  shown.value = []
}
