import { type BuiltIn } from './text-field'

/** `<switch>`: a check box that a tap turns over. */
export const switchBuiltIn: BuiltIn = {
  properties: ['checked', 'disabled', 'color', 'ariaLabel'],
  make(element, _component, send) {
    const box = document.createElement('input')
    box.type = 'checkbox'
    box.setAttribute('role', 'switch')
    element.appendChild(box)
    box.addEventListener('change', () => send('change', { value: box.checked }))
  },
  draw(element, { checked, disabled, ariaLabel }) {
    const box = element.querySelector('input')
    if (!box) return
    box.checked = Boolean(checked)
    box.disabled = Boolean(disabled)
    if (ariaLabel) box.setAttribute('aria-label', String(ariaLabel))
  },
}

const properties = ['mode', 'range', 'rangeKey', 'value', 'start', 'end', 'disabled'] as const
type PickerState = Record<(typeof properties)[number], unknown>

/**
 * `<picker>` of one column, a date or a time. WeChat rolls a wheel up from below; here a sheet with the browser's own
 * control comes up, with the two buttons that WeChat has.
 */
export const pickerBuiltIn: BuiltIn = {
  properties,
  make(element, component, send) {
    element.addEventListener('click', () => {
      const state: PickerState = { ...noState, ...component.data }
      if (!state.disabled) openSheet(state, send)
    })
  },
}

const noState: PickerState = {
  mode: 'selector',
  range: [],
  rangeKey: undefined,
  value: 0,
  start: '',
  end: '',
  disabled: false,
}

function openSheet(state: PickerState, send: (event: string, detail: object) => void) {
  const sheet = document.createElement('div')
  sheet.className = 'mp-sheet'
  sheet.setAttribute('role', 'dialog')
  const control = state.mode === 'date' || state.mode === 'time' ? instantControl(state) : listControl(state)
  const cancel = button('取消')
  const confirm = button('确定')
  sheet.append(cancel, confirm, control)
  document.body.appendChild(sheet)
  cancel.addEventListener('click', () => {
    sheet.remove()
    send('cancel', {})
  })
  confirm.addEventListener('click', () => {
    sheet.remove()
    send('change', { value: control.value })
  })
}

function button(text: string) {
  const element = document.createElement('button')
  element.textContent = text
  return element
}

function instantControl({ mode, value, start, end }: PickerState): HTMLInputElement {
  const control = document.createElement('input')
  control.type = String(mode)
  control.value = String(value ?? '')
  control.min = String(start ?? '')
  control.max = String(end ?? '')
  return control
}

function listControl({ range, rangeKey, value }: PickerState): HTMLSelectElement {
  const control = document.createElement('select')
  const entries: unknown[] = Array.isArray(range) ? range : []
  entries.forEach((entry, index) => {
    const label: unknown =
      typeof entry === 'object' && entry !== null && typeof rangeKey === 'string' ? Reflect.get(entry, rangeKey) : entry
    control.add(new Option(String(label), String(index)))
  })
  control.value = String(value ?? 0)
  return control
}
