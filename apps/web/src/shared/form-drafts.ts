const prefix = 'huiyue.draft.'

/** Where a person's unsaved form lies: in this tab only, and apart from everybody else's. */
export function draftKey(userId: string, form: string): string {
  return `${prefix}${userId}.${form}`
}

/** Drafts of whoever used this tab before are gone once somebody else is here; without an id, all of them. */
export function forgetDrafts(exceptOf?: string): void {
  const kept = exceptOf === undefined ? null : `${prefix}${exceptOf}.`
  for (const key of Object.keys(window.sessionStorage))
    if (key.startsWith(prefix) && !(kept && key.startsWith(kept))) window.sessionStorage.removeItem(key)
}

/** What lies there as text; secrets are left out whatever a form hands over. */
export function draftText(content: object | null): string | null {
  return (
    content && JSON.stringify(content, (name, value: unknown) => (/password|secret/i.test(name) ? undefined : value))
  )
}

export function writeDraft(key: string, text: string | null): void {
  try {
    if (text === null) window.sessionStorage.removeItem(key)
    else window.sessionStorage.setItem(key, text)
  } catch {
    // A full or forbidden storage costs the safety net, not the form.
  }
}

/**
 * The form's fields as they were kept, over those it opens with. What does not fit them (an older version of the page
 * wrote it) is left out; null when nothing is kept.
 */
export function readDraft<T extends object>(key: string, opened: T): T | null {
  const kept = parsed(window.sessionStorage.getItem(key))
  if (kept === null) return null
  const fields = Object.entries(opened).map(([name, value]: [string, unknown]) => {
    const before = kept[name]
    return [name, before !== undefined && fits(before, value) ? before : value]
  })
  return Object.fromEntries(fields) as T
}

function parsed(text: string | null): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text ?? 'null')
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch {
    return null
  }
}

function fits(kept: unknown, opened: unknown): boolean {
  if (kept === null || opened === null || opened === undefined) return true
  return typeof kept === typeof opened && Array.isArray(kept) === Array.isArray(opened)
}
