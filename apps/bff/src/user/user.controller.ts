import type { OperationResponse } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import type { Call } from '../http/call'
import { IdentityRepository } from '../identity/identity.repository'
import { presentUserSummary } from './user.presenter'
import { UserRepository } from './user.repository'

@scoped(Lifecycle.ContainerScoped)
export class UserController {
  constructor(
    @inject(UserRepository) private readonly users: UserRepository,
    @inject(IdentityRepository) private readonly identities: IdentityRepository,
  ) {}

  async list({ query }: Call<'listUsers'>): Promise<OperationResponse<'listUsers'>> {
    const { rows, count } = await this.users.search(query)
    const bound = await this.identities.boundAmong(rows.map((user) => user.id))
    return { items: rows.map((user) => presentUserSummary(user, bound.has(user.id))), total: count }
  }
}
