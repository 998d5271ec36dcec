import type { FieldIssue } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { ConfigToken, type Config } from '../config/config'
import { DepartmentRepository } from '../department/department.repository'
import { fieldIssue } from '../errors/app-error'
import { passwordFault } from '../password/password-rules'
import { UserRepository } from '../user/user.repository'

/** What a new account would be refused for next, told together with what its form is refused for now. */
@scoped(Lifecycle.ContainerScoped)
export class AccountDraft {
  constructor(
    @inject(UserRepository) private readonly users: UserRepository,
    @inject(DepartmentRepository) private readonly departments: DepartmentRepository,
    @inject(ConfigToken) private readonly config: Config,
  ) {}

  /** @param fields those that are sound in themselves */
  async check(fields: Record<string, unknown>): Promise<FieldIssue[]> {
    const text = (name: string) => (typeof fields[name] === 'string' ? fields[name] : null)
    const [username, departmentId, password] = [text('username'), text('departmentId'), text('initialPassword')]
    const issues: FieldIssue[] = []
    if (username && (await this.users.findCredentials(username))) issues.push(fieldIssue('username', 'username_taken'))
    if (departmentId && !(await this.departments.tree()).has(departmentId))
      issues.push(fieldIssue('departmentId', 'unknown_department'))
    const person = { username: username ?? '', name: text('name') ?? '' }
    const fault = password ? passwordFault(password, person, this.config.organizationName) : null
    if (fault) issues.push(fieldIssue('initialPassword', fault))
    return issues
  }
}
