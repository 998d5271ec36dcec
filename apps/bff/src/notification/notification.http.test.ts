import { bookingCreatedTemplateId as templateId } from '@huiyue/wechat-sandbox/defaults'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createTestApp, type TestApp } from '../../test/support/test-app'
import { TemplateModel } from '../template/template.model'
import { NotificationAttemptModel, NotificationModel } from './notification.models'
import { retrySeconds } from './notification-sender'
import { NotificationRepository } from './notification.repository'

const path = '/cgi-bin/message/subscribe/send'

type Person = Awaited<ReturnType<TestApp['signIn']>>

let app: TestApp
let organizer: Person
let staff: Person
let invited: { id: string; openid: string; token: string }

beforeAll(async () => {
  app = await createTestApp()
  organizer = await app.signIn('member', '李雷')
  staff = await app.signIn('manager')
})
afterAll(() => app.close())
afterEach(() => app.clock.reset())
beforeEach(async () => {
  invited = await someoneWithPhone()
})

async function someoneWithPhone() {
  const user = await app.build.user()
  const openid = await app.sandbox.phone()
  const code = await app.sandbox.code(openid)
  const { body } = await app.call('login', { body: { ...app.build.credentials(user), clientId: 'mp-weixin', code } })
  return { id: user.id, openid, token: body.accessToken }
}

async function invite(attendeeIds: string[], title = '产品评审') {
  const room = await app.build.room({ name: `望岳 ${Math.random()}` })
  const body = { roomId: room.id, title, startsAt: app.build.time(60), endsAt: app.build.time(120), attendeeIds }
  return (await app.call('createBooking', { headers: {}, body }, organizer.token)).body
}

async function messageAbout(bookingId: string) {
  const { body } = await app.call('listNotifications', { query: { bookingId } }, staff.token)
  expect(body.items).toHaveLength(1)
  return body.items[0]!
}

describe('somebody who is invited', () => {
  it('gets the card with meeting, room, time, start and organiser', async () => {
    await app.sandbox.accept(invited.openid, templateId)
    const booking = await invite([invited.id])
    await app.deliver()
    const [card, ...others] = await app.sandbox.messages(invited.openid)
    expect(others).toEqual([])
    expect(card).toMatchObject({
      templateId,
      page: `pages/booking-detail/booking-detail?id=${booking.id}`,
      data: {
        thing4: { value: '产品评审' },
        character_string2: { value: '2026-11-23 11:00~12:00' },
        time6: { value: '2026年11月23日 11:00' },
        thing3: { value: '李雷' },
      },
    })
    expect(card?.data.thing1?.value).toMatch(/^望岳/)
    const message = await messageAbout(booking.id)
    expect(message).toMatchObject({ state: 'sent', reason: null, attempts: 1, errcode: 0, msgid: card?.msgid })
    expect(BigInt(message.msgid ?? 0)).toBeGreaterThan(BigInt(Number.MAX_SAFE_INTEGER))
  })

  it('gets it once, however often the outbox is worked', async () => {
    await app.sandbox.accept(invited.openid, templateId, 3)
    await invite([invited.id])
    await Promise.all([app.deliver(), app.deliver()])
    await app.deliver()
    expect(await app.sandbox.messages(invited.openid)).toHaveLength(1)
  })

  it('later gets it then, and only the new ones', async () => {
    await app.sandbox.accept(invited.openid, templateId, 3)
    const late = await someoneWithPhone()
    await app.sandbox.accept(late.openid, templateId)
    const booking = await invite([invited.id])
    await app.deliver()
    const body = { attendeeIds: [invited.id, late.id] }
    await app.call('updateBooking', { params: { id: booking.id }, body }, organizer.token)
    await app.deliver()
    expect(await app.sandbox.messages(late.openid)).toHaveLength(1)
    expect(await app.sandbox.messages(invited.openid)).toHaveLength(1)
  })

  it('is told of the booking as it stands when the message leaves', async () => {
    await app.sandbox.accept(invited.openid, templateId)
    const booking = await invite([invited.id])
    await app.call('updateBooking', { params: { id: booking.id }, body: { title: '改了' } }, organizer.token)
    await app.deliver()
    expect((await app.sandbox.messages(invited.openid))[0]?.data.thing4?.value).toBe('改了')
  })

  it('sees what became of the own message, and not of others', async () => {
    const other = await someoneWithPhone()
    const booking = await invite([invited.id, other.id])
    await app.deliver()
    const { body } = await app.call('getBooking', { params: { id: booking.id } }, invited.token)
    const deliveries = Object.fromEntries(body.attendees.map((attendee) => [attendee.id, attendee.delivery]))
    expect(deliveries[invited.id]).toMatchObject({ state: 'no_accept', reason: 'no_accept_left' })
    expect(deliveries[other.id]).toBeNull()
    const own = await app.call('getBooking', { params: { id: booking.id } }, organizer.token)
    expect(own.body.attendees.map((attendee) => attendee.delivery?.state)).toEqual(['no_accept', 'no_accept'])
  })
})

