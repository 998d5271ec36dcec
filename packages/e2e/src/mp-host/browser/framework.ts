import * as glassEasel from 'glass-easel'

/** Makes glass-easel, WeChat's own component framework, behave as uni-app's runtime expects of WeChat. */
export function prepareFramework() {
  glassEasel.addGlobalErrorListener((error) => {
    reportError(error)
    return false
  })
  // Built-in components know only the properties that the host draws.
  glassEasel.addGlobalWarningListener((message) => !/is not a valid property/.test(String(message)) || false)
  // uni-app puts event handlers on the instance, not into `methods`.
  glassEasel.globalOptions.useMethodCallerListeners = true
  const wrap = glassEasel.Event.prototype.wrapShadowedEvent
  // WeChat's events are plain objects: uni-app asks whether they own `detail`.
  glassEasel.Event.prototype.wrapShadowedEvent = function (...args) {
    const { type, timeStamp, detail } = this
    return Object.assign(wrap.apply(this, args), { type, timeStamp, detail, touches: [], changedTouches: [] })
  }
}

/** Sends a component's event, such as `input` with `{value}`, as WeChat's renderer does. */
export function emit(target: glassEasel.Element, name: string, detail: object = {}, bubbles = false) {
  glassEasel.Event.triggerEvent(target, name, detail, { bubbles, composed: bubbles, capturePhase: true })
}

/** The DOM element behind a component. */
export function domOf(component: glassEasel.GeneralComponent): HTMLElement {
  const element: unknown = component.getBackendElement()
  if (!(element instanceof HTMLElement)) throw new Error('the host draws into the DOM only')
  return element
}

/** The glass-easel element that a DOM node belongs to, or the nearest one around it. */
export function elementAt(node: EventTarget | null): glassEasel.Element | undefined {
  for (let at = node instanceof Node ? node : null; at; at = at.parentNode) {
    const element: unknown = Reflect.get(at, '__wxElement')
    if (element instanceof glassEasel.Element) return element
  }
  return undefined
}
