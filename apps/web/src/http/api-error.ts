import { detailsOf, errorResponse, type BookingConflict, type ErrorCode, type FieldIssue } from '@huiyue/contracts'

/** What can go wrong before the server's own words arrive. */
export const transportErrorCodes = ['NETWORK', 'TIMEOUT', 'BAD_ANSWER'] as const
export type TransportErrorCode = (typeof transportErrorCodes)[number]
export type ApiErrorCode = ErrorCode | TransportErrorCode

/** Every failed call rejects with one of these; `code` decides the words, `status` is 0 when no answer came. */
export class ApiError extends Error {
  constructor(
    readonly code: ApiErrorCode,
    readonly status: number = 0,
    readonly details?: unknown,
    readonly requestId?: string,
    message: string = code,
  ) {
    super(message)
    this.name = 'ApiError'
  }

  /** What the server found wrong with single fields; empty for other errors. */
  get fieldIssues(): FieldIssue[] {
    return this.code === 'VALIDATION_FAILED' ? (detailsOf('VALIDATION_FAILED', this.details)?.issues ?? []) : []
  }

  /** How long to wait before the same attempt may be made again; 0 for other errors. */
  get retryAfterSeconds(): number {
    return this.code === 'TOO_MANY_ATTEMPTS'
      ? (detailsOf('TOO_MANY_ATTEMPTS', this.details)?.retryAfterSeconds ?? 0)
      : 0
  }

  /** The bookings in the way; empty for other errors. */
  get conflicts(): BookingConflict[] {
    return this.code === 'BOOKING_CONFLICT' ? (detailsOf('BOOKING_CONFLICT', this.details)?.conflicts ?? []) : []
  }
}

/** Reads an unsuccessful answer; one that is not in the API's shape (a proxy's page, say) becomes `BAD_ANSWER`. */
export function apiErrorOf(status: number, data: unknown): ApiError {
  const parsed = errorResponse.safeParse(data)
  if (!parsed.success) return new ApiError('BAD_ANSWER', status)
  const { code, details, requestId, message } = parsed.data.error
  return new ApiError(code, status, details, requestId, message)
}

/** Anything thrown, as an `ApiError`; a fault of our own is passed on unchanged so that it stays visible. */
export function toApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown
  throw thrown
}
