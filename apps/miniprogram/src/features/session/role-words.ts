import { builtInRole, type RoleAssignment } from '@huiyue/contracts'
import { t } from '@/lib/i18n'

/** A role as somebody has it: with the building or department, when it is only for one. */
export function roleWords({ roleId, roleName, scope }: RoleAssignment): string {
  const known = builtInRole.safeParse(roleId)
  const role = known.success ? t(`me.roles.${known.data}`) : roleName
  return scope ? t('me.roleWithin', { role, place: scope.name }) : role
}
