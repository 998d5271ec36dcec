import { announce } from './api.js'
import { arrange, h, icon, newId, picture } from './dom.js'
import { t } from './i18n.js'
import { sheet } from './sheet.js'
import { subscriptionPanel } from './subscriptions.js'
import { dayAndTime, hourMinute } from './time.js'

/** @typedef {import('../src/control/page-types').Phone} Phone */
/** @typedef {import('../src/control/page-types').Card} Card */

/**
 * A phone with what it shows. Updating keeps the cards, the pop-up and the fields that are still the same, so that
 * nobody loses the focus or a half-made choice because something else arrived.
 * @param {Phone} first
 * @param {string | null} h5Url
 */
export function phoneElement(first, h5Url) {
  const nameId = newId('phone')
  const time = h('span', { class: 'status-time' })
  const cards = h('div', { class: 'cards', tabindex: '0', role: 'region', 'aria-label': t('serviceNotices') })
  const older = h('p', { class: 'older' })
  const nothing = nothingYet(first)
  const overlay = h('div', { class: 'overlay' })
  const panel = subscriptionPanel(first)
  const element = h(
    'article',
    { class: 'phone', 'aria-labelledby': nameId, 'data-openid': first.openid },
    h(
      'header',
      { class: 'owner' },
      h('span', { class: `avatar avatar-${first.userId % 6}`, 'aria-hidden': 'true' }, initial(first.nickname)),
      h(
        'div',
        { class: 'owner-text' },
        h('h3', { id: nameId, 'aria-label': t('phoneOf', { name: first.nickname }) }, first.nickname),
        h('code', { class: 'openid', title: first.openid }, first.openid),
      ),
    ),
    h(
      'div',
      { class: 'frame' },
      h(
        'div',
        { class: 'screen' },
        h(
          'div',
          { class: 'status-bar', 'aria-hidden': 'true' },
          time,
          h('span', { class: 'island' }),
          h('span', { class: 'status-icons' }, icon('signal'), icon('wifi'), icon('battery')),
        ),
        h(
          'div',
          { class: 'chat-bar' },
          icon('back'),
          h('span', { class: 'chat-title' }, t('serviceNotices')),
          icon('more'),
        ),
        cards,
        h('div', { class: 'home-bar', 'aria-hidden': 'true' }),
        overlay,
      ),
    ),
    panel.element,
  )

  /** @type {Map<string, HTMLElement>} */
  let shown = new Map()
  /** @type {string | null} */
  let openPrompt = null

  /** @param {Phone} phone @param {boolean} live whether this is news rather than what was there already */
  function update(phone, live) {
    const before = shown
    shown = new Map(phone.cards.map((card) => [card.msgid, before.get(card.msgid) ?? cardElement(card, h5Url, live)]))
    const more = phone.received - phone.cards.length
    older.textContent = t('olderCards', { n: more })
    arrange(cards, phone.cards.length === 0 ? [nothing] : [...(more > 0 ? [older] : []), ...shown.values()])
    if ([...shown.keys()].some((msgid) => !before.has(msgid))) cards.scrollTop = cards.scrollHeight
    if (live)
      for (const card of phone.cards)
        if (!before.has(card.msgid)) announce(t('announceCard', { name: phone.nickname, title: card.title }))

    if ((phone.prompt?.id ?? null) !== openPrompt) {
      openPrompt = phone.prompt?.id ?? null
      overlay.replaceChildren(...(phone.prompt ? [sheet(phone.prompt)] : []))
      if (phone.prompt) announce(t('announcePrompt', { name: phone.nickname }))
    }
    panel.update(phone)
  }

  update(first, false)
  return {
    element,
    update,
    /** @param {number} now */
    tick: (now) => {
      time.textContent = hourMinute(now)
    },
    /** The list is only as tall as it is once it is on the page. */
    settle: () => {
      cards.scrollTop = cards.scrollHeight
    },
  }
}

/** @param {Card} card @param {string | null} h5Url @param {boolean} isNew */
function cardElement(card, h5Url, isNew) {
  const href = card.page !== null && h5Url !== null ? `${h5Url}#/${card.page}` : null
  const entry = [h('span', {}, t('enterMiniProgram')), icon('forward')]
  return h(
    'div',
    { class: `card-slot${isNew ? ' card-new' : ''}`, 'data-msgid': card.msgid },
    h('time', { class: 'card-time', datetime: card.sentAt }, dayAndTime(card.sentAt)),
    h(
      'section',
      { class: 'card' },
      h('div', { class: 'card-app' }, picture('favicon.svg', 'app-icon'), h('span', {}, card.app), icon('more')),
      h('h4', {}, card.title),
      h('dl', {}, ...card.rows.flatMap(({ label, value }) => [h('dt', {}, label), h('dd', {}, value)])),
      card.page === null
        ? null
        : href === null
          ? h('div', { class: 'card-entry', title: card.page }, ...entry)
          : h('a', { class: 'card-entry', href, target: 'huiyue-h5', rel: 'noopener', title: card.page }, ...entry),
    ),
  )
}

/** @param {Phone} phone */
function nothingYet(phone) {
  return h(
    'div',
    { class: 'no-cards' },
    icon('bell'),
    h('strong', {}, t('noCards')),
    h('p', {}, t('noCardsLead', { name: phone.nickname })),
  )
}

/** @param {string} nickname the last character of a Chinese name, the first letter of any other */
function initial(nickname) {
  const characters = [...nickname]
  return (/\p{Script=Han}/u.test(nickname) ? characters.at(-1) : characters[0]?.toUpperCase()) ?? ''
}
