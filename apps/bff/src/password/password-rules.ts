import type { FieldIssueCode } from '@huiyue/contracts'
import { isCommonPassword } from './common-passwords'

interface Person {
  username: string
  name: string
  email?: string | null
  mobile?: string | null
}

/**
 * What stands against a password beyond its length, which the contract checks: that others would try it first.
 * NIST SP 800-63B-4 3.1.1.2: no rules of composition, but a list of common ones and the names that are at hand.
 */
export function passwordFault(password: string, person: Person, organizationName: string): FieldIssueCode | null {
  if (isCommonPassword(password) || isOneCharacter(password)) return 'password_common'
  const own = [person.username, person.name, person.email, person.email?.split('@')[0], person.mobile, organizationName]
  const folded = fold(password)
  return own.some((text) => text && isMadeOf(folded, fold(text))) ? 'password_is_name' : null
}

function isOneCharacter(password: string): boolean {
  return new Set(password).size === 1
}

/** The name itself, repeated, or with a few figures around it. */
function isMadeOf(password: string, name: string): boolean {
  return name.length >= 2 && password.includes(name) && /^[\d\p{P}\p{S}\s]{0,4}$/u.test(password.replaceAll(name, ''))
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}
