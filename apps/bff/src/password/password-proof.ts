import { inject, Lifecycle, scoped } from 'tsyringe'
import type { ClientInfo } from '../client/describe-client'
import { AppError } from '../errors/app-error'
import { PasswordHasher } from '../session/password-hasher'
import { keyOf } from '../user/user.repository'
import { AttemptLimiter, type Refusal } from './attempt-limiter'

/** Lets people prove who they are by their password, a limited number of times. */
@scoped(Lifecycle.ContainerScoped)
export class PasswordProof {
  constructor(
    @inject(AttemptLimiter) private readonly limiter: AttemptLimiter,
    @inject(PasswordHasher) private readonly passwords: PasswordHasher,
  ) {}

  /**
   * @param findHash looks the stored hash up; null when there is no such account, which takes as long
   * @param onRefusal called when there were too many attempts, before it throws
   * @throws {AppError} `TOO_MANY_ATTEMPTS`; then nothing was checked
   */
  async check(
    username: string,
    password: string,
    client: ClientInfo,
    findHash: () => Promise<string | null>,
    onRefusal?: (refusal: Refusal) => Promise<void>,
  ): Promise<boolean> {
    const attempt = { account: keyOf(username), client }
    const refusal = await this.limiter.begin(attempt)
    if (refusal) {
      await onRefusal?.(refusal)
      throw tooMany(refusal)
    }
    const right = await this.passwords.verify(await findHash(), password)
    if (right) await this.limiter.succeeded(attempt)
    return right
  }
}

export function tooMany({ retryAfterSeconds }: Refusal): AppError {
  return new AppError('TOO_MANY_ATTEMPTS', 'Too many attempts failed; wait before the next one', { retryAfterSeconds })
}
