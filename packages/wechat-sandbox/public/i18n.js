import { en } from './messages.en.js'
import { zh } from './messages.zh.js'

/** @typedef {'zh' | 'en'} Language */
/** @typedef {Exclude<keyof typeof zh, 'errcodes'>} MessageKey */

const maps = { zh, en }
const stored = 'wechat-sandbox.language'

/** @type {Language} */
let current = readLanguage()

/** @returns {Language} */
function readLanguage() {
  const wanted = new URLSearchParams(location.search).get('lang') ?? localStorage.getItem(stored)
  return wanted === 'en' ? 'en' : 'zh'
}

export function language() {
  return current
}

/** @param {Language} next */
export function setLanguage(next) {
  current = next
  localStorage.setItem(stored, next)
}

/** @param {MessageKey} key @param {Record<string, string | number>} [values] for the `{names}` in the text */
export function t(key, values = {}) {
  return maps[current][key].replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole))
}

/** What an errcode means, in words; '' when there are none. @param {number} errcode */
export function errcodeMeaning(errcode) {
  /** @type {Record<string, string>} */
  const meanings = maps[current].errcodes
  return meanings[String(errcode)] ?? ''
}
