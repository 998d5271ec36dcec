import * as z from 'zod/mini'
import { describe, expect, it } from 'vitest'
import {
  availabilityQuery,
  createBookingInput,
  detailsOf,
  errorCodes,
  errorDetails,
  fieldIssueCodes,
  listBookingsQuery,
  emailAddress,
  loginInput,
  mobileNumber,
  newPassword,
  timeZone,
  username,
  operations,
  permissions,
  reachOf,
  rolePermissions,
  toFieldIssues,
  updateBookingInput,
  type Operation,
} from './index'

function issues(schema: z.core.$ZodType, input: unknown): string[] {
  const parsed = z.safeParse(schema, input)
  return parsed.success ? [] : toFieldIssues(parsed.error.issues, input).map((issue) => `${issue.path}: ${issue.code}`)
}

const booking = {
  roomId: 'r',
  title: '周会',
  startsAt: '2026-11-23T10:00:00+08:00',
  endsAt: '2026-11-23T03:00:00Z',
  attendeeIds: ['a'],
}

describe('bad input is named field by field', () => {
  it.each<[string, z.core.$ZodType, unknown, string[]]>([
    ['a good booking', createBookingInput, booking, []],
    [
      'nothing at all',
      createBookingInput,
      {},
      ['roomId: required', 'title: required', 'startsAt: required', 'endsAt: required'],
    ],
    ['no object', createBookingInput, 'x', [': invalid_type']],
    ['a blank title', createBookingInput, { ...booking, title: '  ' }, ['title: required']],
    ['a long title', createBookingInput, { ...booking, title: 'x'.repeat(101) }, ['title: too_long']],
    ['a local time', createBookingInput, { ...booking, startsAt: '2026-11-23T10:00:00' }, ['startsAt: invalid_format']],
    ['30 February', createBookingInput, { ...booking, startsAt: '2026-02-30T10:00:00Z' }, ['startsAt: invalid_format']],
    ['the year 9999', createBookingInput, { ...booking, endsAt: '9999-12-31T00:00:00Z' }, ['endsAt: invalid_value']],
    [
      'an end before the start',
      createBookingInput,
      { ...booking, endsAt: '2026-11-23T01:00:00Z' },
      ['endsAt: end_not_after_start'],
    ],
    ['two days', createBookingInput, { ...booking, endsAt: '2026-11-25T03:00:00Z' }, ['endsAt: booking_too_long']],
    ['a person without an id', createBookingInput, { ...booking, attendeeIds: ['a', ''] }, ['attendeeIds.1: required']],
    [
      'too many people',
      createBookingInput,
      { ...booking, attendeeIds: Array(201).fill('a') },
      ['attendeeIds: too_long'],
    ],
    ['an empty change', updateBookingInput, {}, []],
    ['a note taken away', updateBookingInput, { note: null }, []],
    ['a version in words', updateBookingInput, { version: 'two' }, ['version: invalid_type']],
    ['an unknown client', loginInput, { username: 'a', password: 'b', clientId: 'tv' }, ['clientId: invalid_value']],
    [
      'a range upside down',
      availabilityQuery,
      { from: '2026-11-24T00:00:00Z', to: '2026-11-23T00:00:00Z' },
      ['to: end_not_after_start'],
    ],
    ['a year', listBookingsQuery, { from: '2026-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z' }, ['to: range_too_long']],
    [
      'a page too long',
      listBookingsQuery,
      { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z', limit: '5000' },
      ['limit: too_big'],
    ],
  ])('%s', (_name, schema, input, expected) => {
    expect(issues(schema, input)).toEqual(expected)
  })

  it('and says the numbers that clients put into their sentences', () => {
    const parsed = z.safeParse(createBookingInput, { ...booking, title: 'x'.repeat(101) })
    expect(toFieldIssues(parsed.error?.issues ?? [], booking)[0]?.params).toEqual({ max: 100 })
  })
})

describe('words', () => {
  const title = (text: string) => z.safeParse(createBookingInput, { ...booking, title: text })

  it.each([
    ['\u0000secret', 'secret'],
    ['一\n二\t三', '一 二 三'],
    ['\ud83d半个', '半个'],
    ['👨‍👩‍👧 家庭日', '👨‍👩‍👧 家庭日'],
  ])('%j become %j', (text, expected) => {
    expect(title(text).data?.title).toBe(expected)
  })

  it.each(['\u0000', '\u200b\u2060', ' \u3000 '])('%j say nothing', (text) => {
    expect(toFieldIssues(title(text).error?.issues ?? [], {})).toMatchObject([{ path: 'title', code: 'required' }])
  })

  it('of a note keep their lines', () => {
    const parsed = z.parse(createBookingInput, { ...booking, note: ' 一\r\n二\u0007 三 ' })
    expect(parsed.note).toBe('一\n二  三')
  })

  it('that are ids are letters, digits and dashes', () => {
    expect(issues(createBookingInput, { ...booking, roomId: 'a b', attendeeIds: ['\u0000'] })).toEqual([
      'roomId: invalid_format',
      'attendeeIds.0: invalid_format',
    ])
  })
})

describe('queries', () => {
  it('mean what their text says', () => {
    const parsed = z.parse(listBookingsQuery, {
      from: booking.startsAt,
      to: booking.endsAt,
      mine: 'true',
      offset: '20',
    })
    expect(parsed).toMatchObject({ mine: true, offset: 20, limit: 1000 })
    const rooms = z.parse(availabilityQuery, { from: booking.startsAt, to: booking.endsAt, roomIds: 'a,,b' })
    expect(rooms.roomIds).toEqual(['a', 'b'])
  })
})

describe('the lists', () => {
  const all = Object.values(operations) as Operation[]

  it('have no method and path twice, and no unknown permission', () => {
    const routes = all.map(({ method, path }) => `${method} ${path}`)
    expect(new Set(routes).size).toBe(routes.length)
    for (const { access } of all)
      if (access !== 'public' && access !== 'signed-in') expect(permissions).toContain(access)
  })

  it('give administrators every permission, and members none over others', () => {
    expect(rolePermissions.admin).toEqual([...permissions])
    for (const held of Object.values(rolePermissions)) for (const name of held) expect(permissions).toContain(name)
    expect(rolePermissions.member).not.toContain('booking:manage')
  })

  it('use every permission: for a call, or for single objects', () => {
    const objects = ['booking:manage', 'booking:create-for-others']
    const used = new Set([...all.map(({ access }) => access), ...objects])
    expect(permissions.filter((name) => !used.has(name))).toEqual([])
  })

  it('limit a role to its place, except for what every member may do', () => {
    expect(reachOf('booking:manage', null)).toBe('everywhere')
    expect(reachOf('booking:manage', 'building')).toBe('limited')
    expect(reachOf('booking:create', 'building')).toBe('everywhere')
    expect(reachOf('template:update', 'building')).toBe('nowhere')
    expect(reachOf('account:manage', 'building')).toBe('nowhere')
    expect(reachOf('account:manage', 'department')).toBe('limited')
  })

  it('have no code twice', () => {
    expect(new Set(errorCodes).size).toBe(errorCodes.length)
    expect(new Set(fieldIssueCodes).size).toBe(fieldIssueCodes.length)
    for (const code of Object.keys(errorDetails)) expect(errorCodes).toContain(code)
  })
})

it('details are only read as what their code promises', () => {
  expect(detailsOf('VERSION_CONFLICT', { currentVersion: 3 })).toEqual({ currentVersion: 3 })
  expect(detailsOf('VERSION_CONFLICT', { currentVersion: 'three' })).toBeUndefined()
  expect(detailsOf('BOOKING_CONFLICT', undefined)).toBeUndefined()
})

describe('people', () => {
  const reads = (schema: z.core.$ZodType, value: unknown) => {
    const { success, data } = z.safeParse(schema, value)
    return success ? data : 'refused'
  }

  it('have usernames in any script, without blanks and path characters', () => {
    for (const good of ['lilei', '李雷', 'li.lei@corp', 'A_1-2', 'é']) expect(reads(username, good)).toBe(good)
    for (const bad of ['', ' ', 'a b', '/etc', '@x', '.x', 'a/b', 'x'.repeat(65), 7])
      expect(reads(username, bad)).toBe('refused')
  })

  it('choose passwords by length alone, counted in characters', () => {
    for (const good of ['12345678', '密码密码密码密码', '😀'.repeat(128), ' '.repeat(8)])
      expect(reads(newPassword, good)).toBe(good)
    for (const bad of ['', '1234567', '😀'.repeat(7), 'x'.repeat(129)]) expect(reads(newPassword, bad)).toBe('refused')
  })

  it('have mobile numbers, e-mail addresses and time zones as people write them', () => {
    expect(reads(mobileNumber, '138 0013-8000')).toBe('13800138000')
    expect(reads(mobileNumber, '+86 138 0013 8000')).toBe('+8613800138000')
    expect(reads(emailAddress, ' a.b@例子.中国 ')).toBe('a.b@例子.中国')
    expect(reads(timeZone, 'Asia/Kathmandu')).toBe('Asia/Kathmandu')
    for (const bad of ['', 'abc', '12', '1'.repeat(30)]) expect(reads(mobileNumber, bad)).toBe('refused')
    for (const bad of ['', 'a', 'a@b', '@b.c', 'a@b.', 'a b@c.d']) expect(reads(emailAddress, bad)).toBe('refused')
    for (const bad of ['', 'Mars/Olympus', 'x'.repeat(65)]) expect(reads(timeZone, bad)).toBe('refused')
  })
})
