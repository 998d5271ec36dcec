import type { ChangePasswordInput, FieldIssue, Me, UpdateMeInput, WechatBinding } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { AuditTrail } from '../audit/audit-trail'
import { ClockToken, type Clock } from '../clock'
import { ConfigToken, type Config } from '../config/config'
import { TransactionRunner } from '../database/transaction-runner'
import { AppError, fieldIssue, validationError } from '../errors/app-error'
import type { IdentityModel } from '../identity/identity.model'
import { IdentityRepository } from '../identity/identity.repository'
import { againWhenTaken, WechatBindingService } from '../identity/wechat-binding.service'
import { passwordFault } from '../password/password-rules'
import { AttemptLimiter } from '../password/attempt-limiter'
import { PasswordProof, tooMany } from '../password/password-proof'
import type { Actor } from '../session/actor'
import { PasswordHasher } from '../session/password-hasher'
import { SessionEnding } from '../session/session-ending'
import { SessionRepository } from '../session/session.repository'
import type { UserModel } from '../user/user.models'
import { presentCurrentUser } from '../user/user.presenter'
import { UserRepository } from '../user/user.repository'

/** So long after a login the password need not be given again. */
const freshMs = 10 * 60_000

/** What people do with their own account. */
@scoped(Lifecycle.ContainerScoped)
export class ProfileService {
  constructor(
    @inject(UserRepository) private readonly users: UserRepository,
    @inject(PasswordProof) private readonly proof: PasswordProof,
    @inject(AttemptLimiter) private readonly limiter: AttemptLimiter,
    @inject(IdentityRepository) private readonly identities: IdentityRepository,
    @inject(PasswordHasher) private readonly passwords: PasswordHasher,
    @inject(SessionEnding) private readonly sessions: SessionEnding,
    @inject(SessionRepository) private readonly sessionRows: SessionRepository,
    @inject(WechatBindingService) private readonly bindings: WechatBindingService,
    @inject(AuditTrail) private readonly audit: AuditTrail,
    @inject(TransactionRunner) private readonly transactions: TransactionRunner,
    @inject(ConfigToken) private readonly config: Config,
    @inject(ClockToken) private readonly clock: Clock,
  ) {}

  async me(actor: Actor): Promise<Me> {
    const user = presentCurrentUser(await this.own(actor))
    const { roles, permissions } = user
    return { user, roles, permissions, wechat: await this.bindings.stateOf(actor.userId) }
  }

