import { attempt, call } from './api.js'
import { h, newId } from './dom.js'
import { errcodeMeaning, t } from './i18n.js'

/** @typedef {import('../src/control/page-types').Fault} Fault */

const kinds = /** @type {const} */ (['Errcode', 'Http', 'Drop', 'Slow'])
const likely = 43101

/**
 * Lets the next calls go wrong.
 * @param {{ endpoints: readonly string[], errcodes: readonly number[], faults: readonly Fault[] }} first
 */
export function faultPanel({ endpoints, errcodes, faults }) {
  const path = h(
    'select',
    {},
    ...endpoints.map((value) => h('option', { value, selected: value.endsWith('/send') }, value)),
  )
  const kind = h('select', { onChange: fit }, ...kinds.map((value) => h('option', { value }, t(`faultKind${value}`))))
  const errcode = h(
    'select',
    {},
    ...errcodes.map((code) =>
      h('option', { value: code, selected: code === likely }, `${code} ${errcodeMeaning(code)}`),
    ),
  )
  const httpStatus = numberField(502, 400, 599)
  const times = numberField(1, 1, 1000)
  const delay = numberField(0, 0, 600_000)
  const errcodeLine = field(t('faultErrcode'), errcode)
  const httpLine = field(t('faultHttpStatus'), httpStatus.input, httpStatus.problem)
  const list = h('ul', { class: 'fault-list' })
  const none = h('p', { class: 'empty' }, t('noFaults'))
  const clear = h(
    'button',
    { type: 'button', class: 'button quiet', onClick: () => attempt(() => call('DELETE', '/faults')) },
    t('clearFaults'),
  )
  const element = h(
    'section',
    { class: 'panel', 'aria-labelledby': 'faults-title' },
    h('header', { class: 'panel-head' }, h('h2', { id: 'faults-title' }, t('faults')), h('p', {}, t('faultsLead'))),
    h(
      'form',
      { class: 'fault-form', novalidate: true, onSubmit: submit },
      field(t('faultPath'), path),
      field(t('faultKind'), kind),
      errcodeLine,
      httpLine,
      h(
        'div',
        { class: 'pair' },
        field(t('faultTimes'), times.input, times.problem),
        field(t('faultDelay'), delay.input, delay.problem),
      ),
      h('button', { type: 'submit', class: 'button primary' }, t('faultSubmit')),
    ),
    h('div', { class: 'fault-active' }, h('h3', {}, t('faultsActive')), clear),
    none,
    list,
  )

  function fit() {
    errcodeLine.hidden = kind.value !== 'Errcode'
    httpLine.hidden = kind.value !== 'Http'
    if (kind.value === 'Slow' && delay.input.value === '0') delay.input.value = '5000'
  }

  /** @param {Event} event */
  function submit(event) {
    event.preventDefault()
    const needed = [times, delay, ...(kind.value === 'Http' ? [httpStatus] : [])]
    const wrong = needed.filter((candidate) => !candidate.check())
    if (wrong[0]) return wrong[0].input.focus()
    const delayMs = Number(delay.input.value)
    void attempt(() =>
      call('POST', '/faults', {
        path: path.value,
        times: Number(times.input.value),
        ...(delayMs > 0 || kind.value === 'Slow' ? { delayMs } : {}),
        ...(kind.value === 'Errcode' ? { errcode: Number(errcode.value) } : {}),
        ...(kind.value === 'Http' ? { httpStatus: Number(httpStatus.input.value) } : {}),
        ...(kind.value === 'Drop' ? { drop: true } : {}),
      }),
    )
  }

  /** @param {readonly Fault[]} active */
  function update(active) {
    list.replaceChildren(...active.map(faultItem))
    none.hidden = active.length > 0
    clear.hidden = active.length === 0
  }

  fit()
  update(faults)
  return { element, update }
}

/** @param {Fault} fault */
function faultItem(fault) {
  const what =
    fault.drop === true
      ? t('faultKindDrop')
      : fault.body !== undefined
        ? t('rawAnswer')
        : fault.errcode !== undefined
          ? `${fault.errcode} ${fault.errmsg ?? errcodeMeaning(fault.errcode)}`
          : fault.httpStatus !== undefined
            ? `HTTP ${fault.httpStatus}`
            : t('faultKindSlow')
  const late = fault.delayMs ? ` · ${t('faultDelayed', { n: fault.delayMs })}` : ''
  return h(
    'li',
    {},
    h('code', {}, fault.path),
    h('span', {}, `${what}${late}`),
    h('span', { class: 'fault-left' }, t('faultLeft', { left: fault.left, times: fault.times })),
  )
}

/** @param {string} label @param {HTMLElement} control @param {HTMLElement | null} [problem] */
function field(label, control, problem = null) {
  const id = newId('field')
  control.id = id
  return h('div', { class: 'field' }, h('label', { for: id }, label), control, problem)
}

/** @param {number} value @param {number} min @param {number} max */
function numberField(value, min, max) {
  const problem = h('p', { class: 'problem', id: newId('problem'), 'aria-live': 'polite' })
  const input = h('input', {
    type: 'number',
    inputmode: 'numeric',
    min,
    max,
    step: 1,
    value,
    'aria-describedby': problem.id,
  })
  return {
    input,
    problem,
    check: () => {
      const given = Number(input.value)
      const valid = input.value !== '' && Number.isInteger(given) && given >= min && given <= max
      problem.textContent = valid ? '' : t('wholeNumber', { min, max })
      input.setAttribute('aria-invalid', String(!valid))
      return valid
    },
  }
}
