import { callLog } from './call-log.js'
import { clockPanel } from './clock-panel.js'
import { h, picture } from './dom.js'
import { faultPanel } from './fault-panel.js'
import { language, setLanguage, t } from './i18n.js'
import { shelf } from './shelf.js'

/** @typedef {import('../src/control/page-types').Snapshot} Snapshot */

/** @typedef {'connecting' | 'connected' | 'reconnecting'} Connection */

/** @type {Connection} */
let connection = 'connecting'
/** @type {Snapshot | null} */
let latest = null
/** How far the sandbox's clock is from the browser's, in milliseconds. */
let skew = 0
/** @type {ReturnType<typeof build> | null} */
let page = null

/** @param {Snapshot} snapshot */
function build(snapshot) {
  const phones = shelf(snapshot.phones, snapshot.h5Url)
  const log = callLog(snapshot.calls)
  const faults = faultPanel(snapshot)
  const clock = clockPanel()
  return {
    phones,
    log,
    faults,
    clock,
    /** What was typed into the page's forms stays. @param {Snapshot} next */
    replace: (next) => {
      phones.replace(next.phones)
      log.replace(next.calls)
      faults.update(next.faults)
    },
    elements: [
      phones.element,
      h('div', { class: 'panels' }, log.element, h('div', { class: 'side' }, faults.element, clock.element)),
    ],
  }
}

function render() {
  document.documentElement.lang = language() === 'zh' ? 'zh-CN' : 'en'
  document.title = t('pageTitle')
  page = latest === null ? null : build(latest)
  const root = document.getElementById('app')
  root?.replaceChildren(header(), h('main', {}, ...(page?.elements ?? [h('div', { class: 'waiting' })])))
  page?.phones.settle()
  tick()
}

function header() {
  return h(
    'header',
    { class: 'top' },
    picture('favicon.svg', 'logo'),
    h('div', { class: 'top-text' }, h('h1', {}, t('pageTitle')), h('p', {}, t('pageLead'))),
    h('span', { class: `connection connection-${connection}`, role: 'status' }, t(connection)),
    h(
      'button',
      {
        type: 'button',
        class: 'button quiet',
        lang: language() === 'zh' ? 'en' : 'zh-CN',
        onClick: () => {
          setLanguage(language() === 'zh' ? 'en' : 'zh')
          render()
        },
      },
      t('switchLanguage'),
    ),
  )
}

function tick() {
  if (!latest || !page) return
  const now = Date.now() + skew
  page.phones.tick(now)
  page.clock.tick(now, latest.clock.offsetSeconds)
}

/** @param {Connection} next */
function setConnection(next) {
  connection = next
  const badge = document.querySelector('.connection')
  if (!badge) return
  badge.className = `connection connection-${next}`
  badge.textContent = t(next)
}

/** @param {import('../src/control/page-types').SandboxClock} clock */
function setClock(clock) {
  skew = Date.parse(clock.now) - Date.now()
  if (latest) latest = { ...latest, clock }
  tick()
}

/** Each event replaces what it is about, so a new connection simply starts with a new snapshot. */
function connect() {
  const source = new EventSource('__sandbox/events')
  source.addEventListener('open', () => setConnection('connected'))
  source.addEventListener('error', () => {
    setConnection('reconnecting')
    // The browser itself gives up after some failures; the page does not.
    if (source.readyState === EventSource.CLOSED) setTimeout(connect, 2000)
  })
  on('snapshot', (/** @type {Snapshot} */ snapshot) => {
    latest = snapshot
    if (page) page.replace(snapshot)
    else render()
    setClock(snapshot.clock)
  })
  on('phone', (/** @type {import('../src/control/page-types').Phone} */ phone) => {
    if (!latest) return
    const others = latest.phones.filter(({ userId }) => userId !== phone.userId)
    latest = { ...latest, phones: [...others, phone].sort((a, b) => a.userId - b.userId) }
    page?.phones.update(phone)
  })
  on('call', (/** @type {import('../src/control/page-types').CallRecord} */ call) => {
    if (!latest) return
    latest = { ...latest, calls: [...latest.calls.slice(-199), call] }
    page?.log.add(call)
  })
  on('faults', (/** @type {import('../src/control/page-types').Fault[]} */ faults) => {
    if (!latest) return
    latest = { ...latest, faults }
    page?.faults.update(faults)
  })
  on('clock', setClock)

  /** @template T @param {string} name @param {(data: T) => void} handle */
  function on(name, handle) {
    source.addEventListener(name, (event) => handle(JSON.parse(event.data)))
  }
}

render()
connect()
setInterval(tick, 1000)
