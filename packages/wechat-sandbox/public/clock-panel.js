import { attempt, call } from './api.js'
import { h } from './dom.js'
import { t } from './i18n.js'
import { duration, timeOfDay, wholeDate } from './time.js'

/** The sandbox's clock, the ways to move it, and the way back to the start. */
export function clockPanel() {
  const time = h('div', { class: 'clock-time' })
  const date = h('div', { class: 'clock-date' })
  const ahead = h('p', { class: 'clock-ahead' })
  const steps = [
    { seconds: 60, text: t('advanceMinute'), note: '' },
    { seconds: 300, text: t('advanceCode'), note: t('advanceCodeNote') },
    { seconds: 7200, text: t('advanceToken'), note: t('advanceTokenNote') },
    { seconds: 86_400, text: t('advanceDay'), note: '' },
  ]
  const dialog = h(
    'dialog',
    { class: 'confirm', 'aria-labelledby': 'reset-title' },
    h('h2', { id: 'reset-title' }, t('resetTitle')),
    h('p', {}, t('resetLead')),
    h(
      'div',
      { class: 'confirm-buttons' },
      h('button', { type: 'button', class: 'button', onClick: () => dialog.close() }, t('cancel')),
      h('button', { type: 'button', class: 'button danger', onClick: reset }, t('resetConfirm')),
    ),
  )
  const element = h(
    'section',
    { class: 'panel', 'aria-labelledby': 'clock-title' },
    h('header', { class: 'panel-head' }, h('h2', { id: 'clock-title' }, t('clock')), h('p', {}, t('clockLead'))),
    h('div', { class: 'clock-face' }, time, date, ahead),
    h(
      'div',
      { class: 'clock-steps', role: 'group', 'aria-label': t('advance') },
      ...steps.map(({ seconds, text, note }) =>
        h(
          'button',
          {
            type: 'button',
            class: 'button step',
            'aria-label': `${t('advance')} ${text}`,
            onClick: () => attempt(() => call('POST', '/clock/advance', { seconds })),
          },
          h('span', {}, `+ ${text}`),
          note === '' ? null : h('small', {}, note),
        ),
      ),
    ),
    h('button', { type: 'button', class: 'button quiet reset', onClick: () => dialog.showModal() }, t('reset')),
    dialog,
  )

  async function reset() {
    if (await attempt(() => call('POST', '/reset'))) dialog.close()
  }

  return {
    element,
    /** @param {number} now @param {number} offsetSeconds */
    tick: (now, offsetSeconds) => {
      time.textContent = timeOfDay(now)
      date.textContent = wholeDate(now)
      ahead.textContent = offsetSeconds > 0 ? t('clockAhead', { text: duration(offsetSeconds) }) : t('clockReal')
      ahead.classList.toggle('clock-moved', offsetSeconds > 0)
    },
  }
}
