import { describe, expect, it } from 'vitest'
import { createMemoryHistory, createRouter, type RouteLocationNormalized } from 'vue-router'
import { guard, loginLocation, returnPath } from './guard'

const page = { template: '<p />' }
const router = createRouter({
  history: createMemoryHistory(),
  routes: [
    { path: '/', name: 'timeline', component: page },
    { path: '/login', name: 'login', component: page, meta: { title: 'login.title', public: true } },
    { path: '/notifications', name: 'notifications', component: page },
  ],
})
const to = (path: string) => router.resolve(path) as RouteLocationNormalized

describe('somebody without a session', () => {
  it('is led to the login page and back to where they wanted to go', () => {
    const redirect = guard(to('/notifications?state=dead'), false)
    expect(redirect).toEqual({ name: 'login', query: { returnTo: '/notifications?state=dead' } })
    if (redirect === true) throw new Error('not guarded')
    expect(returnPath(router.resolve(redirect).query.returnTo)).toBe('/notifications?state=dead')
  })

  it('may open the login page', () => {
    expect(guard(to('/login'), false)).toBe(true)
  })
})

it('somebody signed in goes past the login page', () => {
  expect(guard(to('/login?returnTo=/notifications'), true)).toBe('/notifications')
  expect(guard(to('/notifications'), true)).toBe(true)
})

it('the way back never leads to another site, nor to the login page', () => {
  for (const bad of ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '', undefined])
    expect(returnPath(bad)).toBe('/')
  expect(returnPath('/login?returnTo=/login')).toBe('/')
  expect(returnPath(['/notifications', '/x'])).toBe('/notifications')
})

it('an ended session is told apart from none', () => {
  expect(loginLocation('/', true)).toEqual({ name: 'login', query: { ended: '1' } })
})
