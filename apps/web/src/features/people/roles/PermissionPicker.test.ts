import { permissions, type Permission } from '@huiyue/contracts'
import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { useSession } from '@/features/session/session.store'
import { i18n, setLocale } from '@/messages'
import { anAdministrator } from '../people-fixtures'
import { permissionGroups } from './permission-groups'
import PermissionPicker from './PermissionPicker.vue'

function open(modelValue: Permission[]) {
  const picker = mount(PermissionPicker, { props: { modelValue }, global: { plugins: [i18n] } })
  const box = (permission: Permission) => picker.get<HTMLInputElement>(`[data-test="permission-${permission}"] input`)
  return { picker, box }
}

beforeEach(() => {
  setActivePinia(createPinia())
  setLocale('zh-CN', false)
  useSession().user = anAdministrator()
})

describe('choosing what a role allows', () => {
  it('shows every permission once, by what it is about', () => {
    expect(permissionGroups.flatMap((group) => group.permissions).sort()).toEqual([...permissions].sort())
    expect(open([]).picker.findAll('[data-test^="permission-"]:not([data-test="permission-picker"])')).toHaveLength(
      permissions.length,
    )
  })

  it('hands on the contract’s order, however they were ticked', async () => {
    const { picker, box } = open(['booking:read'])
    await box('room:read').setValue(true)
    expect(picker.emitted('update:modelValue')).toEqual([[['room:read', 'booking:read']]])
  })

  it('nobody gives what they lack, not even with a whole group; what is there can be taken away', async () => {
    useSession().user = anAdministrator({ permissions: ['role:manage', 'role:read', 'session:read'] })
    const { picker, box } = open(['template:update'])
    expect(box('session:end').element.disabled).toBe(true)
    expect(box('template:update').element.disabled).toBe(false)
    const group = picker.findAll('fieldset').find((one) => one.get('legend').text() === '会话')
    await group?.get('legend input').setValue(true)
    expect(picker.emitted('update:modelValue')).toEqual([[['template:update', 'session:read']]])
  })
})
