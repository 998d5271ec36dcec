import type { Booking, Interval, UpdateBookingInput } from '@huiyue/contracts'
import * as bookingApi from '@/features/booking/booking.api'
import { toApiError, type ApiError } from '@/http/api-error'
import { useWords } from '@/messages'
import { notify } from '@/shared/notices'
import { useOrgTime } from '@/shared/use-org-time'

export interface Move {
  booking: Booking
  roomId: string
  interval: Interval
  /** Puts it back on the screen. */
  revert(): void
}

export interface BookingMoveOptions {
  /** Called with what the server says the booking is now. */
  onMoved(booking: Booking): void
  /** Called when the screen turned out to be out of date. */
  onStale(): void
  api?: Pick<typeof bookingApi, 'updateBooking'>
}

/** Asks the server before a dragged booking counts as moved; refused, it goes back and says why. */
export function useBookingMove({ onMoved, onStale, api = bookingApi }: BookingMoveOptions) {
  const { t, errorText } = useWords()
  const { range, dayAndRange } = useOrgTime()

  function reasonOf(error: ApiError): string {
    const [first] = error.conflicts
    if (first)
      return t('timeline.conflictOne', {
        organizer: first.organizer.name,
        title: first.title,
        time: range(first),
      })
    return errorText(error)
  }

  async function move({ booking, roomId, interval, revert }: Move): Promise<void> {
    const changes: UpdateBookingInput = {
      ...(roomId === booking.roomId ? {} : { roomId }),
      ...(sameTimes(booking, interval) ? {} : interval),
    }
    if (Object.keys(changes).length === 0) return
    try {
      const moved = await api.updateBooking(booking.id, { ...changes, version: booking.version })
      onMoved(moved)
      const words = { title: moved.title, room: moved.room.name, time: dayAndRange(moved) }
      notify('success', t('timeline.moved', words), { label: t('common.undo'), run: () => void undo(booking, moved) })
    } catch (thrown) {
      revert()
      const error = toApiError(thrown)
      const [issue] = error.fieldIssues
      const reason = issue ? t(`fieldIssues.${issue.code}`, issue.params) : reasonOf(error)
      notify('error', t('timeline.moveBlocked', { reason }))
      onStale()
    }
  }

  async function undo(before: Booking, moved: Booking): Promise<void> {
    try {
      const { roomId, startsAt, endsAt } = before
      onMoved(await api.updateBooking(moved.id, { roomId, startsAt, endsAt, version: moved.version }))
      notify('info', t('timeline.moveUndone', { title: before.title }))
    } catch (thrown) {
      notify('error', t('timeline.moveBlocked', { reason: reasonOf(toApiError(thrown)) }))
      onStale()
    }
  }

  return { move }
}

function sameTimes(a: Interval, b: Interval): boolean {
  return Date.parse(a.startsAt) === Date.parse(b.startsAt) && Date.parse(a.endsAt) === Date.parse(b.endsAt)
}
