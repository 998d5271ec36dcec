import type {
  Account,
  BulkResult,
  CreatedAccount,
  OneTimePassword,
  OperationResponse,
  PersonalData,
} from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import type { Call } from '../http/call'
import { AccountAccessService } from './account-access.service'
import { AccountBulkService } from './account-bulk.service'
import { AccountRolesService } from './account-roles.service'
import { AccountQueries } from './account.queries'
import { AccountService } from './account.service'
import { ErasureService } from './erasure.service'
import { PersonalDataService } from './personal-data.service'

@scoped(Lifecycle.ContainerScoped)
export class AccountController {
  constructor(
    @inject(AccountQueries) private readonly queries: AccountQueries,
    @inject(AccountService) private readonly accounts: AccountService,
    @inject(AccountRolesService) private readonly roles: AccountRolesService,
    @inject(AccountAccessService) private readonly access: AccountAccessService,
    @inject(AccountBulkService) private readonly many: AccountBulkService,
    @inject(PersonalDataService) private readonly personalData: PersonalDataService,
    @inject(ErasureService) private readonly erasure: ErasureService,
  ) {}

  list({ actor, query }: Call<'listAccounts'>): Promise<OperationResponse<'listAccounts'>> {
    return this.queries.list(actor, query)
  }

  get({ actor, params }: Call<'getAccount'>): Promise<Account> {
    return this.queries.get(actor, params.id)
  }

  create({ actor, body }: Call<'createAccount'>): Promise<CreatedAccount> {
    return this.accounts.create(actor, body)
  }

  update({ actor, params, body }: Call<'updateAccount'>): Promise<Account> {
    return this.accounts.update(actor, params.id, body)
  }

  bulk({ actor, body }: Call<'bulkAccounts'>): Promise<BulkResult> {
    return this.many.run(actor, body)
  }

  putRoles({ actor, params, body }: Call<'putAccountRoles'>): Promise<Account> {
    return this.roles.put(actor, params.id, body.roles)
  }

  resetPassword({ actor, params, body }: Call<'resetPassword'>): Promise<OneTimePassword> {
    return this.access.resetPassword(actor, params.id, body.reason)
  }

  async endSessions({
    actor,
    params,
    body,
  }: Call<'endAccountSessions'>): Promise<OperationResponse<'endAccountSessions'>> {
    return { ended: await this.access.endSessions(actor, params.id, body.reason) }
  }

  unbindWechat({ actor, params, body }: Call<'unbindAccountWechat'>): Promise<Account> {
    return this.access.unbindWechat(actor, params.id, body.reason)
  }

  getPersonalData({ actor, params }: Call<'getAccountPersonalData'>): Promise<PersonalData> {
    return this.personalData.ofAccount(actor, params.id)
  }

  getOwnPersonalData({ actor }: Call<'getMyPersonalData'>): Promise<PersonalData> {
    return this.personalData.ofThemselves(actor)
  }

  erase({ actor, params, body }: Call<'eraseAccount'>): Promise<Account> {
    return this.erasure.erase(actor, params.id, body.reason)
  }
}
