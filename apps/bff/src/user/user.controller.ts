import type { Me, OperationResponse } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { AppError } from '../errors/app-error'
import type { Call } from '../http/call'
import { IdentityRepository } from '../identity/identity.repository'
import { WechatBindingService } from '../identity/wechat-binding.service'
import { presentCurrentUser, presentUserSummary } from './user.presenter'
import { UserRepository } from './user.repository'

@scoped(Lifecycle.ContainerScoped)
export class UserController {
  constructor(
    @inject(UserRepository) private readonly users: UserRepository,
    @inject(IdentityRepository) private readonly identities: IdentityRepository,
    @inject(WechatBindingService) private readonly bindings: WechatBindingService,
  ) {}

  async list({ query }: Call<'listUsers'>): Promise<OperationResponse<'listUsers'>> {
    const { rows, count } = await this.users.search(query)
    const bound = await this.identities.boundAmong(rows.map((user) => user.id))
    return { items: rows.map((user) => presentUserSummary(user, bound.has(user.id))), total: count }
  }

  async me({ actor }: Call<'getMe'>): Promise<Me> {
    const user = await this.users.findById(actor.userId)
    if (!user) throw new AppError('NOT_SIGNED_IN', 'The account is gone')
    const presented = presentCurrentUser(user)
    const { roles, permissions } = presented
    return { user: presented, roles, permissions, wechat: await this.bindings.stateOf(user.id) }
  }

  bindWechat({ actor, body }: Call<'bindWechat'>): Promise<OperationResponse<'bindWechat'>> {
    return this.bindings.bind(actor.userId, body.code)
  }
}
