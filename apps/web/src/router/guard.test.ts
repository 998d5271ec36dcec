import { describe, expect, it } from 'vitest'
import { createMemoryHistory, createRouter, type RouteLocationNormalized } from 'vue-router'
import { guard, loginLocation, passwordLocation, returnPath } from './guard'

const page = { template: '<p />' }
const router = createRouter({
  history: createMemoryHistory(),
  routes: [
    { path: '/', name: 'timeline', component: page },
    { path: '/login', name: 'login', component: page, meta: { title: 'login.title', public: true } },
    { path: '/password', name: 'password', component: page },
    { path: '/login-log', name: 'login-log', component: page },
    { path: '/notifications', name: 'notifications', component: page },
  ],
})
const to = (path: string) => router.resolve(path) as RouteLocationNormalized
const nobody = { signedIn: false, mustChangePassword: undefined }
const somebody = { signedIn: true, mustChangePassword: false }
const newcomer = { signedIn: true, mustChangePassword: true }

describe('somebody without a session', () => {
  it('is led to the login page and back to where they wanted to go', () => {
    const redirect = guard(to('/notifications?state=dead'), nobody)
    expect(redirect).toEqual({ name: 'login', query: { returnTo: '/notifications?state=dead' } })
    if (redirect === true) throw new Error('not guarded')
    expect(returnPath(router.resolve(redirect).query.returnTo)).toBe('/notifications?state=dead')
  })

  it('may open the login page', () => {
    expect(guard(to('/login'), nobody)).toBe(true)
  })
})

it('somebody signed in goes past the login page', () => {
  expect(guard(to('/login?returnTo=/notifications'), somebody)).toBe('/notifications')
  expect(guard(to('/notifications'), somebody)).toBe(true)
})

describe('somebody whose password was given by somebody else', () => {
  it('is led to the page that changes it, from wherever, and then on', () => {
    const redirect = guard(to('/login-log?page=2'), newcomer)
    expect(redirect).toEqual({ name: 'password', query: { returnTo: '/login-log?page=2' } })
    expect(guard(to('/password?returnTo=/login-log'), newcomer)).toBe(true)
    expect(guard(to('/password?returnTo=/login-log'), somebody)).toBe('/login-log')
  })

  it('stays there until it is known who they are', () => {
    expect(guard(to('/password'), { signedIn: true, mustChangePassword: undefined })).toBe(true)
  })

  it('logs in first, and finds the way again', () => {
    expect(guard(to('/password?returnTo=/login-log'), nobody)).toEqual({
      name: 'login',
      query: { returnTo: '/login-log' },
    })
  })
})

it('the way back never leads to another site, nor to the login page', () => {
  for (const bad of [
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
    '',
    undefined,
  ])
    expect(returnPath(bad)).toBe('/')
  expect(returnPath('/login?returnTo=/login')).toBe('/')
  expect(returnPath('/password')).toBe('/')
  expect(returnPath('/login-log?result=alert')).toBe('/login-log?result=alert')
  expect(returnPath(['/notifications', '/x'])).toBe('/notifications')
})

it('an ended session is told apart from none', () => {
  expect(loginLocation('/', true)).toEqual({ name: 'login', query: { ended: '1' } })
  expect(passwordLocation('/')).toEqual({ name: 'password', query: {} })
})
