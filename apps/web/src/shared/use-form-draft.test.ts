import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, reactive, type EffectScope } from 'vue'
import type * as http from '@/http'
import { useSession } from '@/features/session/session.store'
import { aUser } from './account-fixtures'
import { hasFormDraft, useFormDraft } from './use-form-draft'

const { call } = vi.hoisted(() => ({ call: vi.fn() }))
vi.mock('@/http', async (original) => ({ ...(await original<typeof http>()), call }))

const blank = () => ({ title: '', mobile: null as string | null, ids: [] as string[], initialPassword: '' })

async function logInAs(id: string): Promise<void> {
  call.mockResolvedValue({
    accessToken: 'a',
    refreshToken: 'r',
    expiresIn: 900,
    user: aUser({ id }),
    wechat: { bound: false },
  })
  await useSession().login(id, 'x')
}

/** Opens the form as its component would; `close` is the component going away. */
function openForm(): { fields: ReturnType<typeof blank>; restored: boolean; scope: EffectScope; forget(): void } {
  const scope = effectScope()
  const opened = scope.run(() => {
    const fields = reactive(blank())
    const draft = useFormDraft('account.new', () => (fields.title || fields.ids.length > 0 ? fields : null))
    const kept = draft.restore(fields)
    if (kept) Object.assign(fields, kept)
    return { fields, restored: kept !== null, forget: draft.forget }
  })
  if (!opened) throw new Error('scope is over')
  return { ...opened, scope }
}
const stored = () => JSON.stringify({ ...window.sessionStorage })

beforeEach(async () => {
  setActivePinia(createPinia())
  window.sessionStorage.clear()
  window.localStorage.clear()
  await logInAs('u1')
})

describe('a form left behind by a session that ended', () => {
  it('is as it was for the same person, but without the password', async () => {
    const first = openForm()
    Object.assign(first.fields, {
      title: '周会',
      mobile: '13800000000',
      ids: ['u2'],
      initialPassword: 'hunter2-hunter2',
    })
    useSession().forget()
    first.scope.stop()
    expect(stored()).not.toContain('hunter2')

    await logInAs('u1')
    expect(hasFormDraft('account.new')).toBe(true)
    const { fields, restored } = openForm()
    expect(restored).toBe(true)
    expect(fields).toEqual({ title: '周会', mobile: '13800000000', ids: ['u2'], initialPassword: '' })
  })

  it('is out of reach for another person, and gone', async () => {
    const first = openForm()
    first.fields.title = '机密'
    useSession().forget()
    first.scope.stop()

    await logInAs('u2')
    expect(openForm().restored).toBe(false)
    expect(stored()).not.toContain('机密')
  })
})

describe('what is typed', () => {
  it('outlives a page that is loaded again', () => {
    openForm().fields.title = '周会'
    expect(openForm().fields.title).toBe('周会')
  })

  it('is given up with a form that is left while signed in', () => {
    const first = openForm()
    first.fields.title = '周会'
    first.scope.stop()
    expect(openForm().restored).toBe(false)
  })

  it('is not kept once it is saved', () => {
    const first = openForm()
    first.fields.title = '周会'
    first.forget()
    expect(hasFormDraft('account.new')).toBe(false)
  })

  it('is gone after logging out', async () => {
    const { fields, scope } = openForm()
    fields.title = '周会'
    call.mockResolvedValue(undefined)
    await useSession().logout()
    scope.stop()
    expect(stored()).toBe('{}')
  })

  it('that another version of the page wrote is only taken where it fits', () => {
    openForm().fields.title = '周会'
    const [key = ''] = Object.keys(window.sessionStorage)
    window.sessionStorage.setItem(key, JSON.stringify({ title: 7, ids: ['u2'], gone: true }))
    expect(openForm().fields).toEqual({ ...blank(), ids: ['u2'] })
    window.sessionStorage.setItem(key, '{broken')
    expect(openForm().restored).toBe(false)
  })
})
