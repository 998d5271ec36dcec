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

/**
 * What of an error is written down. A database error carries its statement with all values in it, tokens included;
 * of such a one only the code and the place remain.
 */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error }
  const { code, sql, parent } = error as { code?: unknown; sql?: unknown; parent?: { code?: unknown } }
  const at = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return {
    type: error.name,
    errorCode: parent?.code ?? code,
    ...(sql === undefined && parent === undefined ? { message: error.message } : {}),
    stack: at.slice(0, 12).join('\n'),
  }
}

/** Values under names that hold secrets never come out, up to two objects deep in what a call site gives. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const paths = secretKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`])
  const options = {
    level,
    redact: { paths, censor: '[secret]' },
    serializers: { err: describeError },
    base: { pid: process.pid },
  }
  return destination ? pino(options, destination) : pino(options)
}
