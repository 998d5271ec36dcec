import type { Sequelize } from 'sequelize'
import { inject, Lifecycle, scoped } from 'tsyringe'
import { SequelizeToken } from '../database/sequelize'

/** Whether this process should be given requests. */
@scoped(Lifecycle.ContainerScoped)
export class Readiness {
  private stopping = false

  constructor(@inject(SequelizeToken) private readonly sequelize: Sequelize) {}

  /** From now on the answer is no, so that a balancer sends nobody here any more. */
  leave(): void {
    this.stopping = true
  }

  async check(): Promise<boolean> {
    if (this.stopping) return false
    try {
      await this.sequelize.query('SELECT 1')
      return true
    } catch {
      return false
    }
  }
}
