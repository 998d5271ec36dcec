import type { LoginInput, LoginReason, LoginResult, WechatBinding, WechatLoginInput } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { describeClient } from '../client/describe-client'
import { ClockToken, type Clock } from '../clock'
import { ConfigToken, type Config } from '../config/config'
import { wellKnownDemoPassword } from '../config/demo-password'
import { TransactionRunner, type Tx } from '../database/transaction-runner'
import { AppError } from '../errors/app-error'
import type { IdentityModel } from '../identity/identity.model'
import { IdentityRepository } from '../identity/identity.repository'
import { againWhenTaken, presentBinding, WechatBindingService } from '../identity/wechat-binding.service'
import { LoginRecorder, type LoginEvent } from '../login-log/login-recorder'
import { AttemptLimiter } from '../password/attempt-limiter'
import { PasswordProof, tooMany } from '../password/password-proof'
import { presentCurrentUser } from '../user/user.presenter'
import type { UserModel } from '../user/user.models'
import { UserRepository, type Credentials } from '../user/user.repository'
import { WechatError } from '../wechat/wechat-error'
import { PasswordHasher } from './password-hasher'
import { SessionService, type Origin } from './session.service'

/** What the log is told of an attempt before its outcome is known. */
type Attempt = Pick<LoginEvent, 'typed' | 'clientId' | 'method'> & Origin

/** The ways in. Another one (single sign-on) is another method that ends in `enter`. */
@scoped(Lifecycle.ContainerScoped)
export class LoginService {
  constructor(
    @inject(UserRepository) private readonly users: UserRepository,
    @inject(PasswordProof) private readonly proof: PasswordProof,
    @inject(PasswordHasher) private readonly passwords: PasswordHasher,
    @inject(AttemptLimiter) private readonly limiter: AttemptLimiter,
    @inject(SessionService) private readonly sessions: SessionService,
    @inject(IdentityRepository) private readonly identities: IdentityRepository,
    @inject(WechatBindingService) private readonly bindings: WechatBindingService,
    @inject(LoginRecorder) private readonly log: LoginRecorder,
    @inject(TransactionRunner) private readonly transactions: TransactionRunner,
    @inject(ConfigToken) private readonly config: Config,
    @inject(ClockToken) private readonly clock: Clock,
  ) {}

  /** Password first; only then is the code worth a call to WeChat. Whatever WeChat says, the person is logged in. */
  async withPassword(input: LoginInput, origin: Origin): Promise<LoginResult> {
    const attempt: Attempt = { ...origin, typed: input.username, clientId: input.clientId, method: 'password' }
    const user = await this.userOfPassword(input, attempt)
    await this.assertActive(user, attempt)
    if (user.passwordExpiresAt && user.passwordExpiresAt <= this.clock.now()) {
      await this.fail(attempt, 'password_expired', user)
      throw new AppError('PASSWORD_EXPIRED', 'This one-time password is over; ask for another one')
    }
    const passwordHash = await this.upToDate(user, input.password)
    const exchange = input.code ? await this.bindings.exchange(user.id, input.code) : null
    return this.enter(user, attempt, async (now, tx) => {
      if (now.passwordHash !== passwordHash) throw wrongCredentials()
      return exchange
        ? this.bindings.bind(now, exchange, { userId: user.id, ...origin }, tx)
        : presentBinding(await this.identities.findByUser(user.id, tx))
    })
  }

  /** @throws {AppError} `WECHAT_NOT_BOUND`, `WECHAT_PASSWORD_NEEDED`, `WECHAT_CODE_INVALID` or `WECHAT_UNAVAILABLE`. */
  async withWechatCode({ code, clientId }: WechatLoginInput, origin: Origin): Promise<LoginResult> {
    const attempt: Attempt = { ...origin, typed: '', clientId, method: 'wechat' }
    const identity = await this.identityOfCode(code, attempt)
    const user = identity && (await this.users.findById(identity.userId))
    if (!user) {
      await this.fail(attempt, 'wechat_not_bound')
      throw notBound()
    }
    await this.assertActive(user, attempt)
    if (identity.passwordNeeded) {
      await this.fail(attempt, 'wechat_password_needed', user)
      throw passwordNeeded()
    }
    return this.enter(user, attempt, async (_now, tx) => {
      const still = await this.identities.findByUser(user.id, tx)
      if (still?.subject !== identity.subject) throw notBound()
      if (still.passwordNeeded) throw passwordNeeded()
      return presentBinding(still)
    })
  }

