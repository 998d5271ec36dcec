import type { ErrorCode, ErrorDetails, FieldIssue } from '@huiyue/contracts'

/** A refusal with a meaning for the caller. Everything else that is thrown is a fault of ours. */
export class AppError<C extends ErrorCode = ErrorCode> extends Error {
  constructor(
    readonly code: C,
    message: string,
    readonly details?: ErrorDetails<C>,
  ) {
    super(message)
    this.name = 'AppError'
  }
}

/** Bad input: names every failing field. */
export function validationError(issues: FieldIssue[]): AppError<'VALIDATION_FAILED'> {
  return new AppError('VALIDATION_FAILED', issues.map((issue) => issue.message).join('; '), { issues })
}

export function isAppError<C extends ErrorCode>(error: unknown, code: C): error is AppError<C> {
  return error instanceof AppError && error.code === code
}
