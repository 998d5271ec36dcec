import type { ErrorCode, ErrorDetails, FieldIssue, FieldIssueCode } from '@huiyue/contracts'

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

/** One fault that only this installation's data show. */
export function fieldIssue(path: string, code: FieldIssueCode, params?: FieldIssue['params']): FieldIssue {
  return { path, code, message: `${path}: ${code.replaceAll('_', ' ')}`, ...(params ? { params } : {}) }
}

export function isAppError<C extends ErrorCode>(error: unknown, code: C): error is AppError<C> {
  return error instanceof AppError && error.code === code
}
