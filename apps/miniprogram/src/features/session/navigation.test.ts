import { describe, expect, it, vi } from 'vitest'
import { phone } from '../../../test/stub-uni'
import { beforeTakenAway, goAfterLogin, goToLogin, goToPassword, pathAfterLogin } from './navigation'

describe('the way to the login and back', () => {
  it('leads to the page that a WeChat card opened, with its id', () => {
    phone.pages = [{ route: 'pages/booking-detail/booking-detail', options: { id: 'b-1' } }]
    goToLogin()
    const redirect = phone.navigation[0]?.split('redirect=')[1]
    expect(phone.navigation[0]).toMatch(/^\/pages\/login\/login\?redirect=/)
    goAfterLogin(redirect)
    expect(phone.navigation[1]).toBe('/pages/booking-detail/booking-detail?id=b-1')
    // H5 hands the value over decoded.
    expect(pathAfterLogin('/pages/booking-detail/booking-detail?id=a%2Fb')).toBe(
      '/pages/booking-detail/booking-detail?id=a%2Fb',
    )
  })

  it('is not taken from the login itself', () => {
    phone.pages = [{ route: 'pages/login/login', options: { redirect: 'x' } }]
    goToLogin()
    expect(phone.navigation).toEqual([])
  })

  it('lets a form be kept before it is taken away, and no form that was left', () => {
    phone.pages = [{ route: 'pages/booking-form/booking-form', options: { roomId: 'r-1' } }]
    const [kept, left] = [vi.fn(), vi.fn()]
    const end = beforeTakenAway(kept)
    beforeTakenAway(left)()
    goToLogin()
    goToPassword()
    end()
    goToLogin()
    expect(kept).toHaveBeenCalledTimes(2)
    expect(left).not.toHaveBeenCalled()
  })

  it.each([undefined, '', 'https://elsewhere.example', '//elsewhere.example', '/pages/login/login?redirect=x'])(
    'ends at home for %s',
    (redirect) => {
      expect(pathAfterLogin(redirect)).toBe('/pages/today/today')
    },
  )
})

describe('the way to a new password', () => {
  it('leads on to where the person wanted to go', () => {
    phone.pages = [{ route: 'pages/login/login', options: { redirect: 'x' } }]
    goToPassword('/pages/booking-detail/booking-detail?id=b-1')
    const [path, redirect] = phone.navigation[0]?.split('?redirect=') ?? []
    expect(path).toBe('/pages/password/password')
    expect(pathAfterLogin(redirect)).toBe('/pages/booking-detail/booking-detail?id=b-1')
  })

  it('does not start anew when a session ends on it', () => {
    const here = '/pages/password/password?redirect=%2Fpages%2Frooms%2Frooms'
    phone.pages = [{ route: 'pages/login/login' }]
    goToPassword(here)
    expect(phone.navigation).toEqual([here])
  })

  it('is not taken from the page itself', () => {
    phone.pages = [{ route: 'pages/password/password' }]
    goToPassword()
    expect(phone.navigation).toEqual([])
  })
})
