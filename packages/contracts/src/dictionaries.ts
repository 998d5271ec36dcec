import * as z from 'zod/mini'
import { localizedText } from './common'

export const dictionaryItem = z.object({ value: z.string(), label: localizedText })
export type DictionaryItem = z.infer<typeof dictionaryItem>

/** Name of the dictionary (`equipment`, `bookingStatus`, …) → its values in order. */
export const dictionaries = z.record(z.string(), z.array(dictionaryItem))
export type Dictionaries = z.infer<typeof dictionaries>

/** What a client must know before anybody has logged in. */
export const clientConfig = z.object({
  organizationName: z.string(),
  /** IANA name; all wall-clock times people see are in it. */
  timeZone: z.string(),
  /** Bookings start and end on multiples of this, in minutes. */
  slotMinutes: z.int(),
  /** Only in the demo: who one can be, and where the pretended WeChat is (null: a real one is configured). */
  demo: z.nullable(
    z.object({
      sandboxUrl: z.nullable(z.string()),
      /** The accounts' password, unless whoever runs the demo chose one of their own. */
      password: z.nullable(z.string()),
      accounts: z.array(z.object({ username: z.string(), name: z.string() })),
    }),
  ),
})
export type ClientConfig = z.infer<typeof clientConfig>
