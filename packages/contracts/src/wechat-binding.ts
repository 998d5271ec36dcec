import * as z from 'zod/mini'
import { instant, printable } from './common'

/**
 * Why WeChat cannot reach this account, or why the code that came along changed nothing.
 * - `never_bound`: no code came along and the account has no openid yet
 * - `code_invalid`: WeChat does not know the code, or it was used before; ask `wx.login` again
 * - `openid_taken`: this WeChat user is bound to another account
 * - `other_wechat`: the account stays bound to the WeChat user it had
 * - `wechat_unavailable`: time-out, unreachable, busy; trying again later helps
 * - `wechat_refused`: WeChat answered an error that trying again will not mend (settings, blocked user)
 */
export const bindingReasons = [
  'never_bound',
  'code_invalid',
  'openid_taken',
  'other_wechat',
  'wechat_unavailable',
  'wechat_refused',
] as const
export const bindingReason = z.enum(bindingReasons)
export type BindingReason = z.infer<typeof bindingReason>

/** Whether messages can reach this account through WeChat. */
export const wechatBinding = z.object({
  bound: z.boolean(),
  boundAt: z.optional(instant),
  reason: z.optional(bindingReason),
  /** WeChat's own number, when it gave one. */
  errcode: z.optional(z.int()),
})
export type WechatBinding = z.infer<typeof wechatBinding>

/**
 * `replace` puts this WeChat user in the place of the one the account had. The password is needed for that, and for a
 * first binding unless this session began with it minutes ago: its absence then is the field issue `required`.
 */
export const bindWechatInput = z.object({
  code: printable(256),
  replace: z._default(z.boolean(), false),
  password: z.optional(z.string().check(z.minLength(1), z.maxLength(512))),
})
export type BindWechatInput = z.input<typeof bindWechatInput>

export const unbindWechatInput = z.object({ password: z.string().check(z.minLength(1), z.maxLength(512)) })
export type UnbindWechatInput = z.infer<typeof unbindWechatInput>
