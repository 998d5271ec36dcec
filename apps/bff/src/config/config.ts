import { isIP } from 'node:net'
import { isAbsolute, join, resolve } from 'node:path'
import { miniprogramStates, offsetMinutesAt, slotGrainMinutes } from '@huiyue/contracts'
import { sandboxAppId, sandboxAppSecret } from '@huiyue/wechat-sandbox/defaults'
import { z } from 'zod'
import { isCommonPassword } from '../password/common-passwords'
import { wellKnownDemoPassword } from './demo-password'
import { parseSessionLifetimes, type SessionLifetimes } from './session-lifetimes'

const port = z.coerce.number().int().min(0).max(65_535)
function isProxyAddress(text: string): boolean {
  const [address = '', mask, more] = text.split('/')
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true
  return isIP(address) > 0 && more === undefined && (mask === undefined || /^\d{1,3}$/.test(mask))
}

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
)
const days = z.coerce.number().int().min(1).max(36_500)
const httpUrl = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''))

const wechatBaseUrl = 'https://api.weixin.qq.com'

const timeZone = z.string().refine((name) => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}, 'is not an IANA time zone such as Asia/Shanghai')

const environment = z.object({
  NODE_ENV: z.string().default('development'),
  PORT: port.default(3000),
  HOST: z.string().optional(),
  SANDBOX_PORT: port.default(3100),
  DATA_DIR: z.string().default('./data'),
  DEMO_PASSWORD: z.string().min(8).max(128).default(wellKnownDemoPassword),
  ADMIN_PASSWORD: z
    .string()
    .min(8)
    .max(128)
    .refine((password) => !isCommonPassword(password), 'is one of the passwords that are tried first')
    .optional(),
  ORG_NAME: z.string().min(1).max(100).default('会约'),
  DATABASE_URL: z
    .string()
    .regex(/^(sqlite:.+|mysql:\/\/.+)$/, 'must start with sqlite: or mysql://')
    .optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  SESSION_LIFETIMES: z
    .string()
    .default('')
    .transform((text, context) => {
      const lifetimes = parseSessionLifetimes(text)
      if (typeof lifetimes !== 'string') return lifetimes
      context.addIssue({ code: 'custom', message: lifetimes })
      return z.NEVER
    }),
  LOGIN_LOG_DAYS: days.default(183),
  AUDIT_LOG_DAYS: days.default(1096),
  WECHAT_API_BASE_URL: httpUrl.optional(),
  WECHAT_APP_ID: z
    .string()
    .regex(/^wx[0-9a-f]{16}$/, 'must be wx and 16 lower-case hexadecimal digits')
    .optional(),
  WECHAT_APP_SECRET: z
    .string()
    .regex(/^[0-9a-f]{32}$/, 'must be 32 lower-case hexadecimal digits')
    .optional(),
  WECHAT_TOKEN_MODE: z.enum(['stable', 'legacy']).default('stable'),
  WECHAT_MINIPROGRAM_STATE: z.enum(miniprogramStates).optional(),
  WECHAT_PUSH_TOKEN: z
    .string()
    .regex(/^[0-9A-Za-z]{3,32}$/, 'must be 3 to 32 letters and digits')
    .optional(),
  WECHAT_PUSH_AES_KEY: z
    .string()
    .regex(/^[0-9A-Za-z]{43}$/, 'must be 43 letters and digits')
    .optional(),
  ORG_TIME_ZONE: timeZone.default('Asia/Shanghai'),
  SLOT_MINUTES: z.coerce
    .number()
    .refine((minutes) => [5, 10, 15, 20, 30, 60].includes(minutes), 'must be 5, 10, 15, 20, 30 or 60')
    .default(15),
  PUBLIC_URL: httpUrl.optional(),
  CORS_ORIGINS: list.default([]),
  TRUST_PROXY: z
    .string()
    .default('false')
    .refine(
      (text) => /^(true|false|\d+)$/.test(text) || text.split(',').every((part) => isProxyAddress(part.trim())),
      'must be true, false, a number of proxies, or addresses such as loopback, 10.0.0.0/8',
    )
    .transform((text) =>
      text === 'true' ? true : text === 'false' ? false : /^\d+$/.test(text) ? Number(text) : text,
    ),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
})

export type DatabaseConfig = { dialect: 'sqlite'; file: string } | { dialect: 'mysql'; url: string }

export interface Config {
  production: boolean
  /** The demo organisation with its well-known passwords exists. Never in production. */
  demo: { password: string; sandboxUrl: string | null } | null
  adminPassword: string | undefined
  organizationName: string
  /** The repository's root: where the built faces are found. */
  rootDir: string
  dataDir: string
  host: string
  port: number
  publicUrl: string
  corsOrigins: string[]
  trustProxy: boolean | number | string
  logLevel: string
  database: DatabaseConfig
  /** Redis stands before the token look-up and counts login attempts for all processes; null: each has its own memory. */
  redisUrl: string | null
  sessionLifetimes: SessionLifetimes
  /** How long the logs are kept. */
  loginLogDays: number
  auditLogDays: number
  timeZone: string
  /** Bookings start and end on multiples of this, on the organisation's wall clock. */
  slotMinutes: number
  wechat: {
    apiBaseUrl: string
    appId: string
    appSecret: string
    tokenMode: 'stable' | 'legacy'
    miniprogramState: (typeof miniprogramStates)[number]
  }
}

