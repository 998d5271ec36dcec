import { describe, expect, it } from 'vitest'
import { phone } from '../../../test/stub-uni'
import { goAfterLogin, goToLogin, pathAfterLogin } from './navigation'

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

  it.each([undefined, '', 'https://elsewhere.example', '//elsewhere.example', '/pages/login/login?redirect=x'])(
    'ends at home for %s',
    (redirect) => {
      expect(pathAfterLogin(redirect)).toBe('/pages/today/today')
    },
  )
})
