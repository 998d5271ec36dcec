import type { FieldIssue, ImportFailure, ImportKind, ImportRowAction } from '@huiyue/contracts'
import { col, Op, type CreationAttributes, type Includeable } from 'sequelize'
import { Lifecycle, scoped } from 'tsyringe'
import type { CsvEncoding } from '../csv/csv-reader'
import type { Tx } from '../database/transaction-runner'
import { UserModel } from '../user/user.models'
import { ImportModel, ImportRowModel } from './import.models'

export interface NewImport {
  id: string
  kind: ImportKind
  fileName: string
  encoding: CsvEncoding
  issues: readonly FieldIssue[]
  createdBy: string
  createdAt: Date
}

const withCreator: Includeable = { model: UserModel, as: 'creator', attributes: ['id', 'name'], required: true }
const mostListed = 200

@scoped(Lifecycle.ContainerScoped)
export class ImportRepository {
  /** Until its rows are complete it counts as one that was interrupted. */
  async insert({ issues, ...job }: NewImport, tx: Tx): Promise<void> {
    await ImportModel.create(
      { ...job, issues: JSON.stringify(issues), state: 'failed', failure: 'interrupted' },
      { transaction: tx },
    )
  }

  async insertRows(rows: CreationAttributes<ImportRowModel>[], tx: Tx): Promise<void> {
    await ImportRowModel.bulkCreate(rows, { transaction: tx })
  }

  async markChecked(id: string, counts: ReadonlyMap<ImportRowAction, number>, tx: Tx): Promise<void> {
    const count = (action: ImportRowAction) => counts.get(action) ?? 0
    await ImportModel.update(
      {
        state: 'checked',
        failure: null,
        rowCount: [...counts.values()].reduce((sum, one) => sum + one, 0),
        createCount: count('create'),
        updateCount: count('update'),
        unchangedCount: count('unchanged'),
        faultyCount: count('faulty'),
        total: count('create') + count('update'),
      },
      { where: { id }, transaction: tx },
    )
  }

  /** Newest first. @param createdBy everybody's when left out */
  list(createdBy?: string): Promise<ImportModel[]> {
    const order: [string, 'DESC'][] = [
      ['createdAt', 'DESC'],
      ['id', 'DESC'],
    ]
    return ImportModel.findAll({
      where: createdBy === undefined ? {} : { createdBy },
      include: [withCreator],
      order,
      limit: mostListed,
    })
  }

  findById(id: string): Promise<ImportModel | null> {
    return ImportModel.findByPk(id, { include: [withCreator] })
  }

  listRows(
    importId: string,
    { action, ...page }: { action?: ImportRowAction | undefined; limit: number; offset: number },
  ): Promise<{ rows: ImportRowModel[]; count: number }> {
    const where = { importId, ...(action ? { action } : {}) }
    return ImportRowModel.findAndCountAll({ where, order: [['line', 'ASC']], ...page })
  }

  /** The rows behind a line, in their order. */
  rowsAfter(importId: string, line: number, limit: number, action?: ImportRowAction): Promise<ImportRowModel[]> {
    return ImportRowModel.findAll({
      where: { importId, line: { [Op.gt]: line }, ...(action ? { action } : {}) },
      order: [['line', 'ASC']],
      limit,
      raw: true,
    })
  }

  /** Begins to apply a sound import; exactly one of several callers gets true. */
  async claim(id: string, passwordKeyHash: string | null, now: Date, tx: Tx): Promise<boolean> {
    const [changed] = await ImportModel.update(
      { state: 'applying', passwordKeyHash, heartbeatAt: now },
      { where: { id, state: 'checked', faultyCount: 0, issues: '[]' }, transaction: tx },
    )
    return changed === 1
  }

  /** Says that its process is alive, and how far it is. */
  async beat(id: string, done: number, now: Date, tx: Tx): Promise<void> {
    await ImportModel.update({ done, heartbeatAt: now }, { where: { id, state: 'applying' }, transaction: tx })
  }

  /** Keeps others from touching the import until the transaction ends; false when they take it for interrupted. */
  async hold(id: string, aliveSince: Date, tx: Tx): Promise<boolean> {
    const where = { id, state: 'applying' as const, heartbeatAt: { [Op.gte]: aliveSince } }
    return (await ImportModel.findOne({ where, attributes: ['id'], transaction: tx, lock: tx.LOCK.UPDATE })) !== null
  }

  async markApplied(id: string, now: Date, tx: Tx): Promise<void> {
    await ImportModel.update(
      { state: 'applied', appliedAt: now, done: col('total') as unknown as number },
      { where: { id }, transaction: tx },
    )
  }

  async markFailed(id: string, failure: ImportFailure, tx: Tx): Promise<void> {
    await ImportModel.update({ state: 'failed', failure }, { where: { id, state: 'applying' }, transaction: tx })
  }

  /** The oldest import made before then. */
  async findBefore(instant: Date): Promise<string | null> {
    const where = { createdAt: { [Op.lt]: instant } }
    return (await ImportModel.findOne({ where, attributes: ['id'], order: [['createdAt', 'ASC']] }))?.id ?? null
  }

  /** Removes at most so many of its rows; answers how many. */
  deleteRows(importId: string, limit: number, tx: Tx): Promise<number> {
    return ImportRowModel.destroy({ where: { importId }, limit, transaction: tx })
  }

  async delete(id: string, tx: Tx): Promise<void> {
    await ImportModel.destroy({ where: { id }, transaction: tx })
  }
}
