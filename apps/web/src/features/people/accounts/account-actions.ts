import { bulkActions, type Account, type BulkAction, type Permission } from '@huiyue/contracts'

export const accountActions = [
  'edit',
  'roles',
  'resetPassword',
  'enable',
  'disable',
  'unbindWechat',
  'endSessions',
  'personalData',
  'erase',
] as const
export type AccountAction = (typeof accountActions)[number]

const needed: Record<AccountAction, Permission> = {
  edit: 'account:manage',
  roles: 'role:assign',
  resetPassword: 'account:manage',
  enable: 'account:manage',
  disable: 'account:manage',
  unbindWechat: 'account:manage',
  endSessions: 'session:end',
  personalData: 'account:erase',
  erase: 'account:erase',
}
/** What nobody does to their own account here, lest they lock themselves out or give themselves more. */
const notToOneself: ReadonlySet<AccountAction> = new Set(['roles', 'resetPassword', 'enable', 'disable', 'erase'])

export type Hindrance = 'notManageable' | 'erased' | 'ownAccount'

interface Asker {
  id: string | undefined
  can(permission: Permission): boolean
}

/**
 * Why nothing can be changed about that account, if so. What the server says about managing it tells nothing to those who
 * manage no accounts at all.
 */
export function hindranceOf(account: Account, asker: Asker): Hindrance | null {
  if (account.status === 'erased') return 'erased'
  const mayManage = account.canManage || account.id === asker.id || !asker.can('account:manage')
  return mayManage ? null : 'notManageable'
}

/** What the asker's permissions offer for one account; `why` tells what is in the way of a single action. */
export function actionsFor(account: Account, asker: Asker): { action: AccountAction; why: Hindrance | null }[] {
  const hindrance = hindranceOf(account, asker)
  const own = account.id === asker.id
  return accountActions
    .filter((action) => asker.can(needed[action]) && meaningful(action, account))
    .map((action) => ({ action, why: own && notToOneself.has(action) ? 'ownAccount' : hindrance }))
}

function meaningful(action: AccountAction, { status, wechat }: Account): boolean {
  if (action === 'enable') return status === 'disabled'
  if (action === 'disable') return status === 'active'
  if (action === 'unbindWechat') return wechat.bound
  return true
}

const neededForMany: Record<BulkAction, Permission> = {
  enable: 'account:manage',
  disable: 'account:manage',
  move: 'account:manage',
  'add-role': 'role:assign',
  'remove-role': 'role:assign',
  'end-sessions': 'session:end',
}

/** What the asker may do with many accounts at once; all of it needs the right to manage accounts. */
export function bulkActionsFor(can: (permission: Permission) => boolean): BulkAction[] {
  return can('account:manage') ? bulkActions.filter((action) => can(neededForMany[action])) : []
}
