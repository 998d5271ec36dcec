import { language, t } from './i18n.js'

// WeChat's day is Beijing's, wherever the browser is.
const timeZone = 'Asia/Shanghai'

/** @param {Intl.DateTimeFormatOptions} options @returns {(at: number | string) => string} */
function formatter(options) {
  return (at) =>
    new Intl.DateTimeFormat(language() === 'zh' ? 'zh-CN' : 'en-GB', {
      timeZone,
      hourCycle: 'h23',
      ...options,
    }).format(new Date(at))
}

export const hourMinute = formatter({ hour: '2-digit', minute: '2-digit' })
export const timeOfDay = formatter({ hour: '2-digit', minute: '2-digit', second: '2-digit' })
export const dayAndTime = formatter({ month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit' })
export const wholeDate = formatter({ year: 'numeric', month: 'long', day: 'numeric', weekday: 'short' })

/** `1 天 2 小时` @param {number} seconds */
export function duration(seconds) {
  const parts = [
    { key: /** @type {const} */ ('days'), n: Math.floor(seconds / 86_400) },
    { key: /** @type {const} */ ('hours'), n: Math.floor(seconds / 3600) % 24 },
    { key: /** @type {const} */ ('minutes'), n: Math.floor(seconds / 60) % 60 },
    { key: /** @type {const} */ ('seconds'), n: Math.floor(seconds) % 60 },
  ]
  return parts
    .filter(({ n }) => n > 0)
    .map(({ key, n }) => t(key, { n }))
    .join(' ')
}
