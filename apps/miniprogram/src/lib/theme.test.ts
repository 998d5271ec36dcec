import { beforeEach, describe, expect, it, vi } from 'vitest'
import { phone } from '../../test/stub-uni'

let changeSystem: (change: { theme: string }) => void

/** A launch of the app on a phone in this theme. */
async function launch(system: string | undefined) {
  vi.resetModules()
  Object.assign(uni, {
    getSystemInfoSync: () => ({ theme: system }),
    onThemeChange: (listener: typeof changeSystem) => {
      changeSystem = listener
    },
  })
  const theme = await import('./theme')
  theme.startTheme()
  return theme
}

beforeEach(() => {
  changeSystem = () => {}
})

describe('the theme', () => {
  it('is the phone’s, also when that changes', async () => {
    const { theme, themeClass } = await launch('dark')
    expect(theme.value).toBe('dark')
    expect(themeClass.value).toBe('')
    changeSystem({ theme: 'light' })
    expect(theme.value).toBe('light')
  })

  it('is the person’s own choice from then on, whatever the phone has', async () => {
    const { chooseTheme } = await launch('light')
    chooseTheme('dark')
    const { theme, themeClass } = await launch('light')
    expect(theme.value).toBe('dark')
    expect(themeClass.value).toBe('theme-dark')
    changeSystem({ theme: 'light' })
    expect(theme.value).toBe('dark')
  })

  it('is light where the phone does not say, or something else was stored', async () => {
    phone.storage.set('huiyue.theme', 'mauve')
    const { theme } = await launch(undefined)
    expect(theme.value).toBe('light')
  })
})