/** DI token of the frozen configuration. */
export const ConfigToken = Symbol('Config')

/** All faults of the environment at once, one line each. */
export class ConfigError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(
      `The configuration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
    )
  }
}

/** @throws {ConfigError} naming every variable that is missing or wrong. */
export function loadConfig(env: Record<string, string | undefined>, rootDir: string): Readonly<Config> {
  // An empty line in a .env file means "not set".
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = environment.safeParse(given)
  const faults = parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  const production = given.NODE_ENV === 'production'
  if (production)
    for (const name of ['DATABASE_URL', 'WECHAT_APP_ID', 'WECHAT_APP_SECRET'])
      if (!(name in given)) faults.push(`${name}: must be set when NODE_ENV is production`)
  if (production && given.TRUST_PROXY === 'true')
    faults.push(
      'TRUST_PROXY: true believes whatever address a caller names; give the number of proxies or their addresses',
    )
  if ('WECHAT_APP_ID' in given !== 'WECHAT_APP_SECRET' in given && !production)
    faults.push('WECHAT_APP_ID and WECHAT_APP_SECRET: set both or neither')
  if (!parsed.success) throw new ConfigError(faults)

  const values = parsed.data
  for (const month of [0, 6]) {
    const offset = offsetMinutesAt(Date.UTC(2026, month, 1), values.ORG_TIME_ZONE)
    if (offset % slotGrainMinutes !== 0 && !faults.some((fault) => fault.startsWith('ORG_TIME_ZONE')))
      faults.push(`ORG_TIME_ZONE: its offset from UTC is not a multiple of ${slotGrainMinutes} minutes`)
  }
  if (faults.length > 0) throw new ConfigError(faults)

  const dataDir = resolve(rootDir, values.DATA_DIR)
  const ownApp = production || values.WECHAT_APP_ID !== undefined
  const apiBaseUrl = values.WECHAT_API_BASE_URL ?? (ownApp ? wechatBaseUrl : `http://127.0.0.1:${values.SANDBOX_PORT}`)
  const sandboxUrl = apiBaseUrl === wechatBaseUrl ? null : seenFrom(apiBaseUrl, values.PUBLIC_URL)
  return Object.freeze<Config>({
    production,
    demo: production ? null : { password: values.DEMO_PASSWORD, sandboxUrl },
    adminPassword: values.ADMIN_PASSWORD,
    organizationName: values.ORG_NAME,
    rootDir,
    dataDir,
    host: values.HOST ?? (production ? '0.0.0.0' : '127.0.0.1'),
    port: values.PORT,
    publicUrl: values.PUBLIC_URL ?? `http://localhost:${values.PORT}`,
    corsOrigins: values.CORS_ORIGINS,
    trustProxy: values.TRUST_PROXY,
    logLevel: values.LOG_LEVEL,
    database: parseDatabaseUrl(values.DATABASE_URL, rootDir, dataDir),
    redisUrl: values.REDIS_URL ?? null,
    sessionLifetimes: values.SESSION_LIFETIMES,
    loginLogDays: values.LOGIN_LOG_DAYS,
    auditLogDays: values.AUDIT_LOG_DAYS,
    timeZone: values.ORG_TIME_ZONE,
    slotMinutes: values.SLOT_MINUTES,
    wechat: {
      apiBaseUrl,
      appId: values.WECHAT_APP_ID ?? sandboxAppId,
      appSecret: values.WECHAT_APP_SECRET ?? sandboxAppSecret,
      tokenMode: values.WECHAT_TOKEN_MODE,
      miniprogramState: values.WECHAT_MINIPROGRAM_STATE ?? (production ? 'formal' : 'developer'),
    },
  })
}

/** The sandbox as browsers reach it: where people come by another name than this machine's own, it has that name too. */
function seenFrom(url: string, publicUrl: string | undefined): string {
  const { hostname, protocol, port } = new URL(url)
  if (!publicUrl || !['127.0.0.1', 'localhost'].includes(hostname)) return url
  return `${protocol}//${new URL(publicUrl).hostname}:${port}`
}

function parseDatabaseUrl(url: string | undefined, rootDir: string, dataDir: string): DatabaseConfig {
  if (url?.startsWith('mysql://')) return { dialect: 'mysql', url }
  if (!url) return { dialect: 'sqlite', file: join(dataDir, 'huiyue.sqlite') }
  const path = url.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, '')
  return { dialect: 'sqlite', file: isAbsolute(path) ? path : resolve(rootDir, path) }
}
