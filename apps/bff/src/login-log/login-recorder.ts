import type { ClientId, LoginMethod, LoginOutcome, LoginReason } from '@huiyue/contracts'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { describeClient, type ClientInfo } from '../client/describe-client'
import { ClockToken, type Clock } from '../clock'
import { TransactionRunner } from '../database/transaction-runner'
import { newId } from '../ids'
import { LoginLogModel } from './login-log.models'

export interface LoginEvent {
  /** Null when no account has that username. */
  user: { id: string; username: string } | null
  /** What was typed; empty when nothing was. */
  typed: string
  clientId: ClientId
  method: LoginMethod
  result: LoginOutcome
  reason: LoginReason | null
  client: ClientInfo
  requestId: string
}

/** How much of a name that no account has is kept: somebody may have typed the password there. */
const keptOfUnknown = 2

/** Writes down every attempt to log in, and every sign of theft. */
@scoped(Lifecycle.ContainerScoped)
export class LoginRecorder {
  constructor(
    @inject(TransactionRunner) private readonly transactions: TransactionRunner,
    @inject(ClockToken) private readonly clock: Clock,
  ) {}

  async record({ user, typed, client, ...event }: LoginEvent): Promise<void> {
    const username = user ? user.username : masked(typed)
    const row = {
      id: newId(),
      at: this.clock.now(),
      userId: user?.id ?? null,
      username,
      ...event,
      ...(await describeClient(client)),
    }
    await this.transactions.run((transaction) => LoginLogModel.create(row, { transaction }))
  }
}

function masked(typed: string): string {
  const letters = [...typed]
  return letters.length === 0 ? '' : `${letters.slice(0, keptOfUnknown).join('')}…`
}
