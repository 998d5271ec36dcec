/**
 * Makes an element. `class` sets the class, `on…` listens, `true` sets a bare attribute, `false`, null and undefined
 * leave it out.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, unknown>} [props]
 * @param {...(Node | string | null)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue
    if (typeof value === 'function')
      element.addEventListener(name.slice(2).toLowerCase(), /** @type {EventListener} */ (value))
    else element.setAttribute(name, value === true ? '' : String(value))
  }
  element.append(...children.filter((child) => child !== null))
  return element
}

/**
 * @param {string} name a symbol of icons.svg
 * @param {string} [label] for people who cannot see it; without one it is decoration
 */
export function icon(name, label) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('class', `icon icon-${name}`)
  if (label === undefined) svg.setAttribute('aria-hidden', 'true')
  else {
    svg.setAttribute('role', 'img')
    svg.setAttribute('aria-label', label)
  }
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use')
  use.setAttribute('href', `icons.svg#${name}`)
  svg.append(use)
  return svg
}

/** @param {string} src @param {string} className */
export function picture(src, className) {
  return h('img', { src, class: className, alt: '' })
}

/**
 * Makes `wanted` the children of `parent`. What stays is not moved, so it keeps the focus and does not run its
 * animation again.
 * @param {Element} parent
 * @param {readonly Element[]} wanted
 */
export function arrange(parent, wanted) {
  for (const child of [...parent.children]) if (!wanted.includes(child)) child.remove()
  wanted.forEach((child, index) => {
    const there = parent.children[index] ?? null
    if (there !== child) parent.insertBefore(child, there)
  })
}

let lastId = 0

/** An id no other element has, to join a label or a message to its field. @param {string} prefix */
export function newId(prefix) {
  lastId += 1
  return `${prefix}-${lastId}`
}
