import type { FieldIssue } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { ConfigToken, type Config } from '../config/config'
import type { Tx } from '../database/transaction-runner'
import { DepartmentRepository } from '../department/department.repository'
import { fieldIssue } from '../errors/app-error'
import { passwordFault } from '../password/password-rules'
import { canAt, type Actor } from '../session/actor'
import { keyOf } from '../user/user.repository'

interface Draft {
  username?: string | undefined
  departmentId?: string | null | undefined
}

/** Of the column; some characters become several in the form that is compared. */
const maxUsernameLength = 64

/** What an account's fields must be, beyond what the contract checks; what is left out is not asked about. */
@scoped(Lifecycle.ContainerScoped)
export class AccountRules {
  constructor(
    @inject(DepartmentRepository) private readonly departments: DepartmentRepository,
    @inject(ConfigToken) private readonly config: Config,
  ) {}

  /** The department stays there until the transaction ends. */
  async check(actor: Actor, { username, departmentId }: Draft, tx: Tx): Promise<FieldIssue[]> {
    const issues: FieldIssue[] = []
    if (username !== undefined && keyOf(username).length > maxUsernameLength)
      issues.push(fieldIssue('username', 'too_long', { max: maxUsernameLength }))
    const department = departmentId === undefined ? null : await this.checkDepartment(actor, departmentId, tx)
    return department ? [...issues, department] : issues
  }

  checkPassword(password: string, person: { username: string; name: string }): FieldIssue[] {
    const code = passwordFault(password, person, this.config.organizationName)
    return code ? [fieldIssue('initialPassword', code)] : []
  }

  /** Whoever looks after some departments only puts nobody elsewhere. */
  private async checkDepartment(actor: Actor, departmentId: string | null, tx: Tx): Promise<FieldIssue | null> {
    if (departmentId && !(await this.departments.holdExisting([departmentId], tx)).has(departmentId))
      return fieldIssue('departmentId', 'unknown_department')
    return canAt(actor, 'account:manage', { departmentId }) ? null : fieldIssue('departmentId', 'not_allowed')
  }
}
