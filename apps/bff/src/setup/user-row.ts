import type { Clock } from '../clock'
import { newId } from '../ids'
import type { PasswordHasher } from '../session/password-hasher'
import { keyOf } from '../user/user.repository'

/** The columns of a new, active account. */
export async function newUserRow(
  person: { username: string; name: string; departmentId?: string },
  password: string,
  passwords: PasswordHasher,
  clock: Clock,
) {
  const now = clock.now()
  return {
    id: newId(),
    username: person.username,
    usernameKey: keyOf(person.username),
    name: person.name,
    searchKey: `${keyOf(person.name)} ${keyOf(person.username)}`,
    passwordHash: await passwords.hash(password),
    departmentId: person.departmentId ?? null,
    locale: 'zh-CN' as const,
    status: 'active' as const,
    createdAt: now,
    updatedAt: now,
  }
}
