import { beforeEach, describe, expect, it, vi } from 'vitest'
import { describe as describeElements, pressOnKey } from './keyboard'

beforeEach(() => {
  document.body.innerHTML = ''
})

const query = (selector: string) => document.querySelector<HTMLElement>(selector)

describe('uni-app’s elements in H5', () => {
  it('can be reached and named', () => {
    document.body.innerHTML = `
      <uni-button id="b">预约</uni-button>
      <uni-view id="v" aria-role="button">09:00</uni-view>
      <uni-view id="d" aria-role="dialog"></uni-view>
      <uni-input aria-label="用户名"><div><input id="i"></div></uni-input>`
    describeElements(document)
    expect(query('#b')?.getAttribute('role')).toBe('button')
    expect(query('#b')?.tabIndex).toBe(0)
    expect(query('#v')?.tabIndex).toBe(0)
    expect(query('#v')?.getAttribute('role')).toBe('button')
    expect(query('#d')?.getAttribute('role')).toBe('dialog')
    expect(query('#d')?.hasAttribute('tabindex')).toBe(false)
    expect(query('#i')?.getAttribute('aria-label')).toBe('用户名')
  })

  it('are pressed by Enter and Space, and typing stays typing', () => {
    document.body.innerHTML = '<uni-button id="b"></uni-button><input id="i">'
    const pressed = vi.fn()
    query('#b')?.addEventListener('click', pressed)
    document.addEventListener('keydown', pressOnKey)
    for (const key of ['Enter', ' ', 'a'])
      query('#b')?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    expect(pressed).toHaveBeenCalledTimes(2)
    const typing = new KeyboardEvent('keydown', { key: ' ', bubbles: true, cancelable: true })
    query('#i')?.dispatchEvent(typing)
    expect(typing.defaultPrevented).toBe(false)
  })

  it('close a question with Escape', () => {
    document.body.innerHTML = '<uni-view class="veil b-close" id="v"></uni-view><input id="i">'
    const closed = vi.fn()
    query('#v')?.addEventListener('click', closed)
    query('#i')?.addEventListener('keydown', (event) => pressOnKey(event))
    query('#i')?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', cancelable: true }))
    expect(closed).toHaveBeenCalledTimes(1)
  })
})
