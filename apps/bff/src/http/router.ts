import { operations, type Operation, type OperationId, type OperationResponse } from '@huiyue/contracts'
import { Router, type Request, type Response } from 'express'
import { AppError } from '../errors/app-error'
import { can, type Actor } from '../session/actor'
import type { SessionService } from '../session/session.service'
import type { Call } from './call'
import { parseRequest, type DraftCheck } from './parse-request'

export type Handler<K extends OperationId> = (call: Call<K>) => Promise<OperationResponse<K>> | OperationResponse<K>
/** One handler for every operation of the contract: a missing one does not compile. */
export type Handlers = { [K in OperationId]: Handler<K> }
export type DraftChecks = { [K in OperationId]?: DraftCheck }

/** Turns the contract and its handlers into routes: authenticate, authorise, validate, call, answer. */
export function createRouter(handlers: Handlers, draftChecks: DraftChecks, sessions: SessionService): Router {
  const router = Router({ caseSensitive: true, strict: false })
  const methods = new Map<string, string[]>()
  for (const id of Object.keys(operations) as OperationId[]) {
    const operation: Operation = operations[id]
    const handler = handlers[id] as (call: unknown) => Promise<unknown>
    router[operation.method.toLowerCase() as 'get'](operation.path, async (req, res) => {
      const actor = await identify(operation, req, sessions)
      const parsed = await parseRequest(operation, req, draftChecks[id])
      const call = { ...parsed, actor, requestId: String(res.locals.requestId) }
      answer(res, operation, await handler(call))
    })
    methods.set(operation.path, [...(methods.get(operation.path) ?? []), operation.method])
  }
  for (const [path, allowed] of methods)
    router.all(path, (_req, res) => {
      res.setHeader('Allow', allowed.join(', '))
      throw new AppError('METHOD_NOT_ALLOWED', `Only ${allowed.join(', ')} is possible here`)
    })
  return router
}

async function identify(operation: Operation, req: Request, sessions: SessionService): Promise<Actor | undefined> {
  if (operation.access === 'public') return undefined
  const token = /^Bearer ([\w-]{1,256})$/i.exec(req.headers.authorization ?? '')?.[1]
  if (!token) throw new AppError('NOT_SIGNED_IN', 'An access token is needed')
  const actor = await sessions.authenticate(token)
  if (operation.access !== 'signed-in' && !can(actor, operation.access))
    throw new AppError('FORBIDDEN', `The permission ${operation.access} is needed`)
  return actor
}

function answer(res: Response, operation: Operation, result: unknown): void {
  res.setHeader('Cache-Control', 'no-store')
  if (operation.status === 204) res.status(204).end()
  else res.status(operation.status).json(result)
}
