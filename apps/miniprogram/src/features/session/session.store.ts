import type { CurrentUser, LoginResult, WechatBinding } from '@huiyue/contracts'
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { loadClientConfig } from '@/features/reference/client-config'
import { http } from '@/http/http-client'
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
  let starting: Promise<void> | undefined

  function enter(result: Pick<LoginResult, 'user' | 'wechat'>) {
    user.value = result.user
    wechat.value = result.wechat
    status.value = 'signedIn'
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
    if (http.tokens.load()) enter(await http.call('getMe'))
    else if (!(await loginWithWechat())) status.value = 'signedOut'
  }

  /** A WeChat user who is bound already needs no password. Whoever logged out on purpose is not let in again unasked. */
  async function loginWithWechat(): Promise<boolean> {
    if (uni.getStorageSync(loggedOutKey)) return false
    const code = await getLoginCode()
    if (!code) return false
    try {
      signedIn(await http.call('loginWechat', { body: { code, clientId } }))
      return true
    } catch {
      // Not bound, WeChat away, network gone: the form is the way in, and says what is wrong when it is used.
      return false
    }
  }

  return {
    status,
    user,
    wechat,

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
    lost: forget,

    /** Another WeChat is in hand now: start as a fresh launch on that phone would. */
    async restart(): Promise<void> {
      forget()
      uni.removeStorageSync(loggedOutKey)
      status.value = 'starting'
      starting = undefined
    },

    /** Asks WeChat for a new code and binds it. @throws ApiError */
    async bindWechat(): Promise<WechatBinding> {
      const code = await getLoginCode()
      const binding = code
        ? await http.call('bindWechat', { body: { code } })
        : { ...wechat.value, reason: 'wechat_unavailable' as const }
      wechat.value = binding
      return binding
    },

    /** What the server knows now, for screens that show the binding. @throws ApiError */
    async reload(): Promise<void> {
      enter(await http.call('getMe'))
    },
  }
})
