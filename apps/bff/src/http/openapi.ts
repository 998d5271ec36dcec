import { apiPrefix, errorResponse, operations, type ErrorCode, type Operation } from '@huiyue/contracts'
import { z } from 'zod'
import { errorStatus } from '../errors/error-status'

type Json = Record<string, unknown>
type Schema = z.core.$ZodType

function jsonSchema(schema: Schema, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json
  return rest
}

/** Parameters of a path, query or header schema, one entry each. */
function parameters(schema: Schema | undefined, where: 'path' | 'query' | 'header'): Json[] {
  if (!schema) return []
  const { properties = {}, required = [] } = jsonSchema(schema, 'input') as {
    properties?: Record<string, Json>
    required?: string[]
  }
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    schema: property,
  }))
}

/** What every operation may answer beside its own errors. */
function errorsOf(operation: Operation): ErrorCode[] {
  const checked = operation.params ?? operation.query ?? operation.headers ?? operation.body
  return [
    ...operation.errors,
    ...(checked ? (['VALIDATION_FAILED'] as const) : []),
    ...(operation.access === 'public' ? [] : (['NOT_SIGNED_IN'] as const)),
    ...(operation.access === 'public' || operation.beforePasswordChange ? [] : (['PASSWORD_CHANGE_REQUIRED'] as const)),
    ...(operation.access === 'public' || operation.access === 'signed-in' ? [] : (['FORBIDDEN'] as const)),
    ...(operation.body ? (['MALFORMED_JSON', 'PAYLOAD_TOO_LARGE'] as const) : []),
    'SERVER_BUSY',
    'INTERNAL',
  ]
}

function responses(operation: Operation): Json {
  const byStatus = new Map<number, ErrorCode[]>()
  for (const code of errorsOf(operation)) {
    const status = errorStatus[code]
    byStatus.set(status, [...new Set([...(byStatus.get(status) ?? []), code])])
  }
  const failures = [...byStatus].map(([status, codes]) => [
    status,
    {
      description: codes.join(', '),
      content: { 'application/json': { schema: { $ref: '#/components/schemas/ErrorResponse' } } },
    },
  ])
  const success = operation.response
    ? {
        description: 'Success',
        content: { [operation.produces ?? 'application/json']: { schema: jsonSchema(operation.response, 'output') } },
      }
    : { description: 'Success, without content' }
  return { [operation.status]: success, ...Object.fromEntries(failures) }
}

function describe(id: string, operation: Operation): Json {
  return {
    operationId: id,
    tags: [operation.tag],
    summary: operation.summary,
    description:
      operation.access === 'public'
        ? 'Needs no login.'
        : operation.access === 'signed-in'
          ? 'For everybody who is signed in.'
          : `Needs the permission \`${operation.access}\`.`,
    security: operation.access === 'public' ? [] : [{ accessToken: [] }],
    parameters: [
      ...parameters(operation.params, 'path'),
      ...parameters(operation.query, 'query'),
      ...parameters(operation.headers, 'header'),
    ],
    ...(operation.body
      ? {
          requestBody: {
            required: operation.method !== 'DELETE',
            content: { 'application/json': { schema: jsonSchema(operation.body, 'input') } },
          },
        }
      : {}),
    responses: responses(operation),
  }
}

/** The OpenAPI 3.1 document, made from the contract. */
export function createOpenApi(publicUrl: string): Json {
  const paths: Record<string, Json> = {}
  for (const [id, operation] of Object.entries(operations)) {
    const path = apiPrefix + operation.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: describe(id, operation) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'HuiYue 会约',
      version: '1',
      description: 'Meeting-room booking that tells people through WeChat subscribe messages.',
    },
    servers: [{ url: publicUrl }],
    paths,
    components: {
      schemas: { ErrorResponse: jsonSchema(errorResponse, 'output') },
      securitySchemes: { accessToken: { type: 'http', scheme: 'bearer' } },
    },
  }
}
