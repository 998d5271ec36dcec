import { operations, type Operation, type OperationId, type OperationResponse } from '@huiyue/contracts'
import express, { Router, type Request, type Response } from 'express'
import type { ClientInfo } from '../client/describe-client'
import { AppError } from '../errors/app-error'
import { can, type Identity } from '../session/actor'
import type { Authenticator } from '../session/authenticator'
import type { Call } from './call'
import { parseRequest, type DraftCheck } from './parse-request'

export type Handler<K extends OperationId> = (call: Call<K>) => Promise<OperationResponse<K>> | OperationResponse<K>
/** One handler for every operation of the contract: a missing one does not compile. */
export type Handlers = { [K in OperationId]: Handler<K> }
export type DraftChecks = { [K in OperationId]?: DraftCheck }

/** Turns the contract and its handlers into routes: authenticate, authorise, validate, call, answer. */
export function createRouter(handlers: Handlers, draftChecks: DraftChecks, authenticator: Authenticator): Router {
  const router = Router({ caseSensitive: true, strict: false })
  const methods = new Map<string, string[]>()
  for (const id of Object.keys(operations) as OperationId[]) {
    const operation: Operation = operations[id]
    const handler = handlers[id] as (call: unknown) => Promise<unknown>
    router[operation.method.toLowerCase() as 'get'](operation.path, async (req, res) => {
      const origin = { client: clientOf(req), requestId: String(res.locals.requestId) }
      const identity = await identify(operation, req, authenticator)
      const actor = identity && { ...identity, ...origin }
      // Only now: nobody without a right to it makes the server read and parse a large body.
      await readBody(operation, req, res)
      const parsed = await parseRequest(operation, req, draftChecks[id])
      answer(res, operation, await handler({ ...parsed, ...origin, actor }))
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

async function identify(
  operation: Operation,
  req: Request,
  authenticator: Authenticator,
): Promise<Identity | undefined> {
  if (operation.access === 'public') return undefined
  const token = /^Bearer ([\w-]{1,256})$/i.exec(req.headers.authorization ?? '')?.[1]
  if (!token) throw new AppError('NOT_SIGNED_IN', 'An access token is needed')
  const identity = await authenticator.identify(token)
  if (identity.mustChangePassword && !operation.beforePasswordChange)
    throw new AppError('PASSWORD_CHANGE_REQUIRED', 'The password was given by somebody else; change it first')
  if (operation.access !== 'signed-in' && !can(identity, operation.access))
    throw new AppError('FORBIDDEN', `The permission ${operation.access} is needed`)
  return identity
}

const usualBody = express.json({ limit: '64kb', type: () => true })

function readBody(operation: Operation, req: Request, res: Response): Promise<void> {
  const parser = operation.maxBodyBytes ? express.json({ limit: operation.maxBodyBytes, type: () => true }) : usualBody
  return new Promise((resolve, reject) => parser(req, res, (error?: unknown) => (error ? reject(error) : resolve())))
}

/** IPv4 addresses that come over an IPv6 socket are written in their own form. */
function clientOf(req: Request): ClientInfo {
  const address = (req.ip ?? '').replace(/^::ffff:(?=\d+\.)/, '').slice(0, 45)
  return { address, userAgent: (req.headers['user-agent'] ?? '').slice(0, 512) }
}

function answer(res: Response, operation: Operation, result: unknown): void {
  res.setHeader('Cache-Control', 'no-store')
  if (operation.status === 204) res.status(204).end()
  else if (operation.produces) res.status(operation.status).type(`${operation.produces}; charset=utf-8`).send(result)
  else res.status(operation.status).json(result)
}
