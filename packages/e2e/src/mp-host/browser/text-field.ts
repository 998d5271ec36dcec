import type * as glassEasel from 'glass-easel'

/** How the host draws one of WeChat's own components. */
export interface BuiltIn {
  /** The properties that `draw` looks at. */
  properties?: readonly string[]
  /** Called once, before the first `draw`; `send` fires an event of the component. */
  make?(
    element: HTMLElement,
    component: glassEasel.GeneralComponent,
    send: (event: string, detail: object) => void,
  ): void
  draw?(element: HTMLElement, properties: Record<string, unknown>): void
}

const inputModes: Record<string, string> = { number: 'numeric', digit: 'decimal', idcard: 'text' }

/** `<input>` and `<textarea>`: a real one of HTML inside, so that typing, pasting and focus are the browser's own. */
export function textField(tag: 'input' | 'textarea'): BuiltIn {
  return {
    properties: [
      'value',
      'placeholder',
      'type',
      'password',
      'disabled',
      'maxlength',
      'focus',
      'name',
      'ariaLabel',
      'id',
    ],
    make(element, _component, send) {
      const field = document.createElement(tag)
      element.appendChild(field)
      const detail = () => ({ value: field.value, cursor: field.selectionStart ?? field.value.length })
      field.addEventListener('input', () => send('input', detail()))
      field.addEventListener('focus', () => send('focus', { value: field.value, height: 0 }))
      field.addEventListener('blur', () => send('blur', detail()))
      field.addEventListener('keydown', (event) => {
        if (event instanceof KeyboardEvent && event.key === 'Enter' && tag === 'input') send('confirm', detail())
      })
    },
    draw(element, properties) {
      const field = element.querySelector(tag)
      if (!field) return
      const { value, placeholder, type, password, disabled, maxlength, focus, ariaLabel } = properties
      if (value !== undefined && value !== null && String(value) !== field.value) field.value = String(value)
      field.placeholder = String(placeholder ?? '')
      field.disabled = Boolean(disabled)
      // WeChat cuts off after 140 characters unless told otherwise; -1 means no limit.
      const limit = Number(maxlength ?? 140)
      if (limit >= 0) field.maxLength = limit
      else field.removeAttribute('maxlength')
      if (ariaLabel) field.setAttribute('aria-label', String(ariaLabel))
      if (field instanceof HTMLInputElement) {
        field.type = password ? 'password' : 'text'
        field.inputMode = inputModes[String(type)] ?? 'text'
      }
      if (focus) requestAnimationFrame(() => field.focus())
    },
  }
}
