import * as z from 'zod/mini'
import { printable, requiredLine } from './common'
import { fieldRule } from './field-issues'
import { currentUser } from './users'
import { bindWechatInput, wechatBinding } from './wechat-binding'

export const clientIds = ['web', 'h5', 'mp-weixin'] as const
export const clientId = z.enum(clientIds)
export type ClientId = z.infer<typeof clientId>

export const loginInput = z.object({
  username: requiredLine(64),
  password: z.string().check(z.minLength(1), z.maxLength(512)),
  clientId,
  /** From `wx.login`; the server exchanges it for the openid and binds that to the account. */
  code: z.optional(bindWechatInput.shape.code),
})
export type LoginInput = z.infer<typeof loginInput>

/** The same, under the name that existing mini-program clients know; here the code is a must. */
export const wxProgramLoginInput = z.extend(loginInput, { code: bindWechatInput.shape.code })
export type WxProgramLoginInput = z.infer<typeof wxProgramLoginInput>

export const wechatLoginInput = z.object({ code: bindWechatInput.shape.code, clientId })
export type WechatLoginInput = z.infer<typeof wechatLoginInput>

export const tokenPair = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  /** Seconds the access token lives from now. */
  expiresIn: z.int(),
})
export type TokenPair = z.infer<typeof tokenPair>

/** Length is the only rule about the form; the server also refuses common passwords and the account's own names. */
export const passwordLength = { min: 8, max: 128 } as const

/** A password somebody chooses. Counted in characters as people count them, not in UTF-16 units. */
export const newPassword = z.string().check(
  z.minLength(1),
  z.refine(
    (text) => text === '' || [...text].length >= passwordLength.min,
    fieldRule('too_short', { min: passwordLength.min }),
  ),
  z.refine((text) => [...text].length <= passwordLength.max, fieldRule('too_long', { max: passwordLength.max })),
)

/** The password one has, given again for something that a borrowed phone must not do. */
export const currentPassword = z.string().check(z.minLength(1), z.maxLength(512))

export const changePasswordInput = z.object({ currentPassword, newPassword })
export type ChangePasswordInput = z.infer<typeof changePasswordInput>

export const loginResult = z.extend(tokenPair, { user: currentUser, wechat: wechatBinding })
export type LoginResult = z.infer<typeof loginResult>

export const refreshInput = z.object({ refreshToken: printable(256) })
export type RefreshInput = z.infer<typeof refreshInput>
