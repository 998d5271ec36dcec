import { type ErrorRequestHandler } from 'express'
import { z } from 'zod'

/** Answered as `{ error: { code, message, ...details } }`. */
export class ControlError extends Error {
  constructor(
    readonly status: 400 | 404,
    readonly code: string,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message)
  }
}

export const answerControlErrors: ErrorRequestHandler = (error: unknown, _req, res, next) => {
  if (res.headersSent) return next(error)
  if (error instanceof ControlError)
    return res.status(error.status).json({ error: { code: error.code, message: error.message, ...error.details } })
  if (error instanceof z.ZodError) {
    const message = error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`).join('; ')
    return res.status(400).json({ error: { code: 'INVALID_INPUT', message } })
  }
  if (error instanceof Error && 'status' in error && typeof error.status === 'number' && error.status < 500)
    return res.status(400).json({ error: { code: 'INVALID_BODY', message: error.message } })
  return next(error)
}
