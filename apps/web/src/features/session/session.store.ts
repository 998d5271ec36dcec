import type { CurrentUser, Me, Permission, WechatBinding } from '@huiyue/contracts'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { call, tokens } from '@/http'
import { toApiError, type ApiError } from '@/http/api-error'
import { chosenLocale, setLocale } from '@/messages'
import { forgetDrafts } from '@/shared/form-drafts'
import { dismissAll } from '@/shared/notices'

/** Who is signed in, and what they may do. */
export const useSession = defineStore('session', () => {
  const signedIn = ref(tokens.read() !== null)
  const user = shallowRef<CurrentUser | null>(null)
  const wechat = shallowRef<WechatBinding | null>(null)
  const error = shallowRef<ApiError | null>(null)
  /** Undefined while it is not known who is here. */
  const mustChangePassword = computed(() => user.value?.mustChangePassword)
  const permissions = computed(() => new Set<Permission>(user.value?.permissions))

  function become(who: CurrentUser, binding: WechatBinding): void {
    user.value = who
    wechat.value = binding
    error.value = null
    forgetDrafts(who.id)
    // Somebody who chose a language in this browser keeps it, whatever the account says.
    if (!chosenLocale()) setLocale(who.locale, false)
  }

  /** Rejects with `ApiError`. */
  async function login(username: string, password: string): Promise<void> {
    const answer = await call('login', { body: { username, password, clientId: 'web' } })
    tokens.write(answer)
    signedIn.value = true
    become(answer.user, answer.wechat)
  }

  /** Finds out who the kept session belongs to. */
  async function load(): Promise<void> {
    if (user.value) return
    error.value = null
    try {
      take(await call('getMe'))
    } catch (thrown) {
      error.value = toApiError(thrown)
    }
  }

  /** Shows what the server has just answered about the person. */
  function take(me: Me): void {
    become(me.user, me.wechat)
  }

  function takeWechat(binding: WechatBinding): void {
    wechat.value = binding
  }

  /** The server refused a call until the password is changed. */
  function requirePasswordChange(): void {
    if (user.value) user.value = { ...user.value, mustChangePassword: true }
  }

  function passwordChanged(): void {
    if (user.value) user.value = { ...user.value, mustChangePassword: false }
  }

  /** Tells the server, which ends the session there; a server out of reach keeps nobody signed in here. */
  async function logout(): Promise<void> {
    const told = call('logout').catch(() => undefined)
    await Promise.race([told, new Promise((resolve) => window.setTimeout(resolve, 3_000))])
    tokens.clear()
    forgetDrafts()
    forget()
  }

  /** The session is over, wherever that was found out; what was done in it is nothing to whoever comes next. */
  function forget(): void {
    dismissAll()
    signedIn.value = false
    user.value = null
    wechat.value = null
    error.value = null
  }

  function can(permission: Permission): boolean {
    return permissions.value.has(permission)
  }

  return {
    signedIn,
    user,
    wechat,
    error,
    mustChangePassword,
    login,
    load,
    take,
    takeWechat,
    requirePasswordChange,
    passwordChanged,
    logout,
    forget,
    can,
  }
})
