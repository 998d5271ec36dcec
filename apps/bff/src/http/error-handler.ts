import type { ErrorResponse } from '@huiyue/contracts'
import type { ErrorRequestHandler, RequestHandler } from 'express'
import { isUnavailable } from '../database/database-errors'
import { AppError, isAppError } from '../errors/app-error'
import { errorStatus } from '../errors/error-status'
import type { Logger } from '../logging/logger'

/** The one place where an error becomes an answer. */
export function createErrorHandler(logger: Logger): ErrorRequestHandler {
  return (error: unknown, _req, res, next) => {
    const requestId = String(res.locals.requestId)
    const known: AppError | null = error instanceof AppError ? error : fromLibrary(error)
    if (!known || known.code === 'SERVER_BUSY') logger.error({ err: error, requestId }, 'unexpected error')
    if (res.headersSent) return next(error)
    // Answers of the file server to conditional requests: statuses without words.
    const { status } = (error ?? {}) as { status?: unknown }
    if (!known && (status === 412 || status === 416)) return void res.status(status).end()
    const { code, message, details } = known ?? new AppError('INTERNAL', 'Something went wrong on our side')
    const body: ErrorResponse = { error: { code, message, ...(details === undefined ? {} : { details }), requestId } }
    res.setHeader('Cache-Control', 'no-store')
    if (isAppError(known, 'TOO_MANY_ATTEMPTS') && known.details)
      res.setHeader('Retry-After', String(known.details.retryAfterSeconds))
    res.status(errorStatus[code]).json(body)
  }
}

export const notFound: RequestHandler = () => {
  throw new AppError('NOT_FOUND', 'There is nothing at this address')
}

/** body-parser marks its errors with a `type`; Express refuses an address it cannot decode with status 400. */
function fromLibrary(error: unknown): AppError | null {
  if (isUnavailable(error)) return new AppError('SERVER_BUSY', 'The database cannot be reached at the moment')
  const { type, status } = (error ?? {}) as { type?: unknown; status?: unknown }
  if (type === 'entity.too.large') return new AppError('PAYLOAD_TOO_LARGE', 'The request body is too large')
  if (typeof type === 'string' || status === 400)
    return new AppError('MALFORMED_JSON', 'The request could not be read; the body must be JSON in UTF-8')
  return null
}
