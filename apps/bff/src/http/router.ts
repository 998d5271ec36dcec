import {
  operations,
  toFieldIssues,
  type FieldIssue,
  type Operation,
  type OperationId,
  type OperationResponse,
} from '@huiyue/contracts'
import { Router, type Request, type Response } from 'express'
import { z } from 'zod'
import { AppError, validationError } from '../errors/app-error'
import { can, type Actor } from '../session/actor'
import type { SessionService } from '../session/session.service'
import type { Call } from './call'

export type Handler<K extends OperationId> = (call: Call<K>) => Promise<OperationResponse<K>> | OperationResponse<K>
/** One handler for every operation of the contract: a missing one does not compile. */
export type Handlers = { [K in OperationId]: Handler<K> }

/** Turns the contract and its handlers into routes: authenticate, authorise, validate, call, answer. */
export function createRouter(handlers: Handlers, sessions: SessionService): Router {
  const router = Router({ caseSensitive: true, strict: false })
  const methods = new Map<string, string[]>()
  for (const id of Object.keys(operations) as OperationId[]) {
    const operation: Operation = operations[id]
    const handler = handlers[id] as (call: unknown) => Promise<unknown>
    router[operation.method.toLowerCase() as 'get'](operation.path, async (req, res) => {
      const actor = await identify(operation, req, sessions)
      const call = { ...parseRequest(operation, req), actor, requestId: String(res.locals.requestId) }
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

const parts = ['params', 'query', 'headers', 'body'] as const

/** All faults of all parts of the request together. */
function parseRequest(operation: Operation, req: Request): Partial<Record<(typeof parts)[number], unknown>> {
  const parsed: Partial<Record<(typeof parts)[number], unknown>> = {}
  const issues: FieldIssue[] = []
  for (const part of parts) {
    const schema = operation[part]
    if (!schema) continue
    const input: unknown = req[part] ?? {}
    const result = z.safeParse(schema, input)
    if (result.success) parsed[part] = result.data
    else issues.push(...toFieldIssues(result.error.issues, input))
  }
  if (issues.length > 0) throw validationError(issues)
  return parsed
}

function answer(res: Response, operation: Operation, result: unknown): void {
  res.setHeader('Cache-Control', 'no-store')
  if (operation.status === 204) res.status(204).end()
  else res.status(operation.status).json(result)
}
