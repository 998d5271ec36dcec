import { attempt, call } from './api.js'
import { h, icon, newId } from './dom.js'
import { t } from './i18n.js'
import { phoneElement } from './phone.js'

/** @typedef {import('../src/control/page-types').Phone} Phone */

const shownAtFirst = 12
const searchFrom = 5

/** All phones side by side. @param {readonly Phone[]} first @param {string | null} h5Url */
export function shelf(first, h5Url) {
  /** @type {Map<number, { phone: Phone, view: ReturnType<typeof phoneElement> }>} */
  const phones = new Map()
  let all = false
  let now = Date.now()

  const count = h('span', { class: 'count' })
  const search = h('input', {
    type: 'search',
    class: 'search',
    placeholder: t('searchPhones'),
    'aria-label': t('searchPhones'),
    onInput: arrange,
  })
  const row = h('div', { class: 'phones' })
  const adder = addPhone()
  const none = h('p', { class: 'empty', hidden: true })
  const showAll = h('button', { type: 'button', class: 'button show-all', onClick: () => ((all = true), arrange()) })
  row.append(adder.element)
  const element = h(
    'section',
    { class: 'shelf', 'aria-labelledby': 'phones-title' },
    h('div', { class: 'shelf-head' }, h('h2', { id: 'phones-title' }, t('phones')), count, search),
    row,
    none,
    showAll,
  )

  /** @param {Phone} phone @param {boolean} live */
  function put(phone, live) {
    const known = phones.get(phone.userId)
    if (known) {
      known.phone = phone
      known.view.update(phone, live)
    } else {
      const view = phoneElement(phone, h5Url)
      view.tick(now)
      phones.set(phone.userId, { phone, view })
      row.insertBefore(view.element, adder.element)
      view.settle()
    }
  }

  /** A phone that asks something is always shown, whatever is searched for. */
  function arrange() {
    const text = search.value.trim().toLowerCase()
    const matching = [...phones.values()].filter(({ phone }) => phone.nickname.toLowerCase().includes(text))
    const chosen = new Set(all ? matching : matching.slice(0, shownAtFirst))
    let shown = 0
    for (const entry of phones.values()) {
      const visible = chosen.has(entry) || entry.phone.prompt !== null
      entry.view.element.hidden = !visible
      if (visible) shown += 1
    }
    search.hidden = phones.size < searchFrom && text === ''
    count.textContent = phones.size > 0 ? t('phonesShown', { shown, total: phones.size }) : ''
    none.textContent = t('noPhoneFound', { text: search.value.trim() })
    none.hidden = phones.size === 0 || matching.length > 0
    showAll.textContent = t('showAll', { total: matching.length })
    showAll.hidden = all || matching.length <= shownAtFirst
    adder.fit(phones.size === 0)
  }

  for (const phone of first) put(phone, false)
  arrange()
  return {
    element,
    /** @param {Phone} phone */
    update: (phone) => {
      put(phone, true)
      arrange()
    },
    /** @param {readonly Phone[]} next */
    replace: (next) => {
      const kept = new Set(next.map(({ openid }) => openid))
      for (const [userId, { phone, view }] of phones) {
        if (kept.has(phone.openid)) continue
        view.element.remove()
        phones.delete(userId)
      }
      for (const phone of next) put(phone, false)
      arrange()
    },
    /** @param {number} time */
    tick: (time) => {
      now = time
      for (const { view } of phones.values()) view.tick(time)
    },
    settle: () => {
      for (const { view } of phones.values()) view.settle()
    },
  }
}

/** The form that brings another person with a phone. */
function addPhone() {
  const id = newId('nickname')
  const problem = h('p', { class: 'problem', id: `${id}-problem`, 'aria-live': 'polite' })
  const nickname = h('input', {
    id,
    maxlength: '32',
    autocomplete: 'off',
    placeholder: t('nicknameExample'),
    'aria-describedby': problem.id,
  })
  const lead = h('p', {})
  const element = h(
    'form',
    { class: 'add-phone', novalidate: true, onSubmit: submit },
    icon('plus'),
    h('h3', {}, t('addPhone')),
    lead,
    h('label', { for: id, class: 'visually-hidden' }, t('nickname')),
    nickname,
    problem,
    h('button', { type: 'submit', class: 'button primary' }, t('add')),
  )

  /** @param {Event} event */
  async function submit(event) {
    event.preventDefault()
    const name = nickname.value.trim()
    problem.textContent = name === '' ? t('nicknameMissing') : ''
    nickname.setAttribute('aria-invalid', String(name === ''))
    if (name === '') return nickname.focus()
    if (await attempt(() => call('POST', '/users', { nickname: name }))) nickname.value = ''
  }

  return {
    element,
    /** @param {boolean} isFirst */
    fit: (isFirst) => {
      lead.textContent = t(isFirst ? 'addPhoneFirst' : 'addPhoneLead')
      element.classList.toggle('add-first', isFirst)
    },
  }
}
