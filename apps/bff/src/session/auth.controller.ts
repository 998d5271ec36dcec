import type { LoginResult, TokenPair } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import type { Call } from '../http/call'
import { LoginService } from './login.service'
import { SessionService } from './session.service'

@scoped(Lifecycle.ContainerScoped)
export class AuthController {
  constructor(
    @inject(LoginService) private readonly logins: LoginService,
    @inject(SessionService) private readonly sessions: SessionService,
  ) {}

  login({ body }: Call<'login'> | Call<'loginWxProgram'>): Promise<LoginResult> {
    return this.logins.withPassword(body)
  }

  loginWechat({ body }: Call<'loginWechat'>): Promise<LoginResult> {
    return this.logins.withWechatCode(body.code, body.clientId)
  }

  refresh({ body }: Call<'refresh'>): Promise<TokenPair> {
    return this.sessions.refresh(body.refreshToken)
  }

  logout({ actor }: Call<'logout'>): Promise<void> {
    return this.sessions.end(actor)
  }
}
