const warning = 40

/** @param {unknown} value */
const text = (value) => (typeof value === 'string' ? value : undefined)

/**
 * Makes a service's output readable: JSON log lines below a warning disappear, the others become one short line, and
 * what is no JSON stays as it is when it was said as an error.
 * @param {string} service the name to put in front
 * @param {string} line
 * @param {boolean} fromStderr
 * @returns {string | undefined} undefined when the line is for the log file only
 */
export function readable(service, line, fromStderr) {
  if (!line.trim()) return undefined
  const entry = parse(line)
  if (!entry) return fromStderr ? `[${service}] ${line}` : undefined
  if (entry.level < warning) return undefined
  const detail = [text(entry.err?.message), text(entry.reason), text(entry.code)].filter(Boolean).join(' · ')
  const mark = entry.level > warning ? '✗' : '!'
  return `[${service}] ${mark} ${text(entry.msg) ?? ''}${detail ? ` (${detail})` : ''}`
}

/**
 * @param {string} line
 * @returns {{level: number, msg?: unknown, reason?: unknown, code?: unknown, err?: {message?: unknown}} | undefined}
 */
function parse(line) {
  if (!line.startsWith('{')) return undefined
  try {
    const value = JSON.parse(line)
    return typeof value.level === 'number' ? value : undefined
  } catch {
    return undefined
  }
}
