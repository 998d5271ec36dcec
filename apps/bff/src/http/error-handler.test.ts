import express from 'express'
import { ConnectionAcquireTimeoutError } from 'sequelize'
import supertest from 'supertest'
import { describe, expect, it } from 'vitest'
import { logDestination } from '../../test/support/captured-logs'
import { AppError } from '../errors/app-error'
import { createLogger } from '../logging/logger'
import { createErrorHandler } from './error-handler'

async function answerTo(error: unknown) {
  const app = express()
  app.use((_req, res, next) => {
    res.locals.requestId = 'request-1'
    next()
  })
  app.get('/', () => {
    throw error
  })
  app.use(createErrorHandler(createLogger('debug', logDestination)))
  const { status, body } = await supertest(app).get('/')
  return { status, body }
}

describe('an error that reaches the edge', () => {
  it('of ours comes out as it is', async () => {
    const error = new AppError('VERSION_CONFLICT', 'changed', { currentVersion: 3 })
    expect(await answerTo(error)).toEqual({
      status: 409,
      body: {
        error: { code: 'VERSION_CONFLICT', message: 'changed', details: { currentVersion: 3 }, requestId: 'request-1' },
      },
    })
  })

  it('of the database that cannot be had is no fault of the request', async () => {
    const { status, body } = await answerTo(new ConnectionAcquireTimeoutError(new Error('SELECT secret')))
    expect([status, body.error.code]).toEqual([503, 'SERVER_BUSY'])
    expect(JSON.stringify(body)).not.toContain('secret')
  })

  it.each([new TypeError('secret internals'), 'secret text', undefined, { status: 500, message: 'secret' }])(
    'that nobody expected tells nothing: %s',
    async (error) => {
      const { status, body } = await answerTo(error ?? new Error('secret'))
      expect([status, body.error.code]).toEqual([500, 'INTERNAL'])
      expect(JSON.stringify(body)).not.toContain('secret')
    },
  )
})
