import type { Booking, CreateBookingInput, UpdateBookingInput } from '@huiyue/contracts'
import { describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { ApiError } from '@/http/api-error'
import { isBookingDraft } from './booking-draft'
import { useBookingForm } from './use-booking-form'

const at = (time: string) => Date.parse(`2026-11-23T${time}:00+08:00`)
const han = { id: 'u-han', name: '韩梅梅', wechatBound: true }

function booking(patch: Partial<Booking> = {}): Booking {
  return {
    id: 'b1',
    roomId: 'r1',
    room: { id: 'r1', name: '望岳', location: 'A 座' },
    title: '周会',
    note: null,
    startsAt: '2026-11-23T01:00:00Z',
    endsAt: '2026-11-23T02:00:00Z',
    status: 'confirmed',
    organizer: { id: 'u-li', name: '李雷' },
    attendees: [{ ...han, delivery: null }],
    version: 3,
    cancelReason: null,
    cancelledAt: null,
    canEdit: true,
    createdAt: '2026-11-22T01:00:00Z',
    updatedAt: '2026-11-22T01:00:00Z',
    ...patch,
  }
}

function opened() {
  const create = vi.fn<(body: CreateBookingInput, key: string) => Promise<Booking>>(async () => booking())
  const update = vi.fn<(id: string, body: UpdateBookingInput) => Promise<Booking>>(async () => booking({ version: 4 }))
  const ask = vi.fn<() => Promise<boolean>>(async () => true)
  const form = useBookingForm({
    create,
    update,
    ask,
    timeZone: () => 'Asia/Shanghai',
    slotMinutes: () => 15,
    now: () => at('08:50'),
  })
  return { form, create, update, ask, keys: () => create.mock.calls.map(([, key]) => key) }
}

function filled() {
  const all = opened()
  all.form.startNew('r1', at('09:00'), at('10:00'))
  Object.assign(all.form.values, { title: ' 周会 ', note: '带电脑' })
  all.form.invite(han)
  return all
}

const typed = { roomId: 'r1', title: ' 周会 ', note: '带电脑', attendees: [han] }

describe('booking', () => {
  it('sends what was typed', async () => {
    const { form, create } = filled()
    await expect(form.submit()).resolves.toMatchObject({ id: 'b1' })
    expect(create.mock.calls[0]?.[0]).toEqual({
      roomId: 'r1',
      title: '周会',
      startsAt: '2026-11-23T01:00:00.000Z',
      endsAt: '2026-11-23T02:00:00.000Z',
      attendeeIds: ['u-han'],
      note: '带电脑',
    })
  })

  it('asks for subscription inside the tap: before anything is awaited', () => {
    const { form, ask } = filled()
    void form.submit()
    expect(ask).toHaveBeenCalledTimes(1)
  })

  it.each([
    ['is refused', async () => false],
    ['fails', () => Promise.reject(new Error('no pop-up'))],
  ])('goes on when subscription %s', async (_how, answer) => {
    const { form, ask, create } = filled()
    ask.mockImplementation(answer)
    await expect(form.submit()).resolves.toMatchObject({ id: 'b1' })
    expect(create).toHaveBeenCalledTimes(1)
  })

  it('waits for the answer to the question, so that the pop-up is not torn away', async () => {
    const { form, ask, create } = filled()
    let answer: (accepted: boolean) => void = () => {}
    ask.mockReturnValue(new Promise((resolve) => (answer = resolve)))
    const submitted = form.submit()
    await nextTick()
    expect(create).not.toHaveBeenCalled()
    expect(form.busy.value).toBe(true)
    answer(true)
    await submitted
    expect(create).toHaveBeenCalledTimes(1)
  })

  it('asks no second time in the same form once it was answered', async () => {
    const { form, ask, create } = filled()
    create.mockRejectedValueOnce(new ApiError('TIMEOUT'))
    await form.submit()
    await form.submit()
    expect(ask).toHaveBeenCalledTimes(1)
  })

  it('tapped twice is sent once', async () => {
    const { form, create } = filled()
    await Promise.all([form.submit(), form.submit()])
    expect(create).toHaveBeenCalledTimes(1)
  })
})

describe('what is wrong', () => {
  it('is said beside its field before anything is asked or sent', async () => {
    const { form, create, ask } = opened()
    form.startNew('')
    await expect(form.submit()).resolves.toBeUndefined()
    expect(form.wrong.value).toEqual({ roomId: '请填写', title: '请填写' })
    expect(ask).not.toHaveBeenCalled()
    expect(create).not.toHaveBeenCalled()
  })

  it('is said by the server beside its field, and nothing typed is lost', async () => {
    const { form, create } = filled()
    create.mockRejectedValue(
      new ApiError('VALIDATION_FAILED', {
        issues: [
          { path: 'attendeeIds.0', code: 'unknown_user', message: '' },
          { path: 'startsAt', code: 'not_on_grid', message: '', params: { minutes: 15 } },
          { path: '', code: 'invalid_type', message: '' },
        ],
      }),
    )
    await expect(form.submit()).resolves.toBeUndefined()
    expect(form.wrong.value).toEqual({
      attendeeIds: '有一位同事已不在通讯录，请移除',
      startsAt: '时间要是 15 分钟的整数倍',
      '': '格式不对',
    })
    expect(form.values).toMatchObject(typed)
    expect(form.busy.value).toBe(false)
  })

  it('is no longer said once the value changes', async () => {
    const { form } = opened()
    form.startNew('r1')
    await form.submit()
    expect(form.wrong.value.title).toBe('请填写')
    form.values.title = '周'
    await nextTick()
    expect(form.wrong.value.title).toBeUndefined()
  })

  it('names the meetings in the way', async () => {
    const { form, create } = filled()
    const conflict = {
      bookingId: 'b9',
      title: '评审',
      startsAt: '2026-11-23T01:30:00Z',
      endsAt: '2026-11-23T03:00:00Z',
      organizer: { id: 'u-wang', name: '王芳' },
    }
    create.mockRejectedValueOnce(new ApiError('BOOKING_CONFLICT', { conflicts: [conflict] }))
    await form.submit()
    expect(form.conflicts.value).toEqual([conflict])
    expect(form.values).toMatchObject(typed)
    form.stepStart(8)
    await expect(form.submit()).resolves.toMatchObject({ id: 'b1' })
    expect(form.conflicts.value).toEqual([])
  })
})

describe('the idempotency key', () => {
  it('stays for a retry of the same content and changes with the content', async () => {
    const { form, create, keys } = filled()
    create.mockRejectedValueOnce(new ApiError('TIMEOUT')).mockRejectedValueOnce(new ApiError('NETWORK'))
    await form.submit()
    await form.submit()
    expect(keys()[0]).toMatch(/^\w{8,}$/)
    expect(keys()[1]).toBe(keys()[0])
    form.values.title = '季度会'
    await form.submit()
    expect(keys()[2]).not.toBe(keys()[0])
  })

  it('is a new one after the server says that it stands for something else, and in every form', async () => {
    const { form, create, keys } = filled()
    create.mockRejectedValueOnce(new ApiError('IDEMPOTENCY_KEY_REUSED'))
    await form.submit()
    await form.submit()
    expect(keys()[1]).not.toBe(keys()[0])
    const other = filled()
    await other.form.submit()
    expect(keys()).not.toContain(other.keys()[0])
  })
})

describe('times', () => {
  it('begin at the next slot when none was chosen', () => {
    const { form } = opened()
    form.startNew('r1')
    expect([form.values.from, form.values.to]).toEqual([at('09:00'), at('10:00')])
  })

  it('keep their time of day on another day, in the organisation’s zone', () => {
    const { form } = filled()
    form.setDay('2026-11-25')
    expect(new Date(form.values.from).toISOString()).toBe('2026-11-25T01:00:00.000Z')
    expect(form.minutes.value).toBe(60)
  })

  it('cannot end before they begin', () => {
    const { form } = filled()
    form.setMinutes(15)
    form.stepEnd(-1)
    expect(form.minutes.value).toBe(15)
  })
})

describe('changing a booking', () => {
  it('sends only what differs, with the version that was seen, and asks for nothing', async () => {
    const { form, update, ask } = opened()
    form.edit(booking({ note: '带电脑' }))
    form.values.title = '周会（改）'
    form.values.note = ''
    await form.submit()
    expect(update).toHaveBeenCalledWith('b1', { title: '周会（改）', note: null, version: 3 })
    expect(ask).not.toHaveBeenCalled()
  })

  it('says when somebody was faster; whoever then saves again means it', async () => {
    const { form, update } = opened()
    form.edit(booking())
    form.values.title = '新题'
    update.mockRejectedValueOnce(new ApiError('VERSION_CONFLICT', { currentVersion: 5 }))
    await expect(form.submit()).resolves.toBeUndefined()
    expect(form.error.value?.code).toBe('VERSION_CONFLICT')
    expect(form.values.title).toBe('新题')
    await form.submit()
    expect(update.mock.calls[1]?.[1]).toEqual({ title: '新题', version: 5 })
  })
})

describe('a form that was put aside', () => {
  // What the storage gives back is a copy without Vue.
  const stored = (form: ReturnType<typeof opened>['form']): unknown => JSON.parse(JSON.stringify(form.draft()))

  it('holds everything typed when it is opened again', async () => {
    const draft = stored(filled().form)
    if (!isBookingDraft(draft)) throw new Error('no draft')
    const { form, create } = opened()
    form.startNew('r1')
    form.restore(draft)
    expect(form.values).toEqual({ ...typed, from: at('09:00'), to: at('10:00') })
    await form.submit()
    expect(create.mock.calls[0]?.[0]).toMatchObject({ title: '周会', attendeeIds: ['u-han'] })
  })

  it('of a booking that others changed meanwhile does not write over them unasked', async () => {
    const before = opened()
    before.form.edit(booking())
    before.form.values.title = '新周会'
    const draft = stored(before.form)
    if (!isBookingDraft(draft)) throw new Error('no draft')
    const { form, update } = opened()
    form.edit(booking({ version: 9, note: '别人加的' }))
    form.restore(draft)
    await form.submit()
    expect(update.mock.calls[0]?.[1]).toMatchObject({ title: '新周会', version: 3 })
  })

  it.each([undefined, '', {}, { values: { title: 'x' } }, { values: { ...typed, from: 'now', to: 2 } }])(
    'is not taken from %j',
    (other) => {
      expect(isBookingDraft(other)).toBe(false)
    },
  )
})
