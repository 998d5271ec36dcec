import { expect, it } from 'vitest'
import { phone } from '../../test/stub-uni'
import { draftLifeMs, keepDraft, takeDraft } from './draft-store'

const now = Date.parse('2026-11-23T01:00:00Z')
const content = { title: '季度复盘' }

it('is handed out once, for the form it was typed into', () => {
  keepDraft('u1', 'form-a', content, now)
  expect(takeDraft('u1', 'form-b', now)).toBeUndefined()
  expect(takeDraft('u1', 'form-a', now)).toEqual(content)
  expect(takeDraft('u1', 'form-a', now)).toBeUndefined()
})

it('is never handed to anybody else', () => {
  keepDraft('u1', 'form-a', content, now)
  expect(takeDraft('u2', 'form-a', now)).toBeUndefined()
  expect(takeDraft('u1', 'form-a', now)).toEqual(content)
})

it('is worth nothing the next day, and gone', () => {
  keepDraft('u1', 'form-a', content, now)
  expect(takeDraft('u1', 'form-b', now + draftLifeMs)).toBeUndefined()
  expect(phone.storage.size).toBe(0)
})
