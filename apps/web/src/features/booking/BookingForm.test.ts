import type { Room } from '@huiyue/contracts'
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useSession } from '@/features/session/session.store'
import type * as http from '@/http'
import { ApiError } from '@/http'
import { i18n, setLocale } from '@/messages'
import { aUserWho } from '@/shared/account-fixtures'
import { useClientConfig } from '@/shared/client-config.store'
import PersonSelect from '@/shared/PersonSelect.vue'
import AttendeeSelect from './AttendeeSelect.vue'
import BookingForm from './BookingForm.vue'
import { draftOf, type BookingDraft } from './booking-draft'
import { aBooking } from './booking-fixtures'

const { call } = vi.hoisted(() => ({ call: vi.fn() }))
vi.mock('@/http', async (original) => ({ ...(await original<typeof http>()), call }))

const room: Room = {
  id: 'r1',
  name: '望岳厅',
  buildingId: null,
  location: 'A 座',
  capacity: 2,
  equipment: [],
  status: 'open',
}
const booking = aBooking({
  attendees: [
    { id: 'u2', name: '韩梅梅', wechatBound: true, delivery: null },
    { id: 'u3', name: '王芳', wechatBound: false, delivery: null },
  ],
})

function open() {
  const opened = { ...draftOf(booking, 'Asia/Shanghai'), note: '改过的备注' }
  const form = mount(BookingForm, {
    props: { opened, booking, rooms: [room] },
    global: { plugins: [i18n] },
    attachTo: document.body,
  })
  const submit = async () => {
    await form.get('form').trigger('submit')
    await flushPromises()
  }
  /** The messages beside the field of that label. */
  const errorsOf = (label: string) => {
    const field = form.findAll('.field').find((one) => one.get('label').text().startsWith(label))
    return field?.findAll('[data-test="field-error"]').map((error) => error.text())
  }
  return { form, submit, errorsOf }
}

/** jsdom draws nothing, so it has nowhere to scroll to. */
const scrolledTo = vi.fn<(this: Element) => void>()
Element.prototype.scrollIntoView = scrolledTo

enableAutoUnmount(afterEach)
beforeEach(() => {
  window.sessionStorage.clear()
  setActivePinia(createPinia())
  setLocale('zh-CN', false)
  call.mockReset()
  useClientConfig().config = { organizationName: 'X', timeZone: 'Asia/Shanghai', slotMinutes: 15, demo: null }
})

describe('the booking form', () => {
  it('puts what the server refuses beside its field, naming the person it is about', async () => {
    const issues = [
      { path: 'attendeeIds.1', code: 'unknown_user', message: '' },
      { path: 'endsAt', code: 'booking_too_long', message: '', params: { hours: 24 } },
    ]
    call.mockRejectedValue(new ApiError('VALIDATION_FAILED', 400, { issues }))
    const { form, submit, errorsOf } = open()
    await submit()
    expect(errorsOf('参会人')).toEqual(['王芳：找不到这位同事'])
    expect(errorsOf('结束')).toEqual(['一次最多预约 24 小时'])
    expect(form.find('[data-test="form-error"]').exists()).toBe(false)
    expect(form.get<HTMLInputElement>('[data-test="title-input"]').element.value).toBe('产品周会')
    expect(form.get('textarea').element.value).toBe('改过的备注')
  })

  it('lists what is in the way in the organisation’s time', async () => {
    const conflict = {
      bookingId: 'b9',
      title: '评审',
      startsAt: '2026-11-23T02:30:00.000Z',
      endsAt: '2026-11-23T03:30:00.000Z',
      organizer: { id: 'u9', name: '李雷' },
    }
    call.mockRejectedValue(new ApiError('BOOKING_CONFLICT', 409, { conflicts: [conflict] }))
    const { form, submit } = open()
    await submit()
    expect(form.get('[data-test="conflicts"] li').text()).toBe('11月23日周一 10:30–11:30 · 评审（李雷）')
    expect(scrolledTo.mock.contexts.at(-1)).toBe(form.get('[data-test="conflicts"]').element)
  })

  it('says whom WeChat cannot reach, and that the room is small', () => {
    const { form } = open()
    expect(form.get('[data-test="unreachable"]').text()).toContain('王芳 还没有登录过小程序')
    expect(form.text()).toContain('望岳厅 坐得下 2 人，这次有 3 人。')
  })

  it('hands on the saved booking', async () => {
    call.mockResolvedValue(aBooking({ version: 4 }))
    const { form, submit } = open()
    await submit()
    expect(form.emitted('saved')).toMatchObject([[{ id: 'b1', version: 4 }]])
  })
})

