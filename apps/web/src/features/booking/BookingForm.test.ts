import type { Room } from '@huiyue/contracts'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type * as http from '@/http'
import { ApiError } from '@/http'
import { i18n, setLocale } from '@/messages'
import { useClientConfig } from '@/shared/client-config.store'
import BookingForm from './BookingForm.vue'
import { draftOf } from './booking-draft'
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

beforeEach(() => {
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