  private async userOfPassword({ username, password }: LoginInput, attempt: Attempt): Promise<UserModel> {
    const known: { one: Credentials | null } = { one: null }
    const right = await this.proof.check(
      username,
      password,
      attempt.client,
      async () => {
        known.one = await this.users.findCredentials(username)
        return known.one?.passwordHash ?? null
      },
      async ({ first }) => {
        // One line for a whole attack: whoever floods the door does not flood the log.
        if (first) await this.fail(attempt, 'too_many_attempts', await this.users.findCredentials(username))
      },
    )
    const refused = this.config.production && password.normalize('NFKC') === wellKnownDemoPassword
    const user = right && !refused ? await this.users.findByUsername(username) : null
    // What was proven is the password that was read first; it may have been replaced since.
    if (user && user.passwordHash === known.one?.passwordHash) return user
    await this.fail(attempt, known.one ? 'password_wrong' : 'unknown_user', known.one)
    throw wrongCredentials()
  }

  private async identityOfCode(code: string, attempt: Attempt): Promise<IdentityModel | null> {
    const counted = { account: null, client: attempt.client }
    const refusal = await this.limiter.begin(counted)
    if (refusal) {
      if (refusal.first) await this.fail(attempt, 'too_many_attempts')
      throw tooMany(refusal)
    }
    try {
      const identity = await this.bindings.identityOfCode(code)
      await this.limiter.succeeded(counted)
      return identity
    } catch (error) {
      if (!(error instanceof WechatError)) throw error
      if (error.errorClass === 'code') {
        await this.fail(attempt, 'wechat_code_invalid')
        throw new AppError('WECHAT_CODE_INVALID', 'WeChat does not accept this login code; ask wx.login for another')
      }
      await this.limiter.succeeded(counted)
      if (error.errorClass === 'blocked') {
        await this.fail(attempt, 'wechat_blocked')
        throw new AppError('FORBIDDEN', 'WeChat does not let this person log in')
      }
      if (await this.limiter.mayNote(attempt.client)) await this.fail(attempt, 'wechat_unavailable')
      throw new AppError('WECHAT_UNAVAILABLE', 'WeChat cannot be asked who this is; log in with a password')
    }
  }

  private async assertActive(user: UserModel, attempt: Attempt): Promise<void> {
    if (user.status === 'active') return
    await this.fail(attempt, 'account_disabled', user)
    throw disabled()
  }

  /** The stored hash; made anew with today's parameters when it has lesser ones, now that the password is known. */
  private async upToDate(user: UserModel, password: string): Promise<string> {
    if (!this.passwords.isOutdated(user.passwordHash)) return user.passwordHash
    const passwordHash = await this.passwords.hash(password)
    const replaced = await this.transactions.run((tx) => this.users.replacePassword(user, { passwordHash }, tx))
    return replaced ? passwordHash : user.passwordHash
  }

  /** @param lookAgain whether what was proven still holds, under the lock of the account's row; throws when not */
  private async enter(
    user: UserModel,
    attempt: Attempt,
    lookAgain: (now: UserModel, tx: Tx) => Promise<WechatBinding>,
  ): Promise<LoginResult> {
    const refusal = await this.limiter.use(user.id)
    if (refusal) throw tooMany(refusal)
    const { clientId, method } = attempt
    const from = await describeClient(attempt.client)
    const { tokens, wechat } = await againWhenTaken(() =>
      this.transactions.run(async (tx) => {
        const now = await this.users.lock(user.id, tx)
        if (now?.status !== 'active') throw disabled()
        const binding = await lookAgain(now, tx)
        await this.users.noteLogin(user.id, this.clock.now(), tx)
        return { wechat: binding, tokens: await this.sessions.start(user.id, { clientId, method, from }, tx) }
      }),
    )
    await this.log.record({ ...attempt, user, result: 'success', reason: null })
    return { ...tokens, user: presentCurrentUser(user), wechat }
  }

  private fail(attempt: Attempt, reason: LoginReason, user: LoginEvent['user'] = null): Promise<void> {
    return this.log.record({ ...attempt, user, result: 'failure', reason })
  }
}

function wrongCredentials(): AppError {
  return new AppError('CREDENTIALS_INVALID', 'The username or the password is wrong')
}

function disabled(): AppError {
  return new AppError('ACCOUNT_DISABLED', 'This account is disabled')
}

function notBound(): AppError {
  return new AppError('WECHAT_NOT_BOUND', 'This WeChat user is not bound to an account; log in with a password')
}

function passwordNeeded(): AppError {
  return new AppError(
    'WECHAT_PASSWORD_NEEDED',
    'Sessions of this account were ended on purpose; log in with the password',
  )
}
