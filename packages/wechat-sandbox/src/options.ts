import { z } from 'zod'

/** Where the real platform's behaviour is not settled, a switch instead of a guess. */
export const optionsSchema = z.strictObject({
  /** What a login code gives that ran out without being used. */
  expiredCodeErrcode: z.union([z.literal(40029), z.literal(40163)]),
  /** `Content-Type` of `/sns/*` answers. */
  snsContentType: z.enum(['text/plain', 'application/json; encoding=utf-8']),
  /** What a legacy token gives once a newer one has replaced it for more than five minutes. */
  supersededTokenErrcode: z.union([z.literal(40001), z.literal(42001)]),
  /** Whether a send refused with 47003 uses up one accepted subscription. */
  failedSendUsesAccept: z.boolean(),
  /** Whether the text of 47003 is cut after 48 characters, as it was for long keywords in 2020. */
  cutKeywordErrors: z.boolean(),
  /** Whether a value of nothing but blanks counts as empty. */
  blankValueIsEmpty: z.boolean(),
  /** Whether messages earned before a refusal can be sent after accepting again. */
  refusalKeepsAccepts: z.boolean(),
  /** How many templates one pop-up may ask for: 5 since base library 3.12.1, 3 before. */
  maxTemplateIds: z.int().min(1).max(5),
  /** How long a send is being worked on, in milliseconds; a second one to the same person meanwhile is 43108. */
  sendMillis: z.int().min(0).max(60_000),
})
export type SandboxOptions = z.infer<typeof optionsSchema>

export const optionsPatchSchema = optionsSchema.partial()

/** The stricter or the better attested of each. */
export const defaultOptions: SandboxOptions = {
  expiredCodeErrcode: 40029,
  snsContentType: 'text/plain',
  supersededTokenErrcode: 40001,
  failedSendUsesAccept: false,
  cutKeywordErrors: false,
  blankValueIsEmpty: true,
  refusalKeepsAccepts: false,
  maxTemplateIds: 5,
  sendMillis: 0,
}
