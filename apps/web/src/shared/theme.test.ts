import { beforeEach, expect, it, vi } from 'vitest'
import { followTheme, setTheme, theme } from './theme'

const system = { matches: false, listeners: [] as (() => void)[] }
const isDark = () => document.documentElement.classList.contains('dark')

beforeEach(() => {
  window.localStorage.clear()
  Object.assign(system, { matches: false, listeners: [] })
  vi.stubGlobal('matchMedia', () => ({
    get matches() {
      return system.matches
    },
    addEventListener: (_event: string, listener: () => void) => system.listeners.push(listener),
  }))
})

it('follows the system until a theme is chosen, and again when that is taken back', () => {
  followTheme()
  expect([theme.value, isDark()]).toEqual(['system', false])

  system.matches = true
  system.listeners.forEach((listener) => listener())
  expect(isDark()).toBe(true)

  setTheme('light')
  expect([theme.value, isDark()]).toEqual(['light', false])
  setTheme('system')
  expect(isDark()).toBe(true)
})

it('is kept in this browser', () => {
  setTheme('dark')
  followTheme()
  expect([theme.value, isDark()]).toEqual(['dark', true])
})
