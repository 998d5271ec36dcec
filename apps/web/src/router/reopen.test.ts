import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { setLocale } from '@/messages'
import { dismissAll, notices } from '@/shared/notices'
import { reopenMissingPages } from './reopen'

const page = { template: '<p />' }

/** What the build's own code does when a part of the console cannot be loaded. */
function missing(): Promise<never> {
  const payload = new TypeError('Failed to fetch dynamically imported module')
  window.dispatchEvent(Object.assign(new Event('vite:preloadError'), { payload }))
  return Promise.reject(payload)
}

/** The console as one tab holds it from one loading to the next. */
async function load(path: string) {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', component: page, meta: { title: 'app.name' } },
      { path: '/roles', component: missing, meta: { title: 'app.name' } },
    ],
  })
  const opened: string[] = []
  reopenMissingPages(router, (wanted) => opened.push(wanted))
  const go = (wanted: string) => router.push(wanted).catch(() => undefined)
  await go(path)
  return { router, go, opened }
}

beforeEach(() => {
  window.sessionStorage.clear()
  setLocale('zh-CN', false)
  dismissAll()
})

describe('a page that an update has taken from the server', () => {
  it('is opened anew at the address that was wanted', async () => {
    const { go, opened } = await load('/')
    await go('/roles?search=x')
    expect(opened).toEqual(['/roles?search=x'])
    expect(notices.value).toEqual([])
  })

  it('and is missing still is told, and opened again only when asked', async () => {
    const first = await load('/')
    await first.go('/roles')
    const second = await load('/roles')
    expect(second.opened).toEqual([])
    expect(notices.value).toMatchObject([{ tone: 'error', text: expect.stringContaining('可能正在升级') }])
    notices.value[0]?.action?.run()
    expect(second.opened).toEqual(['/roles'])
  })

  it('is opened anew after the next update too', async () => {
    const { go, opened } = await load('/')
    await go('/roles')
    const { go: goLater, opened: openedLater } = await load('/')
    await goLater('/roles')
    expect([opened, openedLater]).toEqual([['/roles'], ['/roles']])
  })

  it('without a network leaves the console as it is, and says why', async () => {
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
    const { go, opened, router } = await load('/')
    await go('/roles')
    expect(opened).toEqual([])
    expect(router.currentRoute.value.path).toBe('/')
    expect(notices.value).toMatchObject([{ tone: 'error', text: expect.stringContaining('检查网络') }])
  })
})
