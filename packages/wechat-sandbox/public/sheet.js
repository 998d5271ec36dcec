import { attempt, call } from './api.js'
import { h, newId, picture } from './dom.js'
import { t } from './i18n.js'

/** The subscription pop-up. @param {import('../src/control/page-types').Prompt} prompt */
export function sheet(prompt) {
  const titleId = newId('sheet')
  const always = h('input', { type: 'checkbox' })
  const boxes = prompt.templates.map((template) => ({
    template,
    box: h('input', { type: 'checkbox', checked: true }),
  }))
  const reject = h(
    'button',
    { type: 'button', class: 'sheet-button', onClick: () => answer(() => 'reject') },
    t('reject'),
  )
  const allow = h(
    'button',
    {
      type: 'button',
      class: 'sheet-button sheet-allow',
      onClick: () => answer((box) => (box.checked ? 'accept' : 'reject')),
    },
    t('allow'),
  )
  boxes.forEach(({ box }) => box.addEventListener('change', noteEmpty))
  const longTerm = prompt.templates.some(({ type }) => type === 3)

  return h(
    'div',
    { class: 'scrim' },
    h(
      'div',
      { class: 'sheet', role: 'dialog', 'aria-labelledby': titleId },
      h(
        'div',
        { class: 'sheet-app' },
        picture('favicon.svg', 'app-icon'),
        h('strong', {}, prompt.app),
        h('span', {}, t('sheetRequest')),
      ),
      h('h4', { id: titleId }, t('sheetTitle', { app: prompt.app })),
      h('p', {}, t(longTerm ? 'sheetLeadLongTerm' : 'sheetLead')),
      h(
        'div',
        { class: 'sheet-templates', role: 'group', 'aria-label': t('sheetTemplates') },
        ...boxes.map(({ template, box }) =>
          h(
            'label',
            { class: 'sheet-template' },
            h(
              'span',
              { class: 'sheet-template-text' },
              h('strong', {}, template.title),
              h('small', {}, template.keywords.map(({ label }) => label).join(' · ')),
            ),
            box,
          ),
        ),
      ),
      h('label', { class: 'sheet-always' }, always, h('span', {}, t('keepChoice'))),
      h('div', { class: 'sheet-buttons' }, reject, allow),
    ),
  )

  /** Allowing nothing would be rejecting by another name. */
  function noteEmpty() {
    allow.disabled = boxes.every(({ box }) => !box.checked)
  }

  /** @param {(box: HTMLInputElement) => 'accept' | 'reject'} choose */
  async function answer(choose) {
    reject.disabled = allow.disabled = true
    const answers = Object.fromEntries(boxes.map(({ template, box }) => [template.templateId, choose(box)]))
    const done = await attempt(() => call('POST', `/prompts/${prompt.id}/answer`, { answers, always: always.checked }))
    if (done) return
    reject.disabled = false
    noteEmpty()
  }
}
