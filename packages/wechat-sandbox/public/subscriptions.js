import { attempt, call } from './api.js'
import { h, newId } from './dom.js'
import { t } from './i18n.js'

/** @typedef {import('../src/control/page-types').Phone} Phone */
/** @typedef {import('../src/control/page-types').Subscription} Subscription */

const most = 100

/** What may still be sent to a phone, per template, and the ways to change it. @param {Phone} first */
export function subscriptionPanel(first) {
  const element = h('section', { class: 'subscriptions', 'aria-label': t('subscriptions') })
  /** @type {Map<string, ReturnType<typeof row>>} */
  const rows = new Map()

  /** @param {Phone} phone */
  function update(phone) {
    for (const subscription of phone.subscriptions) {
      const key = `${subscription.openid} ${subscription.templateId}`
      const known = rows.get(key)
      if (known) known.update(subscription)
      else {
        const added = row(subscription)
        rows.set(key, added)
        element.append(added.element)
      }
    }
  }

  update(first)
  return { element, update }
}

/** @param {Subscription} first */
function row(first) {
  const { openid, templateId } = first
  const title = h('strong', { class: 'subscription-title', title: templateId })
  const left = h('span', { class: 'left' })
  const kept = h('span', { class: 'kept' })
  const problemId = newId('count')
  const problem = h('p', { class: 'problem', id: problemId, 'aria-live': 'polite' })
  const count = h('input', {
    type: 'number',
    min: '1',
    max: String(most),
    step: '1',
    value: '1',
    inputmode: 'numeric',
    'aria-label': t('acceptCount', { title: first.title }),
    'aria-describedby': problemId,
  })
  const element = h(
    'form',
    { class: 'subscription', novalidate: true, onSubmit: accept },
    h('div', { class: 'subscription-head' }, title, kept, left),
    h(
      'div',
      { class: 'subscription-actions' },
      count,
      h(
        'button',
        { type: 'submit', class: 'button', 'aria-label': t('acceptMoreOf', { title: first.title }) },
        t('acceptMore'),
      ),
      h(
        'button',
        {
          type: 'button',
          class: 'button quiet',
          'aria-label': t('refuseOf', { title: first.title }),
          onClick: () => set('reject'),
        },
        t('refuse'),
      ),
      h(
        'button',
        {
          type: 'button',
          class: 'button quiet',
          'aria-label': t('banOf', { title: first.title }),
          onClick: () => set('ban'),
        },
        t('ban'),
      ),
    ),
    problem,
  )

  /** @param {Event} event */
  function accept(event) {
    event.preventDefault()
    const n = Number(count.value)
    const valid = Number.isInteger(n) && n >= 1 && n <= most
    problem.textContent = valid ? '' : t('wholeNumber', { min: 1, max: most })
    count.setAttribute('aria-invalid', String(!valid))
    if (valid) void set('accept', n)
    else count.focus()
  }

  /** @param {'accept' | 'reject' | 'ban'} result @param {number} [n] */
  function set(result, n = 1) {
    return attempt(() => call('POST', '/subscriptions', { openid, templateId, result, count: n }))
  }

  /** @param {Subscription} subscription */
  function update(subscription) {
    title.textContent = subscription.title
    left.textContent = leftText(subscription)
    left.className = `left left-${subscription.status}`
    kept.textContent =
      subscription.always === null ? '' : t(subscription.always === 'accept' ? 'alwaysAccept' : 'alwaysReject')
    kept.hidden = subscription.always === null
  }

  update(first)
  return { element, update }
}

/** @param {Subscription} subscription */
function leftText({ status, remaining }) {
  if (status === 'reject') return t('refused')
  if (status === 'ban') return t('banned')
  if (status === 'none') return t('remainingNone')
  return remaining === null ? t('remainingUnlimited') : t('remaining', { n: remaining })
}
