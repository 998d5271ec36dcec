import { expect, it } from 'vitest'
import { nextTick } from 'vue'
import { chooseTheme, startTheme } from './theme'

it('colours what stands around the pages as well', async () => {
  Object.assign(uni, { getSystemInfoSync: () => ({ theme: 'light' }), onThemeChange: () => {} })
  const classes = document.documentElement.classList
  startTheme()
  expect([...classes]).toEqual([])
  chooseTheme('dark')
  await nextTick()
  expect([...classes]).toEqual(['theme-dark'])
  chooseTheme('system')
  await nextTick()
  expect([...classes]).toEqual([])
})
