import { shallowRef } from 'vue'
import { sandboxApi, SandboxError, type SandboxUser } from './sandbox-api'

const key = 'huiyue.sandbox.phone'

/** The simulated WeChat user of this browser: it stands for the phone somebody holds. */
export const phone = shallowRef<SandboxUser | undefined>(stored())

function stored(): SandboxUser | undefined {
  const value: unknown = uni.getStorageSync(key)
  return typeof value === 'object' && value !== null && 'openid' in value && 'nickname' in value
    ? { openid: String(value.openid), nickname: String(value.nickname) }
    : undefined
}

/** Picks up another phone. */
export function holdPhone(user: SandboxUser) {
  phone.value = user
  uni.setStorageSync(key, user)
}

/** Makes a new WeChat user and picks up that phone. */
export async function addPhone(): Promise<SandboxUser> {
  const taken = new Set((await sandboxApi.users()).map(({ nickname }) => nickname))
  let number = 1
  while (taken.has(`H5 ${number}`)) number++
  const user = await sandboxApi.addUser(`H5 ${number}`)
  holdPhone(user)
  return user
}

let first: Promise<SandboxUser> | undefined

/** This browser's phone; the first time anybody asks, it gets one. */
export async function currentPhone(): Promise<SandboxUser> {
  if (phone.value) return phone.value
  first ??= addPhone().finally(() => {
    first = undefined
  })
  return first
}

/** What `wx.login` would give on this phone; undefined when the sandbox is not there. */
export async function sandboxLoginCode(): Promise<string | undefined> {
  try {
    const { openid } = await currentPhone()
    return await sandboxApi.loginCode(openid).catch(async (error: unknown) => {
      // The sandbox was set back to its start and knows this phone no longer.
      if (!(error instanceof SandboxError) || error.status < 400 || error.status >= 500) throw error
      return sandboxApi.loginCode((await addPhone()).openid)
    })
  } catch {
    return undefined
  }
}