describe('somebody whom WeChat does not reach', () => {
  it('because of no mini-program login shows as such, and a resend reaches them once they have one', async () => {
    const user = await app.build.user()
    const booking = await invite([user.id])
    await app.deliver()
    const message = await messageAbout(booking.id)
    expect(message).toMatchObject({ state: 'suppressed', reason: 'not_bound', attempts: 0 })

    const openid = await app.sandbox.phone()
    const code = await app.sandbox.code(openid)
    await app.call('login', { body: { ...app.build.credentials(user), clientId: 'mp-weixin', code } })
    await app.sandbox.accept(openid, templateId)
    const resent = await app.call('resendNotification', { params: { id: message.id } }, staff.token)
    expect(resent.body.state).toBe('pending')
    await app.deliver()
    expect((await messageAbout(booking.id)).state).toBe('sent')
    expect(await app.sandbox.messages(openid)).toHaveLength(1)
  })

  it('because no accept is left shows as such, with WeChat’s own words', async () => {
    const booking = await invite([invited.id])
    await app.deliver()
    const message = await messageAbout(booking.id)
    expect(message).toMatchObject({ state: 'no_accept', reason: 'no_accept_left', errcode: 43101, nextAttemptAt: null })
    expect(message.rid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/)
  })

  it('because they refused shows as such', async () => {
    await app.sandbox.reject(invited.openid, templateId)
    const report = { requestId: 'prompt-1', results: { [templateId]: 'reject' as const } }
    await app.call('reportSubscriptions', { body: report }, invited.token)
    const booking = await invite([invited.id])
    await app.deliver()
    expect(await messageAbout(booking.id)).toMatchObject({ state: 'no_accept', reason: 'subscription_refused' })
  })

  it('because the template is not set up shows as such', async () => {
    const admin = await app.signIn('admin')
    const { body: template } = await app.call('getTemplate', { params: { code: 'BOOKING_CREATED' } }, admin.token)
    const put = (id: string) =>
      app.call(
        'putTemplate',
        { params: { code: 'BOOKING_CREATED' }, body: { ...template, templateId: id } },
        admin.token,
      )
    await put('')
    const booking = await invite([invited.id])
    await app.deliver()
    await put(templateId)
    expect(await messageAbout(booking.id)).toMatchObject({ state: 'suppressed', reason: 'template_not_configured' })
  })
})

describe('a message that no longer holds', () => {
  it.each([
    ['cancelled', 'booking_cancelled'],
    ['over', 'booking_over'],
    ['without them', 'no_longer_invited'],
  ] as const)('is not sent: the meeting is %s', async (what, reason) => {
    await app.sandbox.accept(invited.openid, templateId)
    const booking = await invite([invited.id])
    const params = { id: booking.id }
    if (what === 'cancelled') await app.call('cancelBooking', { params, query: {}, body: {} }, organizer.token)
    if (what === 'without them') await app.call('updateBooking', { params, body: { attendeeIds: [] } }, organizer.token)
    if (what === 'over') app.clock.advance(3 * 3600)
    await app.deliver()
    app.clock.reset()
    expect(await app.sandbox.messages(invited.openid)).toEqual([])
    expect(await messageAbout(booking.id)).toMatchObject({ state: 'suppressed', reason })
  })
})

