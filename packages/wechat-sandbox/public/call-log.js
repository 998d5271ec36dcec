import { h } from './dom.js'
import { errcodeMeaning, t } from './i18n.js'
import { timeOfDay } from './time.js'

/** @typedef {import('../src/control/page-types').CallRecord} CallRecord */

const most = 200

/** The calls WeChat's side received, newest first. @param {readonly CallRecord[]} first */
export function callLog(first) {
  const body = h('tbody')
  const empty = h('p', { class: 'empty' }, t('noCalls'))
  const table = h(
    'table',
    { class: 'calls' },
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        ...['callTime', 'callPath', 'callResult', 'callDuration'].map((key) =>
          h('th', { scope: 'col' }, t(/** @type {import('./i18n.js').MessageKey} */ (key))),
        ),
      ),
    ),
    body,
  )
  const element = h(
    'section',
    { class: 'panel log', 'aria-labelledby': 'calls-title' },
    h('header', { class: 'panel-head' }, h('h2', { id: 'calls-title' }, t('calls')), h('p', {}, t('callsLead'))),
    empty,
    h('div', { class: 'calls-scroll', tabindex: '0', role: 'region', 'aria-labelledby': 'calls-title' }, table),
  )

  /** @param {CallRecord} call */
  function add(call) {
    body.prepend(callRow(call))
    while (body.rows.length > most) body.lastElementChild?.remove()
    show()
  }

  function show() {
    empty.hidden = body.rows.length > 0
    table.hidden = body.rows.length === 0
  }

  /** @param {readonly CallRecord[]} calls */
  function replace(calls) {
    body.replaceChildren(...calls.slice(-most).reverse().map(callRow))
    show()
  }

  replace(first)
  return { element, add, replace }
}

/** @param {CallRecord} call */
function callRow({ at, method, path, status, errcode, rid, durationMs }) {
  return h(
    'tr',
    { class: errcode === 0 ? 'call-ok' : 'call-bad' },
    h('td', { class: 'call-at' }, h('time', { datetime: at }, timeOfDay(at))),
    h('td', { class: 'call-path' }, h('span', { class: 'method' }, method), h('code', {}, path)),
    h(
      'td',
      { class: 'call-result' },
      ...result(status, errcode),
      rid === null ? null : h('code', { class: 'call-rid', title: 'rid' }, rid),
    ),
    h('td', { class: 'call-took' }, t('milliseconds', { n: durationMs })),
  )
}

/** @param {number | null} status @param {number | null} errcode */
function result(status, errcode) {
  if (status === null) return [h('span', { class: 'badge badge-bad' }, '—'), h('span', {}, t('dropped'))]
  if (errcode === null)
    return [h('span', { class: 'badge badge-bad' }, `HTTP ${status}`), h('span', {}, t('rawAnswer'))]
  if (errcode === 0) return [h('span', { class: 'badge badge-ok' }, '0'), h('span', {}, t('ok'))]
  return [h('span', { class: 'badge badge-bad' }, String(errcode)), h('span', {}, errcodeMeaning(errcode))]
}
