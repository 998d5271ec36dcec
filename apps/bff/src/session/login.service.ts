import type { ClientId, LoginInput, LoginMethod, LoginResult, WechatBinding, WechatLoginInput } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { AppError } from '../errors/app-error'
import { WechatBindingService } from '../identity/wechat-binding.service'
import { presentCurrentUser } from '../user/user.presenter'
import type { UserModel } from '../user/user.models'
import { UserRepository } from '../user/user.repository'
import { WechatError } from '../wechat/wechat-error'
import { PasswordHasher } from './password-hasher'
import { SessionService, type Origin } from './session.service'

/** The ways in. Another one (single sign-on) is another method that ends in `enter`. */
@scoped(Lifecycle.ContainerScoped)
export class LoginService {
  constructor(
    @inject(UserRepository) private readonly users: UserRepository,
    @inject(PasswordHasher) private readonly passwords: PasswordHasher,
    @inject(SessionService) private readonly sessions: SessionService,
    @inject(WechatBindingService) private readonly bindings: WechatBindingService,
  ) {}

  /** Password first; only then is the code worth a call to WeChat. Whatever WeChat says, the person is logged in. */
  async withPassword(input: LoginInput, origin: Origin): Promise<LoginResult> {
    const user = await this.users.findByUsername(input.username)
    if (!(await this.passwords.verify(user?.passwordHash ?? null, input.password)) || !user)
      throw new AppError('CREDENTIALS_INVALID', 'The username or the password is wrong')
    this.assertActive(user)
    const wechat = input.code ? await this.bindings.bind(user.id, input.code) : await this.bindings.stateOf(user.id)
    return this.enter(user, input.clientId, 'password', wechat, origin)
  }

  /** @throws {AppError} `WECHAT_NOT_BOUND`, `WECHAT_CODE_INVALID` or `WECHAT_UNAVAILABLE`. */
  async withWechatCode({ code, clientId }: WechatLoginInput, origin: Origin): Promise<LoginResult> {
    const user = await this.userOfCode(code)
    if (!user)
      throw new AppError('WECHAT_NOT_BOUND', 'This WeChat user is not bound to an account; log in with a password')
    this.assertActive(user)
    return this.enter(user, clientId, 'wechat', await this.bindings.stateOf(user.id), origin)
  }

  private async userOfCode(code: string): Promise<UserModel | null> {
    try {
      const userId = await this.bindings.userOfCode(code)
      return userId === null ? null : await this.users.findById(userId)
    } catch (error) {
      if (!(error instanceof WechatError)) throw error
      if (error.errorClass === 'code')
        throw new AppError('WECHAT_CODE_INVALID', 'WeChat does not accept this login code; ask wx.login for another')
      if (error.errorClass === 'blocked') throw new AppError('FORBIDDEN', 'WeChat does not let this person log in')
      throw new AppError('WECHAT_UNAVAILABLE', 'WeChat cannot be asked who this is; log in with a password')
    }
  }

  private assertActive(user: UserModel): void {
    if (user.status !== 'active') throw new AppError('ACCOUNT_DISABLED', 'This account is disabled')
  }

  private async enter(
    user: UserModel,
    clientId: ClientId,
    method: LoginMethod,
    wechat: WechatBinding,
    origin: Origin,
  ): Promise<LoginResult> {
    const tokens = await this.sessions.start(user.id, clientId, method, origin.client)
    return { ...tokens, user: presentCurrentUser(user), wechat }
  }
}
