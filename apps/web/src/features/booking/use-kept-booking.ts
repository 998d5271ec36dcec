import type { Colleague } from '@/shared/use-colleagues'
import type { Person } from '@/shared/PersonSelect.vue'
import { useFormDraft } from '@/shared/use-form-draft'
import type { BookingForm, BookingSnapshot } from './use-booking-form'

/** People are kept by name as well: nothing else brings the names back. */
interface People {
  invited: Colleague[]
  organizer: Person | null
}
type KeptBooking = BookingSnapshot & People

/** What the form of that booking, or of a new one, is called among drafts. */
export function bookingForm(bookingId?: string): string {
  return `booking.${bookingId ?? 'new'}`
}

/**
 * Keeps an unsaved booking form, and goes on with the one kept before, which `before` then is. `people` answers null
 * until the fields for them are there.
 */
export function useKeptBooking(
  bookingId: string | undefined,
  form: Pick<BookingForm, 'snapshot' | 'restore' | 'draft'>,
  people: () => People | null,
): { before: KeptBooking | null } {
  const nobody: People = { invited: [], organizer: null }
  let before: KeptBooking | null = null
  const draft = useFormDraft<KeptBooking>(bookingForm(bookingId), () => {
    const snapshot = form.snapshot()
    const { invited, organizer } = people() ?? before ?? nobody
    return snapshot && { ...snapshot, invited, organizer }
  })
  const opened: KeptBooking = {
    draft: { ...form.draft },
    base: { ...form.draft },
    version: null,
    key: '',
    sentWithKey: null,
    ...nobody,
  }
  before = draft.restore(opened)
  if (before) form.restore(before)
  return { before }
}
