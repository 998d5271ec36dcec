import type { ImportFailure, ImportState } from '@huiyue/contracts'
import type { ImportModel } from './import.models'

const silentMs = 60_000

/** Whoever applies an import was heard since then, or is dead. */
export function aliveSince(now: Date): Date {
  return new Date(now.getTime() - silentMs)
}

/** What has become of an import: one whose process died has failed, and changed nothing. */
export function stateAt(
  { state, failure = null, heartbeatAt }: Pick<ImportModel, 'state' | 'failure' | 'heartbeatAt'>,
  now: Date,
): { state: ImportState; failure: ImportFailure | null } {
  const isDead = state === 'applying' && (!heartbeatAt || heartbeatAt < aliveSince(now))
  return isDead ? { state: 'failed', failure: 'interrupted' } : { state, failure }
}
