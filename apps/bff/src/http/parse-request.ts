import { toFieldIssues, type FieldIssue, type Operation } from '@huiyue/contracts'
import type { Request } from 'express'
import { z } from 'zod'
import { validationError } from '../errors/app-error'

const parts = ['params', 'query', 'headers', 'body'] as const
type Parts = Partial<Record<(typeof parts)[number], unknown>>

/** Looks at the fields of a body that are sound in themselves, for faults that only this installation knows. */
export type DraftCheck = (soundFields: Record<string, unknown>) => Promise<FieldIssue[]>

/**
 * Checks all parts of a request against the contract. A refusal names every fault: those of the contract and, where
 * the operation has a draft check, those that the sound fields would be refused for next.
 */
export async function parseRequest(operation: Operation, req: Request, checkDraft?: DraftCheck): Promise<Parts> {
  const parsed: Parts = {}
  const issues: FieldIssue[] = []
  for (const part of parts) {
    const schema = operation[part]
    if (!schema) continue
    const input: unknown = req[part] ?? {}
    const result = z.safeParse(schema, input)
    if (result.success) parsed[part] = result.data
    else issues.push(...toFieldIssues(result.error.issues, input))
  }
  if (issues.length === 0) return parsed
  const further = checkDraft && operation.body ? await checkDraft(soundFields(operation.body, req.body)) : []
  const named = new Set(issues.map((issue) => issue.path))
  throw validationError([...issues, ...further.filter((issue) => !named.has(issue.path))])
}

function soundFields(schema: z.core.$ZodType, body: unknown): Record<string, unknown> {
  if (!(schema instanceof z.core.$ZodObject) || typeof body !== 'object' || body === null) return {}
  const given = new Map<string, unknown>(Object.entries(body))
  return Object.fromEntries(
    Object.entries(schema._zod.def.shape).flatMap(([name, field]) => {
      const value = z.safeParse(field, given.get(name))
      return value.success ? [[name, value.data]] : []
    }),
  )
}
