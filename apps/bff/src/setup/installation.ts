import { randomBytes } from 'node:crypto'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { AuditTrail } from '../audit/audit-trail'
import { ClockToken, type Clock } from '../clock'
import { ConfigToken, type Config } from '../config/config'
import { isUniqueViolation } from '../database/database-errors'
import { TransactionRunner } from '../database/transaction-runner'
import { PasswordHasher } from '../session/password-hasher'
import { newUserRow } from './user-row'
import { RoleAssignmentModel } from '../role/role.models'
import { UserModel } from '../user/user.models'
import { DefaultTemplates } from './default-templates'

/** What an installation needs before anybody can use it. Several processes may start at once. */
@scoped(Lifecycle.ContainerScoped)
export class Installation {
  constructor(
    @inject(ConfigToken) private readonly config: Config,
    @inject(TransactionRunner) private readonly transactions: TransactionRunner,
    @inject(PasswordHasher) private readonly passwords: PasswordHasher,
    @inject(DefaultTemplates) private readonly templates: DefaultTemplates,
    @inject(AuditTrail) private readonly audit: AuditTrail,
    @inject(ClockToken) private readonly clock: Clock,
  ) {}

  /** The password of a first administrator that was just made up, to be shown once. */
  async prepare(): Promise<string | null> {
    if (this.config.demo) {
      const { sandboxDefaults, seedDemo } = await import('../demo/seed-demo')
      await this.templates.ensure(this.config.demo.sandboxUrl ? sandboxDefaults.templateId : '')
      await seedDemo(this.transactions, this.passwords, this.clock, this.config)
      return null
    }
    await this.templates.ensure('')
    return this.ensureAdministrator()
  }

  private async ensureAdministrator(): Promise<string | null> {
    if ((await UserModel.count()) > 0) return null
    const password = this.config.adminPassword ?? randomBytes(12).toString('base64url')
    const row = await newUserRow({ username: 'admin', name: '管理员' }, password, this.passwords, this.clock)
    try {
      await this.transactions.run(async (transaction) => {
        // Whether it stood in the environment or on a screen: others may have read it.
        await UserModel.create({ ...row, mustChangePassword: true }, { transaction })
        await RoleAssignmentModel.create({ userId: row.id, roleId: 'admin' }, { transaction })
        const after = { username: row.username, name: row.name, status: row.status, roles: ['admin'] }
        await this.audit.append(null, { action: 'account.created', target: row, after }, transaction)
      })
    } catch (error) {
      if (isUniqueViolation(error)) return null
      throw error
    }
    return this.config.adminPassword ? null : password
  }
}
