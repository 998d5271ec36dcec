import axios from 'axios'
import { createHttpClient } from './http-client'
import { createTokenStore } from './token-store'

export { ApiError, type ApiErrorCode } from './api-error'

type Listener = () => void
const sessionEnded = new Set<Listener>()
const passwordChangeRequired = new Set<Listener>()

/** Where the tokens are kept. */
export const tokens = createTokenStore(window.localStorage)

/** The console's one way to the server. */
export const { call } = createHttpClient({
  transport: axios.create({ timeout: 20_000 }),
  tokens,
  locks: navigator.locks as Navigator['locks'] | undefined,
  onSessionEnded: () => sessionEnded.forEach((listener) => listener()),
  onPasswordChangeRequired: () => passwordChangeRequired.forEach((listener) => listener()),
})

/** Runs the listener each time the session turns out to be over. */
export function onSessionEnded(listener: Listener): void {
  sessionEnded.add(listener)
}

/** Runs the listener each time the server refuses a call until the password is changed. */
export function onPasswordChangeRequired(listener: Listener): void {
  passwordChangeRequired.add(listener)
}
