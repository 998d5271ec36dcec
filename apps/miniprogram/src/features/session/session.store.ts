import type { ChangePasswordInput, CurrentUser, LoginResult, WechatBinding } from '@huiyue/contracts'
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { loadClientConfig } from '@/features/reference/client-config'
import { ApiError, toApiError } from '@/http/api-error'
import { http } from '@/http/http-client'
import type { StoredTokens } from '@/http/token-store'
import { suggestLocale } from '@/lib/i18n'
import { clientId } from '@/platform/wechat/client-id'
import { getLoginCode } from '@/platform/wechat/login-code'

const loggedOutKey = 'huiyue.loggedOut'

export type SessionStatus = 'starting' | 'signedOut' | 'signedIn'

/** Who is signed in on this device. */
export const useSession = defineStore('session', () => {
  const status = ref<SessionStatus>('starting')
  const user = shallowRef<CurrentUser>()
  const wechat = shallowRef<WechatBinding>({ bound: false })
  /** Why somebody who need not have logged in has to: the session has ended, or the account is disabled. */
  const refusal = shallowRef<ApiError>()
  let starting: Promise<void> | undefined

  function enter(result: Pick<LoginResult, 'user' | 'wechat'>) {
    user.value = result.user
    wechat.value = result.wechat
    status.value = 'signedIn'
    refusal.value = undefined
    suggestLocale(result.user.locale)
  }

  function signedIn(result: LoginResult) {
    http.tokens.save(result)
    uni.removeStorageSync(loggedOutKey)
    enter(result)
  }

  function forget() {
    http.tokens.clear()
    user.value = undefined
    wechat.value = { bound: false }
    status.value = 'signedOut'
  }

  async function open() {
    await loadClientConfig()
    if (http.tokens.load()) return enter(await http.call('getMe'))
    const result = await loginWithCode()
    if (result) signedIn(result)
    else status.value = 'signedOut'
  }

  /** A WeChat user who is bound already needs no password. Whoever logged out on purpose is not let in again unasked. */
  async function loginWithCode(): Promise<LoginResult | undefined> {
    if (uni.getStorageSync(loggedOutKey)) return undefined
    const code = await getLoginCode()
    if (!code) return undefined
    try {
      return await http.call('loginWechat', { body: { code, clientId } })
    } catch (thrown) {
      // Not bound, WeChat away, network gone: the form is the way in, and says what is wrong when it is used.
      const error = toApiError(thrown)
      if (error.code === 'ACCOUNT_DISABLED' || error.code === 'WECHAT_PASSWORD_NEEDED') refusal.value = error
      return undefined
    }
  }

  return {
    status,
    user,
    wechat,
    refusal,

    /** Settles once it is known whether somebody is signed in. Asked again after a failure. @throws ApiError */
    start(): Promise<void> {
      starting ??= open().catch((error: unknown) => {
        starting = undefined
        if (!http.tokens.load()) status.value = 'signedOut'
        throw error
      })
      return starting
    },

    /** @throws ApiError */
    async login(username: string, password: string): Promise<void> {
      const code = await getLoginCode()
      signedIn(await http.call('login', { body: { username, password, clientId, ...(code ? { code } : {}) } }))
    },

    /** Tells the server as well; without a network the tokens are forgotten here and run out there. */
    async logout(): Promise<void> {
      uni.setStorageSync(loggedOutKey, '1')
      try {
        await http.call('logout')
      } catch {
        // Nothing to do about it here.
      }
      forget()
    },

    /** The server has ended the session. */
    lost() {
      forget()
      refusal.value ??= new ApiError('TOKEN_INVALID')
    },

    /**
     * In the mini program the phone's WeChat opens a new session in place of the one that ended, unasked. Only for the
     * same person: on a borrowed phone it would go on in the name of the phone's owner.
     */
    async recover(): Promise<StoredTokens | undefined> {
      if (clientId !== 'mp-weixin') return undefined
      const result = await loginWithCode()
      if (!result) return undefined
      if (user.value && user.value.id !== result.user.id) {
        await http.discard(result)
        return undefined
      }
      enter(result)
      return result
    },

    /** Another WeChat is in hand now: start as a fresh launch on that phone would. */
    async restart(): Promise<void> {
      forget()
      uni.removeStorageSync(loggedOutKey)
      status.value = 'starting'
      starting = undefined
    },

    /**
     * Asks WeChat for a new code and binds it; with the password, in the place of the WeChat user bound before.
     * @throws ApiError
     */
    async bindWechat(password?: string): Promise<WechatBinding> {
      const code = await getLoginCode()
      const instead = password === undefined ? {} : { replace: true, password }
      wechat.value = code
        ? await http.call('bindWechat', { body: { code, ...instead } })
        : { ...wechat.value, reason: 'wechat_unavailable' }
      return wechat.value
    },

    /** @throws ApiError */
    async unbindWechat(password: string): Promise<void> {
      wechat.value = await http.call('unbindWechat', { body: { password } })
    },

    /** @throws ApiError */
    async changePassword(input: ChangePasswordInput): Promise<void> {
      await http.call('changePassword', { body: input })
      if (user.value) user.value = { ...user.value, mustChangePassword: false }
    },

    /** The server takes nothing else until the password is changed. */
    passwordChangeRequired() {
      if (user.value) user.value = { ...user.value, mustChangePassword: true }
    },

    /** What the server knows now, for screens that show the binding. @throws ApiError */
    async reload(): Promise<void> {
      enter(await http.call('getMe'))
    },
  }
})