describe('when WeChat has trouble', () => {
  it.each([
    ['is busy', { errcode: -1 }, 'wechat_busy'],
    ['has reached the daily limit', { errcode: 45009 }, 'wechat_busy'],
    ['does not answer', { drop: true }, 'wechat_unreachable'],
    ['answers no JSON', { body: 'Bad Gateway', httpStatus: 502 }, 'wechat_unreachable'],
    [
      'is behind a gateway with JSON of its own',
      { body: '{"message":"bad gateway"}', httpStatus: 502 },
      'wechat_unreachable',
    ],
    ['answers an empty object', { body: '{}' }, 'wechat_unreachable'],
    ['answers an errcode beyond all numbers', { body: '{"errcode":99999999999}' }, 'wechat_unreachable'],
    ['says its errcode as text', { body: '{"errcode":"-1","errmsg":null}' }, 'wechat_busy'],
  ])('the message waits and is sent later: it %s', async (_name, fault, reason) => {
    await app.sandbox.accept(invited.openid, templateId)
    await app.sandbox.fault({ path, times: 1, ...fault })
    const booking = await invite([invited.id])
    await app.deliver()
    const waiting = await messageAbout(booking.id)
    expect(waiting).toMatchObject({ state: 'retry', reason, attempts: 1 })
    const wait = Date.parse(waiting.nextAttemptAt ?? '') - app.clock.now().getTime()
    expect(wait).toBeGreaterThanOrEqual(5000)
    await app.deliver()
    expect((await messageAbout(booking.id)).attempts).toBe(1)
    app.clock.advance(wait / 1000)
    await app.deliver()
    expect(await messageAbout(booking.id)).toMatchObject({ state: 'sent', attempts: 2 })
    expect(await app.sandbox.messages(invited.openid)).toHaveLength(1)
    const attempts = await NotificationAttemptModel.findAll({ where: { notificationId: waiting.id } })
    expect(attempts).toHaveLength(2)
  })

  it('a message is given up after all attempts, and can be resent by hand', async () => {
    await app.sandbox.accept(invited.openid, templateId)
    const room = await app.build.room()
    const nextWeek = {
      roomId: room.id,
      title: '下周',
      startsAt: app.build.time(10_080),
      endsAt: app.build.time(10_140),
    }
    await app.sandbox.fault({ path, times: retrySeconds.length + 1, errcode: -1 })
    const { body: booking } = await app.call(
      'createBooking',
      { headers: {}, body: { ...nextWeek, attendeeIds: [invited.id] } },
      organizer.token,
    )
    for (const seconds of [0, ...retrySeconds]) {
      app.clock.advance(seconds * 1.2 + 1)
      await app.deliver()
    }
    const { token } = await app.again(staff)
    const given = (await app.call('listNotifications', { query: { bookingId: booking.id } }, token)).body.items[0]!
    expect(given).toMatchObject({ state: 'dead', reason: 'attempts_exhausted', errcode: -1, nextAttemptAt: null })
    await app.call('resendNotification', { params: { id: given.id } }, token)
    await app.deliver()
    expect(await app.sandbox.messages(invited.openid)).toHaveLength(1)
  })

  it.each([40037, 47003, 41030, 48001])('errcode %i is not tried again', async (errcode) => {
    await app.sandbox.fault({ path, times: 1, errcode })
    const booking = await invite([invited.id])
    await app.deliver()
    expect(await messageAbout(booking.id)).toMatchObject({ state: 'dead', reason: 'wechat_refused', errcode })
  })

  it.each([40001, 40014, 42001])('errcode %i costs a new token, not the message', async (errcode) => {
    await app.sandbox.accept(invited.openid, templateId)
    await app.sandbox.fault({ path, times: 1, errcode })
    const booking = await invite([invited.id])
    await app.deliver()
    expect(await messageAbout(booking.id)).toMatchObject({ state: 'sent', attempts: 1 })
  })
})

describe('an answer with odd details', () => {
  it('is a sent message all the same, settled once', async () => {
    const msgid = '9'.repeat(40)
    await app.sandbox.fault({ path, times: 1, body: `{"errcode":0,"errmsg":"ok","msgid":${msgid}}` })
    const booking = await invite([invited.id])
    await app.deliver()
    expect(await messageAbout(booking.id)).toMatchObject({ state: 'sent', msgid: null, attempts: 1 })
  })
})

describe('a fault of ours', () => {
  it('in one message shows, holds up no other, and is tried again', async () => {
    await app.sandbox.accept(invited.openid, templateId)
    const row = await TemplateModel.findByPk('BOOKING_CREATED')
    const { fields } = row!
    await row!.update({ fields: 'not JSON' })
    const booking = await invite([invited.id])
    await app.deliver()
    await row!.update({ fields })
    expect(await messageAbout(booking.id)).toMatchObject({ state: 'retry', reason: 'internal_error', attempts: 1 })
    app.clock.advance(10)
    await app.deliver()
    expect(await messageAbout(booking.id)).toMatchObject({ state: 'sent', attempts: 2 })
  })
})

