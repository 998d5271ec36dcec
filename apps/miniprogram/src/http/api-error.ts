import { detailsOf, errorResponse, type ErrorCode, type FieldIssue, type BookingConflict } from '@huiyue/contracts'

/** What can go wrong on the way, before the server has said anything. */
export type TransportCode = 'NETWORK' | 'TIMEOUT'

/** Every failed call of the API throws one of these; words for people are made from `code` at the edge. */
export class ApiError extends Error {
  constructor(
    readonly code: ErrorCode | TransportCode,
    readonly details?: unknown,
    readonly requestId?: string,
    /** HTTP status; 0 when no answer came. */
    readonly status = 0,
  ) {
    super(code)
    this.name = 'ApiError'
  }

  /** The refused fields; empty for every other code. */
  get issues(): FieldIssue[] {
    return this.code === 'VALIDATION_FAILED' ? (detailsOf('VALIDATION_FAILED', this.details)?.issues ?? []) : []
  }

  /** The version to change now, when this one was stale. */
  get currentVersion(): number | undefined {
    return this.code === 'VERSION_CONFLICT' ? detailsOf('VERSION_CONFLICT', this.details)?.currentVersion : undefined
  }

  /** Seconds until the same may be tried again, when too many attempts were made. */
  get retryAfterSeconds(): number {
    return this.code === 'TOO_MANY_ATTEMPTS'
      ? (detailsOf('TOO_MANY_ATTEMPTS', this.details)?.retryAfterSeconds ?? 0)
      : 0
  }

  /** The bookings in the way; empty for every other code. */
  get conflicts(): BookingConflict[] {
    return this.code === 'BOOKING_CONFLICT' ? (detailsOf('BOOKING_CONFLICT', this.details)?.conflicts ?? []) : []
  }
}

/** Anything thrown, as an ApiError: a fault of our own reads as `INTERNAL`. */
export function toApiError(thrown: unknown): ApiError {
  return thrown instanceof ApiError ? thrown : new ApiError('INTERNAL', thrown)
}

/** Reads an answer that is not a success. A proxy's own error page has no code of ours, so its status has to do. */
export function errorFromAnswer(status: number, data: unknown): ApiError {
  const parsed = errorResponse.safeParse(data)
  if (parsed.success) {
    const { code, details, requestId } = parsed.data.error
    return new ApiError(code, details, requestId, status)
  }
  const busy = status === 502 || status === 503 || status === 504
  return new ApiError(busy ? 'SERVER_BUSY' : 'INTERNAL', undefined, undefined, status)
}
