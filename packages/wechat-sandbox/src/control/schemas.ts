import { z } from 'zod'
import { endpointPaths } from '../wechat/gateway'
import { knownErrcodes } from '../wechat/errors'

const openid = z.string().min(1)
const templateId = z.string().min(1).max(64)
const maxSeconds = 10 * 365 * 86_400

export const userInput = z.strictObject({ nickname: z.string().trim().min(1).max(32) })

export const loginCodeInput = z.strictObject({ openid, appId: z.string().min(1).optional() })

export const subscriptionInput = z.strictObject({
  openid,
  templateId,
  result: z.enum(['accept', 'reject', 'ban']),
  count: z.int().min(1).max(100_000).default(1),
})

export const promptInput = z.strictObject({ openid, templateIds: z.array(z.string()) })

export const promptAnswer = z.strictObject({
  answers: z.record(z.string(), z.enum(['accept', 'reject'])),
  always: z.boolean().default(false),
})

export const promptQuery = z.object({ wait: z.coerce.number().min(0).max(60).default(0) })

export const templateInput = z.strictObject({
  templateId,
  title: z.string().trim().min(1).max(64),
  type: z.union([z.literal(2), z.literal(3)]),
  content: z.string().max(4000),
  enums: z.record(z.string(), z.array(z.string().min(1)).min(1)).optional(),
  appId: z.string().min(1).optional(),
})

export const faultInput = z
  .strictObject({
    path: z.enum(endpointPaths),
    times: z.int().min(1).max(1_000_000).default(1),
    errcode: z
      .int()
      .refine((value) => value !== 0, 'errcode 0 is success')
      .optional(),
    errmsg: z.string().min(1).max(500).optional(),
    httpStatus: z.int().min(200).max(599).optional(),
    delayMs: z.int().min(0).max(600_000).optional(),
    drop: z.boolean().optional(),
    body: z.string().max(1_000_000).optional(),
  })
  .refine(({ errcode, httpStatus, delayMs, drop, body }) => {
    return drop === true || [errcode, httpStatus, delayMs, body].some((effect) => effect !== undefined)
  }, 'one of errcode, httpStatus, delayMs, drop and body is needed')
  .refine(({ errcode, errmsg }) => errcode === undefined || errmsg !== undefined || knownErrcodes.includes(errcode), {
    path: ['errmsg'],
    message: 'the text of this errcode is not known: say it in errmsg',
  })

export const clockInput = z.strictObject({ seconds: z.number().positive().max(maxSeconds) })

export const openidQuery = z.object({ openid: openid.optional() })
export const appQuery = z.object({ appId: z.string().min(1).optional() })
export const callsQuery = z.object({ path: z.string().min(1).optional() })
