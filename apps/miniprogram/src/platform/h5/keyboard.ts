/**
 * uni-app draws H5 with elements of its own that neither the keyboard nor a screen reader takes for what they are.
 * This gives every one of them the role, label and focus that the mini program's markup already names.
 */
export function makeKeyboardUsable() {
  // #ifdef H5
  if (typeof MutationObserver === 'undefined') return
  let planned = false
  const plan = () => {
    if (planned) return
    planned = true
    requestAnimationFrame(() => {
      planned = false
      describe(document.body)
    })
  }
  new MutationObserver(plan).observe(document.body, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['aria-role', 'aria-label'],
  })
  document.addEventListener('keydown', pressOnKey)
  plan()
  // #endif
}

/** What can be pressed: buttons, pickers, tabs, and whatever the markup calls a button. */
const pressable = 'uni-button, uni-picker, .uni-tabbar__item, .uni-page-head-btn, [aria-role="button"]'

export function describe(root: ParentNode) {
  for (const element of root.querySelectorAll('[aria-role]'))
    set(element, 'role', element.getAttribute('aria-role') ?? '')
  for (const element of root.querySelectorAll(pressable)) {
    if (!element.hasAttribute('role')) element.setAttribute('role', 'button')
    set(element, 'tabindex', '0')
  }
  // A label on the outer element is lost on screen readers: the field itself is inside.
  for (const outer of root.querySelectorAll('uni-input[aria-label], uni-textarea[aria-label]')) {
    const field = outer.querySelector('input, textarea')
    if (field) set(field, 'aria-label', outer.getAttribute('aria-label') ?? '')
  }
}

function set(element: Element, name: string, value: string) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value)
}

export function pressOnKey(event: KeyboardEvent) {
  const { target, key } = event
  if (key === 'Escape') return document.querySelector<HTMLElement>('.b-close')?.click()
  if ((key !== 'Enter' && key !== ' ') || !(target instanceof HTMLElement) || !target.matches(pressable)) return
  event.preventDefault()
  target.click()
}
