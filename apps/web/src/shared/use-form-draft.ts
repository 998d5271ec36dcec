import { onScopeDispose, watch } from 'vue'
import { useSession } from '@/features/session/session.store'
import { draftKey, draftText, readDraft, writeDraft } from './form-drafts'

export interface FormDraft<T> {
  /** What was kept, laid over the fields that the form opens with; null when nothing was. */
  restore(opened: T): T | null
  /** The form was saved or given up. */
  forget(): void
}

/**
 * Keeps what is typed into a form while it is unsaved, so that it is still there after the login page came in between
 * or the page was loaded again. `content` answers what to keep, or null while nothing is unsaved:
 *
 *     const draft = useFormDraft(`account.${id}`, () => (dirty.value ? fields : null))
 *     const kept = draft.restore(fields)
 *     if (kept) Object.assign(fields, kept)
 *
 * A form left while signed in was left on purpose: its draft goes. Passwords are never kept, in whatever field whose
 * name says that it holds one; drafts are per person, and gone when they log out or somebody else logs in.
 */
export function useFormDraft<T extends object>(form: string, content: () => T | null): FormDraft<T> {
  const session = useSession()
  const key = session.user ? draftKey(session.user.id, form) : null
  const keep = (next: string | null) => {
    if (key) writeDraft(key, next)
  }

  // At once, so that whatever ends the form finds it kept.
  watch(() => draftText(content()), keep, { flush: 'sync' })
  onScopeDispose(() => {
    if (session.signedIn) keep(null)
  })

  return {
    restore: (opened) => (key ? readDraft(key, opened) : null),
    forget: () => keep(null),
  }
}

/** Whether that form has something to bring back, for pages that then open it by themselves. */
export function hasFormDraft(form: string): boolean {
  const { user } = useSession()
  return user !== null && window.sessionStorage.getItem(draftKey(user.id, form)) !== null
}
