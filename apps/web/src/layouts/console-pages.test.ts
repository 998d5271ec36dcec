import { rolePermissions, type BuiltInRole } from '@huiyue/contracts'
import { expect, it } from 'vitest'
import { router } from '@/router'
import { pagesFor } from './console-pages'

/** The names of the pages in the menu, group by group. */
const menuOf = (role: BuiltInRole) =>
  pagesFor(router.getRoutes(), (permission) => rolePermissions[role].includes(permission)).map(({ pages }) =>
    pages.map(({ name }) => name),
  )

it('an administrator is offered every page', () => {
  expect(menuOf('admin')).toEqual([
    ['timeline'],
    ['notifications', 'templates'],
    ['accounts', 'departments', 'roles', 'imports'],
    ['sessions', 'login-log', 'audit-log'],
  ])
})

it('others are offered what they may see, and no heading without a page', () => {
  expect(menuOf('frontdesk')).toEqual([['timeline'], ['notifications']])
  expect(menuOf('manager')).toEqual([['timeline'], ['notifications', 'templates']])
  expect(menuOf('member')).toEqual([['timeline']])
})
