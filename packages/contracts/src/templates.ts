import * as z from 'zod/mini'
import { fieldRule } from './field-issues'

/** What a template's keyword can be filled with. */
export const templateSources = [
  'booking.title',
  'booking.note',
  'booking.date',
  'booking.startsAt',
  'booking.timeRange',
  'room.name',
  'room.location',
  'organizer.name',
] as const
export const templateSource = z.enum(templateSources)
export type TemplateSource = z.infer<typeof templateSource>

export const templateCodes = ['BOOKING_CREATED'] as const
export const templateCode = z.enum(templateCodes)
export type TemplateCode = z.infer<typeof templateCode>

export const miniprogramStates = ['formal', 'trial', 'developer'] as const
export const miniprogramState = z.enum(miniprogramStates)
export type MiniprogramState = z.infer<typeof miniprogramState>

export const templateLangs = ['zh_CN', 'en_US', 'zh_HK', 'zh_TW'] as const

export const templateField = z.object({
  /** The keyword as the account's template names it: its type and a number, such as `thing4`. */
  keyword: z.string().check(z.refine((text) => /^[a-z_]{2,32}\d{1,3}$/.test(text), fieldRule('keyword_invalid'))),
  source: templateSource,
})
export type TemplateField = z.infer<typeof templateField>

export const templateInput = z.object({
  /** The account's own id of the template (`priTmplId`); empty: not set up yet. */
  templateId: z.string().check(z.trim(), z.maxLength(64), z.regex(/^[\w-]*$/)),
  /** The page a tap on the card opens, with `{bookingId}` where the id goes; empty: the card opens nothing. */
  page: z.string().check(z.trim(), z.maxLength(256), z.regex(/^(?!\/)[\x21-\x7e]*$/)),
  lang: z.enum(templateLangs),
  miniprogramState,
  fields: z.array(templateField).check(z.minLength(1), z.maxLength(10)),
})
export type TemplateInput = z.infer<typeof templateInput>

export const notificationTemplate = z.extend(templateInput, { code: templateCode })
export type NotificationTemplate = z.infer<typeof notificationTemplate>
