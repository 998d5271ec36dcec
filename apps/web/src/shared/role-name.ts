import { builtInRole, type RoleAssignment } from '@huiyue/contracts'
import type { Translate } from '@/messages'

/** What a role is called: built-in ones have words in each language, the others the name they were given. */
export function roleName(
  { roleId, roleName: given }: Pick<RoleAssignment, 'roleId' | 'roleName'>,
  t: Translate,
): string {
  const builtIn = builtInRole.safeParse(roleId)
  return builtIn.success ? t(`roles.${builtIn.data}`) : given
}
