import { describe, expect, it } from 'vitest'
import { DatabaseError } from 'sequelize'
import { createLogger } from './logger'

function logged(write: (logger: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = []
  write(createLogger('debug', { write: (line: string) => lines.push(line) }))
  return lines.join('')
}

describe('a log line', () => {
  it('has no value under a name that holds secrets, however deep', () => {
    const line = logged((logger) =>
      logger.info({ password: 's3cret', body: { code: 's3cret', user: { accessToken: 's3cret' } }, name: '李雷' }, 'x'),
    )
    expect(line).not.toContain('s3cret')
    expect(line).toContain('李雷')
  })

  it('of a database error has its code and place, and nothing of the statement', () => {
    const parent = Object.assign(new Error("near 's3cret'"), {
      code: 'ER_DATA_TOO_LONG',
      sql: "UPDATE wechat_tokens SET access_token='s3cret'",
    })
    const line = logged((logger) => logger.error({ err: new DatabaseError(parent) }, 'failed'))
    expect(line).not.toContain('s3cret')
    expect(line).toContain('ER_DATA_TOO_LONG')
    expect(line).toContain('logger.test.ts')
  })

  it('of another error has its message and place', () => {
    const line = logged((logger) => logger.error({ err: new TypeError('x is not a function') }, 'failed'))
    expect(line).toContain('x is not a function')
    expect(line).toContain('logger.test.ts')
  })
})