describe('a worker that dies', () => {
  it('loses nothing: its messages are due again when its lease ends', async () => {
    await app.sandbox.accept(invited.openid, templateId)
    const booking = await invite([invited.id])
    const dead = await app.container.resolve(NotificationRepository).lease('dead-worker', 10, 60_000)
    expect(dead.map((message) => message.bookingId)).toContain(booking.id)
    await app.deliver()
    expect(await app.sandbox.messages(invited.openid)).toEqual([])
    app.clock.advance(61)
    await app.deliver()
    expect(await app.sandbox.messages(invited.openid)).toHaveLength(1)
  })

  it('keeps what it goes on with, and records what was sent even when another has taken over', async () => {
    const booking = await invite([invited.id])
    const repository = app.container.resolve(NotificationRepository)
    const [message] = await repository.lease('slow-worker', 10, 1000)
    expect(await repository.renew(message!.id, 'slow-worker', 60_000)).toBe(true)
    app.clock.advance(30)
    expect(await repository.lease('quick-worker', 10, 60_000)).toEqual([])
    app.clock.advance(31)
    await repository.lease('quick-worker', 10, 60_000)
    expect(await repository.renew(message!.id, 'slow-worker', 60_000)).toBe(false)
    const attempt = { errcode: 0, errmsg: 'ok', rid: null, msgid: '1', durationMs: 1 }
    await repository.settle(message!, 'slow-worker', { state: 'sent', reason: null, dueAt: null, attempt })
    expect(await messageAbout(booking.id)).toMatchObject({ state: 'sent', msgid: '1' })
  })

  it('cannot settle what another worker has taken over', async () => {
    const booking = await invite([invited.id])
    const repository = app.container.resolve(NotificationRepository)
    const [message] = await repository.lease('slow-worker', 10, -1)
    await repository.lease('quick-worker', 10, 60_000)
    await repository.settle(message!, 'slow-worker', { state: 'dead', reason: 'wechat_refused', dueAt: null })
    const row = await NotificationModel.findOne({ where: { bookingId: booking.id } })
    expect([row?.state, row?.leasedBy]).toEqual(['leased', 'quick-worker'])
  })
})

describe('a worker that is told to stop', () => {
  it('hands back what it did not get to, so that another one sends it at once', async () => {
    await app.sandbox.accept(invited.openid, templateId, 3)
    await invite([invited.id], '第一')
    await invite([invited.id], '第二')
    await app.sandbox.fault({ path: '/cgi-bin/message/subscribe/send', times: 1, delayMs: 300 })
    const leaving = app.worker()
    const working = leaving.drain()
    await vi.waitUntil(() => NotificationModel.count({ where: { state: 'leased', recipientId: invited.id } }))
    await leaving.stop()
    await working
    expect(await NotificationModel.count({ where: { state: 'leased', recipientId: invited.id } })).toBe(0)
    expect((await app.sandbox.messages(invited.openid)).length).toBeLessThan(2)
    await app.deliver()
    expect(await app.sandbox.messages(invited.openid)).toHaveLength(2)
  })
})

describe('resending', () => {
  it('is written down: who, which message', async () => {
    const booking = await invite([(await app.build.user({ name: '重发收件人' })).id])
    await app.deliver()
    const { id } = await messageAbout(booking.id)
    await app.call('resendNotification', { params: { id } }, staff.token)
    const { token } = await app.signIn('admin')
    const { body } = await app.call('listAudit', { query: { targetId: id } }, token)
    expect(body.items).toMatchObject([{ action: 'notification.resent', actor: { id: staff.id } }])
    expect(body.items[0]?.target.name).toContain('重发收件人')
  })

  it('is refused while the message is on its way', async () => {
    const booking = await invite([invited.id])
    const { id } = await messageAbout(booking.id)
    const { status, error } = await app.call('resendNotification', { params: { id } }, staff.token)
    expect([status, error.code]).toEqual([409, 'NOTIFICATION_IN_PROGRESS'])
  })

  it('is for staff, and needs a message', async () => {
    const refused = await app.call('resendNotification', { params: { id: 'none' } }, organizer.token)
    expect(refused.error.code).toBe('FORBIDDEN')
    const missing = await app.call('resendNotification', { params: { id: 'none' } }, staff.token)
    expect(missing.error.code).toBe('NOT_FOUND')
  })
})

describe('the ledger', () => {
  const left = async () => {
    const { body } = await app.call('listSubscriptions', {}, invited.token)
    return body.items.find((item) => item.templateId === templateId)
  }

  it('counts accepts minus sends, a repeated report once, and follows WeChat when it knows better', async () => {
    await app.sandbox.accept(invited.openid, templateId, 1)
    const report = (requestId: string, result: 'accept' | 'reject') =>
      app.call(
        'reportSubscriptions',
        { body: { requestId, results: { [templateId]: result, foreign: result } } },
        invited.token,
      )
    await report('a', 'accept')
    await report('a', 'accept')
    await report('b', 'accept')
    expect(await left()).toMatchObject({ remaining: 2, lastResult: 'accept', templateCode: 'BOOKING_CREATED' })
    await invite([invited.id])
    await app.deliver()
    expect((await left())?.remaining).toBe(1)
    // WeChat had only one: its refusal sets the count right.
    await invite([invited.id])
    await app.deliver()
    expect((await left())?.remaining).toBe(0)
  })
})