const blank: BookingDraft = {
  organizerId: '',
  roomId: 'r1',
  date: '2026-11-23',
  time: '10:00',
  minutes: 60,
  title: '',
  attendeeIds: [],
  note: '',
}
const found = [
  { id: 'u2', name: '韩梅梅', username: 'hanmeimei', department: null, wechatBound: true },
  { id: 'u3', name: '王芳', username: 'wangfang', department: null, wechatBound: true },
]

/** A form for a new booking, with colleagues to be found. */
function openNew(...permissions: Parameters<typeof aUserWho>) {
  const session = useSession()
  session.signedIn = true
  session.take({ user: aUserWho(...permissions), roles: [], permissions, wechat: { bound: false } })
  call.mockImplementation(async (operation: string) =>
    operation === 'listUsers' ? { items: found, total: found.length } : aBooking(),
  )
  return mount(BookingForm, {
    props: { opened: blank, rooms: [room] },
    global: { plugins: [i18n] },
    attachTo: document.body,
  })
}
async function invite(form: ReturnType<typeof openNew>, ...ids: string[]): Promise<void> {
  const select = form.getComponent(AttendeeSelect)
  select.getComponent({ name: 'ElSelect' }).vm.$emit('visible-change', true)
  await vi.waitFor(() => expect(call).toHaveBeenCalledWith('listUsers', expect.anything(), expect.anything()))
  await flushPromises()
  select.vm.$emit('update:modelValue', ids)
  await flushPromises()
}

describe('a booking for somebody else', () => {
  it('is offered to those who may, and names them as its organiser', async () => {
    const form = openNew('booking:create', 'booking:create-for-others')
    await flushPromises()
    expect(form.get('[data-test="organizer-select"]').text()).toContain('李雷')
    await form.get('[data-test="title-input"]').setValue('周会')
    await invite(form, 'u2', 'u3')
    form.getComponent(PersonSelect).vm.$emit('update:modelValue', { id: 'u3', name: '王芳' })
    await form.get('form').trigger('submit')
    await flushPromises()
    const [, request] = call.mock.calls.find(([operation]) => operation === 'createBooking') ?? []
    expect(request).toMatchObject({ body: { organizerId: 'u3', attendeeIds: ['u2'] } })
  })

  it('is not offered to others, whose bookings name nobody', async () => {
    const form = openNew('booking:create')
    expect(form.find('[data-test="organizer-select"]').exists()).toBe(false)
    await form.get('[data-test="title-input"]').setValue('周会')
    await form.get('form').trigger('submit')
    await flushPromises()
    const [, request] = call.mock.calls.find(([operation]) => operation === 'createBooking') ?? []
    expect(request).toMatchObject({ body: { title: '周会' } })
    expect(request).not.toHaveProperty('body.organizerId')
  })
})

it('what was typed into a new booking is there again after the session ended, people by name', async () => {
  const before = openNew('booking:create', 'booking:create-for-others')
  await before.get('[data-test="title-input"]').setValue('周会')
  await invite(before, 'u2')
  before.getComponent(PersonSelect).vm.$emit('update:modelValue', { id: 'u3', name: '王芳' })
  await flushPromises()
  useSession().forget()
  before.unmount()

  const form = openNew('booking:create', 'booking:create-for-others')
  await flushPromises()
  expect(form.get<HTMLInputElement>('[data-test="title-input"]').element.value).toBe('周会')
  expect(form.get('[data-test="attendee-select"]').text()).toContain('韩梅梅')
  expect(form.get('[data-test="organizer-select"]').text()).toContain('王芳')
  expect(form.get('[data-test="restored"]').text()).toBe('已恢复刚才没有保存的内容。')
})
