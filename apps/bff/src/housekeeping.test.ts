import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ImportScene } from '../test/support/imports'
import { createTestApp, type TestApp } from '../test/support/test-app'
import { AuditModel } from './audit/audit.models'
import { Housekeeping } from './housekeeping'
import { newId } from './ids'
import { ImportModel, ImportRowModel } from './import/import.models'
import { LoginLogModel } from './login-log/login-log.models'
import { TransactionRunner } from './database/transaction-runner'

let app: TestApp
let housekeeping: Housekeeping
beforeAll(async () => {
  app = await createTestApp({ LOGIN_LOG_DAYS: '30', AUDIT_LOG_DAYS: '60' })
  housekeeping = app.container.resolve(Housekeeping)
})
afterAll(() => app.close())

const daysAgo = (days: number) => new Date(app.clock.now().getTime() - days * 86_400_000)

function login(at: Date) {
  const how = { clientId: 'web' as const, method: 'password' as const, result: 'failure' as const, reason: null }
  return { id: newId(), at, userId: null, username: '', ...how, device: '', address: '', place: null, requestId: '' }
}

function change(at: Date) {
  const action = { action: 'role.created' as const, resource: 'role' as const, targetId: 'a', targetName: 'b' }
  const rest = { before: null, after: null, reason: null, address: null, requestId: null }
  return { id: newId(), at, actorId: null, ...action, ...rest }
}

describe('the logs', () => {
  it('are kept as long as the configuration says, each for itself', async () => {
    const kept = [login(daysAgo(29)), login(daysAgo(0))]
    await LoginLogModel.bulkCreate([...kept, login(daysAgo(31)), login(daysAgo(400))])
    const written = [change(daysAgo(59)), change(daysAgo(31))]
    await AuditModel.bulkCreate([...written, change(daysAgo(61))])
    await housekeeping.run()
    const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id).sort()
    expect(idsOf(await LoginLogModel.findAll())).toEqual(idsOf(kept))
    expect(idsOf(await AuditModel.findAll())).toEqual(idsOf(written))
  })

  it('end in short transactions, however much there is to remove', async () => {
    await LoginLogModel.bulkCreate(Array.from({ length: 1300 }, () => login(daysAgo(40))))
    const runner = app.container.resolve(TransactionRunner)
    const lasting: number[] = []
    const run = runner.run.bind(runner)
    runner.run = (work) =>
      run(async (tx) => {
        const before = await LoginLogModel.count({ transaction: tx })
        const result = await work(tx)
        lasting.push(before - (await LoginLogModel.count({ transaction: tx })))
        return result
      })
    await housekeeping.run()
    runner.run = run
    expect(lasting.filter((removed) => removed > 0)).toEqual([500, 500, 300])
  })
})

describe('imports', () => {
  it('are gone after two weeks, with every row of theirs', async () => {
    const scene = new ImportScene(app, await app.signIn('admin'))
    const lines = Array.from({ length: 700 }, (_, index) => `week${index},某人`)
    const job = await scene.check(`用户名,姓名\n${lines.join('\n')}`)
    app.clock.advance(13 * 86_400)
    await housekeeping.run()
    expect(await ImportRowModel.count({ where: { importId: job.id } })).toBe(700)
    app.clock.advance(86_401)
    await housekeeping.run()
    expect(await ImportRowModel.count()).toBe(0)
    expect(await ImportModel.count()).toBe(0)
  })
})
