import type * as z from 'zod/mini'
import { fieldIssueCodes, type FieldIssue, type FieldIssueCode } from './errors'

type ZodIssue = z.core.$ZodIssue

/** Use as `z.refine(check, fieldRule('not_on_grid', { minutes: 15 }))`; the code comes out in the field issue. */
export function fieldRule(code: FieldIssueCode, params?: FieldIssue['params'], path?: string[]) {
  return { params: { code, ...params }, ...(path ? { path } : {}) }
}

/** Turns zod's issues into ours, all of them, with paths from the root of `input`. */
export function toFieldIssues(issues: readonly ZodIssue[], input: unknown): FieldIssue[] {
  return issues.flatMap((issue): FieldIssue[] => {
    if (issue.code === 'invalid_union' && issue.errors.length > 0)
      return toFieldIssues(issue.errors[0]!, undefined).map((inner) => ({
        ...inner,
        path: [...issue.path.map(String), inner.path].filter(Boolean).join('.'),
      }))
    const { code, params } = classify(issue, input)
    const path = issue.path.map(String).join('.')
    return [{ path, code, message: `${path || 'body'}: ${sentence(code, params)}`, ...(params ? { params } : {}) }]
  })
}

function classify(issue: ZodIssue, input: unknown): Pick<FieldIssue, 'code' | 'params'> {
  switch (issue.code) {
    case 'invalid_type':
      return { code: valueAt(input, issue.path) === undefined ? 'required' : 'invalid_type' }
    case 'invalid_value':
      return { code: valueAt(input, issue.path) === undefined ? 'required' : 'invalid_value' }
    case 'invalid_format':
      return { code: 'invalid_format' }
    case 'too_small':
      if (issue.origin === 'string' || issue.origin === 'array')
        return Number(issue.minimum) === 1 && issue.origin === 'string'
          ? { code: 'required' }
          : { code: 'too_short', params: { min: Number(issue.minimum) } }
      return { code: 'too_small', params: { min: Number(issue.minimum) } }
    case 'too_big':
      if (issue.origin === 'string' || issue.origin === 'array')
        return { code: 'too_long', params: { max: Number(issue.maximum) } }
      return { code: 'too_big', params: { max: Number(issue.maximum) } }
    case 'custom': {
      const { code, ...rest } = (issue.params ?? {}) as Record<string, string | number>
      const known = fieldIssueCodes.find((candidate) => candidate === code) ?? 'invalid_value'
      return Object.keys(rest).length > 0 ? { code: known, params: rest } : { code: known }
    }
    default:
      return { code: 'invalid_value' }
  }
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((node, key) => (node as Record<PropertyKey, unknown> | null | undefined)?.[key], input)
}

function sentence(code: FieldIssueCode, params?: FieldIssue['params']): string {
  const words = code.replaceAll('_', ' ')
  return params
    ? `${words} (${Object.entries(params)
        .map(([key, value]) => `${key} ${value}`)
        .join(', ')})`
    : words
}
