import { t } from './i18n.js'

/**
 * One call of the control API.
 * @param {'POST' | 'DELETE'} method
 * @param {string} path below `/__sandbox`
 * @param {unknown} [body]
 * @returns {Promise<unknown>} rejects with a sentence for the person at the page
 */
export async function call(method, path, body) {
  /** @type {Response} */
  let response
  try {
    response = await fetch(`__sandbox${path}`, {
      method,
      headers: { 'Content-Type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    })
  } catch {
    throw new Error(t('requestFailed', { reason: t('unreachable') }))
  }
  const answer = /** @type {{ error?: { message: string } }} */ (await response.json())
  if (!response.ok) throw new Error(t('requestFailed', { reason: answer.error?.message ?? String(response.status) }))
  return answer
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let hiding

/** Runs what a button does; a failure is said on the page, and nothing that was typed goes away. @param {() => Promise<unknown>} action */
export async function attempt(action) {
  const toast = document.getElementById('toast')
  try {
    await action()
    if (toast) toast.hidden = true
    return true
  } catch (error) {
    if (toast) {
      toast.textContent = error instanceof Error ? error.message : String(error)
      toast.hidden = false
      clearTimeout(hiding)
      hiding = setTimeout(() => (toast.hidden = true), 6000)
    }
    return false
  }
}

/** Says something to people who listen to the page. @param {string} text */
export function announce(text) {
  const announcer = document.getElementById('announcer')
  if (announcer) announcer.textContent = text
}