  async update(actor: Actor, input: UpdateMeInput): Promise<Me> {
    const user = await this.own(actor)
    const changes = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))
    await this.transactions.run(async (tx) => {
      if ((await this.users.lock(user.id, tx))?.status !== 'active')
        throw new AppError('NOT_SIGNED_IN', 'The account is gone')
      await this.users.update(user.id, { ...changes, updatedAt: this.clock.now() }, tx)
      const before = Object.fromEntries(Object.keys(changes).map((name) => [name, user.get(name as keyof UserModel)]))
      await this.audit.append(actor, { action: 'account.updated', target: user, before, after: changes }, tx)
    })
    return this.me(actor)
  }

  /** @throws {AppError} `VALIDATION_FAILED` naming everything that stands against it, `TOO_MANY_ATTEMPTS`, `PASSWORD_EXPIRED` */
  async changePassword(actor: Actor, { currentPassword, newPassword }: ChangePasswordInput): Promise<void> {
    const user = await this.own(actor)
    const issues: FieldIssue[] = []
    if (!(await this.isRight(actor, user, currentPassword)))
      issues.push(fieldIssue('currentPassword', 'password_wrong'))
    const fault = isSame(newPassword, currentPassword)
      ? 'password_unchanged'
      : passwordFault(newPassword, user, this.config.organizationName)
    if (fault) issues.push(fieldIssue('newPassword', fault))
    if (issues.length > 0) throw validationError(issues)
    if (user.passwordExpiresAt && user.passwordExpiresAt <= this.clock.now())
      throw new AppError('PASSWORD_EXPIRED', 'This one-time password is over; ask for another one')
    const passwordHash = await this.passwords.hash(newPassword)
    const changed = await this.transactions.run(async (tx) => {
      const fresh = { passwordHash, mustChangePassword: false, passwordExpiresAt: null, updatedAt: this.clock.now() }
      if (!(await this.users.replacePassword(user, fresh, tx))) return false
      await this.sessions.end({ userIds: [user.id], exceptSessionId: actor.sessionId }, 'password_changed', tx)
      this.sessions.rightsChanged([user.id], tx)
      await this.audit.append(actor, { action: 'account.password_changed', target: user }, tx)
      return true
    })
    // Somebody else was quicker: what was proven is the password no longer.
    if (!changed) throw validationError([fieldIssue('currentPassword', 'password_wrong')])
  }

  /**
   * With `replace` in the place of the WeChat user the account had. A new binding is a way in that outlives this
   * session, so it takes the password, unless a first one comes just after a login with it.
   */
  async bindWechat(
    actor: Actor,
    { code, replace, password }: { code: string; replace: boolean; password?: string | undefined },
  ): Promise<WechatBinding> {
    const user = await this.own(actor)
    const isNew = (own: IdentityModel | null) => replace || !own || own.passwordNeeded
    const fresh = await this.hasJustLoggedIn(actor)
    const proven = replace || password !== undefined || (!fresh && isNew(await this.identities.findByUser(user.id)))
    if (proven) await this.prove(actor, user, password)
    const refusal = await this.limiter.use(user.id)
    if (refusal) throw tooMany(refusal)
    const exchange = await this.bindings.exchange(user.id, code)
    return againWhenTaken(() =>
      this.transactions.run(async (tx) => {
        // WeChat took its time: the password, the session and the binding may have changed meanwhile.
        const now = await this.users.lock(user.id, tx)
        const alive = await this.sessionRows.isAlive(actor.sessionId, this.clock.now(), tx)
        if (!alive || now?.passwordHash !== user.passwordHash)
          throw new AppError('NOT_SIGNED_IN', 'The session has ended')
        if (!proven && !fresh && isNew(await this.identities.findByUser(user.id, tx)))
          throw validationError([fieldIssue('password', 'required')])
        return this.bindings.bind(now, exchange, actor, tx, { replace, keepSessionId: actor.sessionId })
      }),
    )
  }

  /** This session goes on; others that WeChat opened end. */
  async unbindWechat(actor: Actor, password: string): Promise<WechatBinding> {
    const user = await this.own(actor)
    await this.prove(actor, user, password)
    await this.transactions.run(async (tx) => {
      await this.users.lock(user.id, tx)
      await this.bindings.unbind(user, actor, tx, { exceptSessionId: actor.sessionId })
    })
    return this.bindings.stateOf(user.id)
  }

  private async hasJustLoggedIn({ sessionId }: Actor): Promise<boolean> {
    const session = await this.sessionRows.findById(sessionId)
    if (session?.method !== 'password') return false
    return this.clock.now().getTime() - session.createdAt.getTime() <= freshMs
  }

  private async prove(actor: Actor, user: UserModel, password: string | undefined): Promise<void> {
    if (!password) throw validationError([fieldIssue('password', 'required')])
    if (!(await this.isRight(actor, user, password))) throw validationError([fieldIssue('password', 'password_wrong')])
  }

  private isRight(actor: Actor, user: UserModel, password: string): Promise<boolean> {
    return this.proof.check(user.username, password, actor.client, () => Promise.resolve(user.passwordHash))
  }

  private async own(actor: Actor): Promise<UserModel> {
    const user = await this.users.findById(actor.userId)
    if (!user) throw new AppError('NOT_SIGNED_IN', 'The account is gone')
    return user
  }
}

/** As the hash takes them: the same characters typed on another keyboard are the same password. */
function isSame(one: string, other: string): boolean {
  return one.normalize('NFKC') === other.normalize('NFKC')
}
