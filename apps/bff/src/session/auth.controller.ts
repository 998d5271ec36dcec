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

  login({ body, client, requestId }: Call<'login'> | Call<'loginWxProgram'>): Promise<LoginResult> {
    return this.logins.withPassword(body, { client, requestId })
  }

  loginWechat({ body, client, requestId }: Call<'loginWechat'>): Promise<LoginResult> {
    return this.logins.withWechatCode(body, { client, requestId })
  }

  refresh({ body, client, requestId }: Call<'refresh'>): Promise<TokenPair> {
    return this.sessions.refresh(body.refreshToken, { client, requestId })
  }

  logout({ actor }: Call<'logout'>): Promise<void> {
    return this.sessions.end(actor)
  }
}
