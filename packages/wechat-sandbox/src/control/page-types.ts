import type { clockView, phoneView, snapshotView } from './views'
import type { CallRecord } from '../platform/events'
import type { Fault } from '../platform/faults'

export type Phone = ReturnType<typeof phoneView>
export type Card = Phone['cards'][number]
export type Subscription = Phone['subscriptions'][number]
export type Prompt = NonNullable<Phone['prompt']>
export type Snapshot = ReturnType<typeof snapshotView>
export type SandboxClock = ReturnType<typeof clockView>
export type { CallRecord, Fault }
