import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino'

export type Logger = PinoLogger
/** DI token of the root logger; take `logger.child({ scope: 'booking' })` once, in the constructor. */
export const LoggerToken = Symbol('Logger')

const secretKeys = [
  'password',
  'code',
  'token',
  'accessToken',
  'refreshToken',
  'access_token',
  'session_key',
  'secret',
  'appSecret',
  'authorization',
  'cookie',
]

/** Values under names that hold secrets never come out, however deep in an object a call site puts them. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const paths = secretKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`])
  const options = { level, redact: { paths, censor: '[secret]' }, base: { pid: process.pid } }
  return destination ? pino(options, destination) : pino(options)
}
