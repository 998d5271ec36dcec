import * as glassEasel from 'glass-easel'
import { builtInTags } from '../built-in-tags'
import { domOf } from './framework'
import { textField, type BuiltIn } from './text-field'
import { pickerBuiltIn, switchBuiltIn } from './choices'

/** Accessibility attributes of WXML by the property name they arrive under. */
const ariaAttributes: Record<string, string> = {
  ariaLabel: 'aria-label',
  ariaRole: 'role',
  ariaHidden: 'aria-hidden',
  ariaLive: 'aria-live',
  ariaChecked: 'aria-checked',
  ariaSelected: 'aria-selected',
  ariaDisabled: 'aria-disabled',
  ariaExpanded: 'aria-expanded',
  ariaPressed: 'aria-pressed',
  ariaCurrent: 'aria-current',
  ariaInvalid: 'aria-invalid',
  ariaRequired: 'aria-required',
  ariaDescribedby: 'aria-describedby',
  ariaLabelledby: 'aria-labelledby',
}

const image: BuiltIn = {
  properties: ['src', 'mode'],
  draw(element, { src, mode }) {
    element.style.backgroundImage = src ? `url("${String(src)}")` : ''
    element.style.backgroundSize = mode === 'aspectFill' ? 'cover' : mode === 'aspectFit' ? 'contain' : '100% 100%'
  },
}

const button: BuiltIn = {
  properties: ['disabled', 'loading', 'type', 'size', 'formType', 'openType', 'plain'],
  make(element) {
    element.setAttribute('role', 'button')
    element.tabIndex = 0
  },
  draw(element, { disabled, loading, type, size }) {
    element.toggleAttribute('disabled', Boolean(disabled))
    element.setAttribute('aria-disabled', String(Boolean(disabled)))
    element.setAttribute('aria-busy', String(Boolean(loading)))
    element.setAttribute('type', String(type ?? 'default'))
    element.setAttribute('size', String(size ?? 'default'))
  },
}

/** `<scroll-view>` brings a place into view by id, and tells when its end is reached. */
const scrollView: BuiltIn = {
  properties: ['scrollX', 'scrollY', 'scrollTop', 'scrollLeft', 'scrollIntoView', 'lowerThreshold'],
  make(element, _component, send) {
    element.addEventListener('scroll', () => {
      const { scrollTop, scrollLeft, scrollHeight, scrollWidth, clientHeight } = element
      send('scroll', { scrollTop, scrollLeft, scrollHeight, scrollWidth })
      if (scrollTop + clientHeight >= scrollHeight - 50) send('scrolltolower', { direction: 'bottom' })
    })
  },
  draw(element, { scrollX, scrollY, scrollTop, scrollLeft, scrollIntoView }) {
    element.style.overflowX = scrollX ? 'auto' : 'hidden'
    element.style.overflowY = scrollY ? 'auto' : 'hidden'
    if (Number.isFinite(Number(scrollTop ?? NaN))) element.scrollTop = Number(scrollTop)
    if (Number.isFinite(Number(scrollLeft ?? NaN))) element.scrollLeft = Number(scrollLeft)
    if (scrollIntoView)
      requestAnimationFrame(() => element.querySelector(`#${CSS.escape(String(scrollIntoView))}`)?.scrollIntoView())
  },
}

const special: Partial<Record<(typeof builtInTags)[number], BuiltIn>> = {
  button,
  image,
  input: textField('input'),
  textarea: textField('textarea'),
  'scroll-view': scrollView,
  switch: switchBuiltIn,
  picker: pickerBuiltIn,
}

/** Registers every tag that WeChat itself provides; those without behaviour here only hold their content. */
export function registerBuiltIns(space: glassEasel.ComponentSpace, into: glassEasel.ComponentSpace) {
  for (const tag of builtInTags) {
    const definition = define(space, `wx-${tag}`, special[tag] ?? {})
    into.setGlobalUsingComponent(`wx-${tag}`, definition)
  }
}

function define(space: glassEasel.ComponentSpace, name: string, builtIn: BuiltIn) {
  const properties = builtIn.properties ?? []
  // A property without a type takes whatever comes.
  const any = { type: null, value: undefined }
  // A field gives its label to the real one inside, and only to that.
  const aria = Object.keys(ariaAttributes).filter((property) => !properties.includes(property))
  const all = [...properties, ...aria]
  return space
    .define(name)
    .definition({
      properties: Object.fromEntries(all.map((property) => [property, any])),
      lifetimes: {
        created() {
          const element = domOf(this)
          builtIn.make?.(element, this, (event, detail) => glassEasel.Event.triggerEvent(this, event, detail, {}))
          builtIn.draw?.(element, this.data)
        },
      },
      observers: [
        ...(builtIn.draw
          ? [
              {
                fields: properties.join(','),
                observer(this: glassEasel.GeneralComponent) {
                  builtIn.draw?.(domOf(this), this.data)
                },
              },
            ]
          : []),
        {
          fields: aria.join(','),
          observer(this: glassEasel.GeneralComponent) {
            drawAria(domOf(this), this.data, aria)
          },
        },
      ],
    })
    .registerComponent()
}

function drawAria(element: HTMLElement, data: Record<string, unknown>, properties: readonly string[]) {
  for (const property of properties) {
    const value = data[property]
    const attribute = ariaAttributes[property]
    if (attribute && value !== undefined && value !== null) element.setAttribute(attribute, String(value))
  }
}
