import { expect, it } from 'vitest'
import { anAccount } from '../people-fixtures'
import { accountDraftOf, createInputOf, newAccountDraft, updateInputOf } from './account-draft'

it('tells the server only what differs', () => {
  const opened = accountDraftOf(anAccount())
  expect(updateInputOf({ ...opened, name: ' 韩梅梅 ' }, opened)).toEqual({})
  expect(updateInputOf({ ...opened, name: '韩梅', timeZone: 'Asia/Tokyo' }, opened)).toEqual({
    name: '韩梅',
    timeZone: 'Asia/Tokyo',
  })
})

it('what was emptied is taken away', () => {
  const opened = accountDraftOf(anAccount({ email: 'han@example.com' }))
  expect(updateInputOf({ ...opened, mobile: ' ', email: '', departmentId: null }, opened)).toEqual({
    mobile: null,
    email: null,
    departmentId: null,
  })
})

it('somebody new gets a made-up password unless one is chosen, and roles only from those who may give them', () => {
  const draft = { ...newAccountDraft('d1', 'en'), username: ' wang ', name: '王芳', initialPassword: 'left-over' }
  const plain = {
    username: 'wang',
    name: '王芳',
    mobile: null,
    email: null,
    departmentId: 'd1',
    locale: 'en',
    timeZone: null,
  }
  expect(createInputOf(draft, false)).toEqual(plain)
  expect(createInputOf({ ...draft, choosesPassword: true }, true)).toEqual({
    ...plain,
    initialPassword: 'left-over',
    roles: [{ roleId: 'member', scope: null }],
  })
})
