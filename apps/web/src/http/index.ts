import axios from 'axios'
import { createHttpClient } from './http-client'
import { createTokenStore } from './token-store'

export { ApiError, type ApiErrorCode } from './api-error'

const sessionEnded = new Set<() => void>()

/** Where the tokens are kept. */
export const tokens = createTokenStore(window.localStorage)

/** The console's one way to the server. */
export const { call } = createHttpClient({
  transport: axios.create({ timeout: 20_000 }),
  tokens,
  locks: navigator.locks as Navigator['locks'] | undefined,
  onSessionEnded: () => sessionEnded.forEach((listener) => listener()),
})

/** Runs the listener each time the session turns out to be over. */
export function onSessionEnded(listener: () => void): void {
  sessionEnded.add(listener)
}
