import { type Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser, WatchedContext } from '../../src/browser'
import { until } from '../../src/until'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

test('a window notes errors, uncaught exceptions and foreign requests, so that no test passes over them', async () => {
  const watched = await WatchedContext.open(browser, ['http://127.0.0.1:9'])
  const page = await watched.page()
  await page.setContent('<p>nothing</p>')
  expect(watched.problems).toEqual([])
  await page.evaluate(() => {
    window.console.error('said')
    reportError(new Error('thrown'))
    void fetch('http://127.0.0.1:9/ours').catch(() => {})
    void fetch('http://localhost:9/theirs').catch(() => {})
  })
  await until('three problems', () => watched.problems.length >= 3)
  expect([...watched.problems].sort()).toEqual([
    'console: said',
    'foreign request: GET http://localhost:9/theirs',
    'uncaught: thrown',
  ])
})
