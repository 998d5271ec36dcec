import {
  reachOf,
  type FieldIssue,
  type Permission,
  type RoleAssignment,
  type RoleAssignmentInput,
  type ScopeKind,
} from '@huiyue/contracts'

/** A role being given; what is still to be chosen is null. */
export interface RoleDraft {
  roleId: string | null
  scopeKind: ScopeKind | null
  scopeId: string | null
}

export const newRoleDraft = (): RoleDraft => ({ roleId: null, scopeKind: null, scopeId: null })

export function roleDraftsOf(roles: readonly RoleAssignment[]): RoleDraft[] {
  return roles.map(({ roleId, scope }) => ({ roleId, scopeKind: scope?.kind ?? null, scopeId: scope?.id ?? null }))
}

/** What the server is told; null while something is still to be chosen. */
export function roleInputOf({ roleId, scopeKind, scopeId }: RoleDraft): RoleAssignmentInput | null {
  if (roleId === null || (scopeKind !== null && scopeId === null)) return null
  return { roleId, scope: scopeKind !== null && scopeId !== null ? { kind: scopeKind, id: scopeId } : null }
}

/** All of them, or null while one is incomplete. */
export function roleInputsOf(drafts: readonly RoleDraft[]): RoleAssignmentInput[] | null {
  const inputs = drafts.map(roleInputOf).filter((input) => input !== null)
  return inputs.length === drafts.length ? inputs : null
}

/** Rows that say what a row above says already. */
export function duplicateRows(drafts: readonly RoleDraft[]): Set<number> {
  const seen = new Set<string>()
  return new Set(
    drafts.flatMap((draft, row) => {
      const key = JSON.stringify(draft)
      if (draft.roleId === null || !seen.has(key)) {
        seen.add(key)
        return []
      }
      return [row]
    }),
  )
}

/** What the server found wrong with one row, wherever in it. */
export function issuesOfRow(issues: readonly FieldIssue[], row: number): FieldIssue[] {
  return issues.filter(({ path }) => path === `roles.${row}` || path.startsWith(`roles.${row}.`))
}

/** What the permissions of a role come to when it counts there only. */
export function reachesOf(permissions: readonly Permission[], limitedTo: ScopeKind | null) {
  const of = (reach: ReturnType<typeof reachOf>) => permissions.filter((one) => reachOf(one, limitedTo) === reach)
  return { everywhere: of('everywhere'), limited: of('limited'), nowhere: of('nowhere') }
}
