import { isDateKey, instantOfWallText, shiftDate } from '@/shared/org-time'

/** What of a period may stand in an address: a day, `2026-11-23`. */
export const dayShape = {
  safeParse(text: unknown): { success: true; data: string } | { success: false } {
    return isDateKey(text) ? { success: true, data: text } : { success: false }
  },
}

export interface Days {
  from: string | undefined
  /** The last day, as a whole. */
  to: string | undefined
}

/** The instants between which these days lie on the clocks of a zone. */
export function instantsOf({ from, to }: Days, timeZone: string): { from?: string; to?: string } {
  const midnight = (day: string) => new Date(instantOfWallText(`${day}T00:00`, timeZone)).toISOString()
  return {
    ...(from ? { from: midnight(from) } : {}),
    ...(to ? { to: midnight(shiftDate(to, 1)) } : {}),
  }
}
