import type { ErrorResponse } from '@huiyue/contracts'
import type { ErrorRequestHandler, RequestHandler } from 'express'
import { AppError } from '../errors/app-error'
import { errorStatus } from '../errors/error-status'
import type { Logger } from '../logging/logger'

/** The one place where an error becomes an answer. */
export function createErrorHandler(logger: Logger): ErrorRequestHandler {
  return (error: unknown, _req, res, next) => {
    const requestId = String(res.locals.requestId)
    const known: AppError | null = error instanceof AppError ? error : fromBodyParser(error)
    if (!known) logger.error({ err: error, requestId }, 'unexpected error')
    if (res.headersSent) return next(error)
    const { code, message, details } = known ?? new AppError('INTERNAL', 'Something went wrong on our side')
    const body: ErrorResponse = { error: { code, message, ...(details === undefined ? {} : { details }), requestId } }
    res.setHeader('Cache-Control', 'no-store')
    res.status(errorStatus[code]).json(body)
  }
}

export const notFound: RequestHandler = () => {
  throw new AppError('NOT_FOUND', 'There is nothing at this address')
}

/** body-parser marks its errors with a `type`; any other client error of Express has a 4xx status. */
function fromBodyParser(error: unknown): AppError | null {
  const { type, status } = (error ?? {}) as { type?: unknown; status?: unknown }
  if (type === 'entity.too.large') return new AppError('PAYLOAD_TOO_LARGE', 'The request body is too large')
  if (typeof status === 'number' && status >= 400 && status < 500)
    return new AppError('MALFORMED_JSON', 'The request could not be read; the body must be JSON in UTF-8')
  return null
}
