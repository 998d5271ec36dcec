import * as z from 'zod/mini'
import { instant } from './common'
import { fieldRule } from './field-issues'

const dayMs = 24 * 60 * 60 * 1000

/** Milliseconds from one instant to another; NaN unless both are instants: a malformed one has its own complaint. */
export function msBetween(start: unknown, end: unknown): number {
  const ms = (value: unknown) => (z.safeParse(instant, value).success ? Date.parse(String(value)) : NaN)
  return ms(end) - ms(start)
}

/** An object with a start and a later end, at most `maxDays` apart; the end carries the complaint. */
export function timeRange<S extends z.core.$ZodShape>(
  shape: S,
  start: keyof S & string,
  end: keyof S & string,
  maxDays: number,
) {
  const length = (value: Record<string, unknown>) => msBetween(value[start], value[end])
  return z.object(shape).check(
    z.refine((value) => !(length(value) <= 0), fieldRule('end_not_after_start', undefined, [end])),
    z.refine((value) => !(length(value) > maxDays * dayMs), fieldRule('range_too_long', { days: maxDays }, [end])),
  )
}
