import * as z from 'zod/mini'
import { id } from './common'
import { templateCode } from './templates'

/** What `wx.requestSubscribeMessage` answers for a template; anything starting with `accept` counts as accepted. */
export const subscriptionResults = [
  'accept',
  'acceptWithAlert',
  'acceptWithAudio',
  'acceptWithForcePush',
  'reject',
  'ban',
  'filter',
] as const
export const subscriptionResult = z.enum(subscriptionResults)
export type SubscriptionResult = z.infer<typeof subscriptionResult>

/** What the server's ledger says of one template for the signed-in person. */
export const subscription = z.object({
  templateCode,
  templateId: z.string(),
  /** Accepts minus sends, as far as this server saw them. */
  remaining: z.int(),
  lastResult: z.nullable(subscriptionResult),
})
export type Subscription = z.infer<typeof subscription>

export const reportSubscriptionsInput = z.object({
  /** Made by the client per prompt: a repeated report counts once. */
  requestId: id,
  /** Template id → what the person answered. */
  results: z.record(id, subscriptionResult),
})
export type ReportSubscriptionsInput = z.infer<typeof reportSubscriptionsInput>
