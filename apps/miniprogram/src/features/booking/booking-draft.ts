export interface Invited {
  id: string
  name: string
  wechatBound: boolean
}

/** What a person can fill in about a booking; times in ms. */
export interface BookingValues {
  roomId: string
  from: number
  to: number
  title: string
  note: string
  attendees: Invited[]
}

/** A booking form put aside: what is in it, and the version that was being changed. */
export interface BookingDraft {
  values: BookingValues
  version?: number
}

const texts = ['roomId', 'title', 'note'] as const
const times = ['from', 'to'] as const

/** Whether something read from the storage is a draft of this form and not of an older app's. */
export function isBookingDraft(value: unknown): value is BookingDraft {
  if (!isRecord(value) || !isRecord(value.values)) return false
  const { values, version } = value
  return (
    texts.every((name) => typeof values[name] === 'string') &&
    times.every((name) => Number.isFinite(values[name])) &&
    Array.isArray(values.attendees) &&
    values.attendees.every(isInvited) &&
    (version === undefined || Number.isInteger(version))
  )
}

function isInvited(value: unknown): value is Invited {
  return (
    isRecord(value) &&
    typeof value.id === 'string' &&
    typeof value.name === 'string' &&
    typeof value.wechatBound === 'boolean'
  )
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
