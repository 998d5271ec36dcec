import { permissionsOf, type CurrentUser, type UserSummary } from '@huiyue/contracts'
import type { UserModel } from './user.models'

export function presentUserSummary(user: UserModel, wechatBound: boolean): UserSummary {
  return {
    id: user.id,
    name: user.name,
    username: user.username,
    department: user.department?.name ?? null,
    wechatBound,
  }
}

export function presentCurrentUser(user: UserModel): CurrentUser {
  const roles = (user.roles ?? []).map((held) => held.role).sort()
  return {
    id: user.id,
    username: user.username,
    name: user.name,
    department: user.department?.name ?? null,
    locale: user.locale,
    roles,
    permissions: permissionsOf(roles),
  }
}
