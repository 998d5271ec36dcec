import type { ClientConfig } from '@huiyue/contracts'
import { shallowRef } from 'vue'
import { http } from '@/http/http-client'

/** What the server says of itself; undefined until it has been reached once. */
export const clientConfig = shallowRef<ClientConfig | undefined>()

let loading: Promise<ClientConfig> | undefined

/** Asks once per launch; after a failure the next call asks again. @throws ApiError */
export function loadClientConfig(): Promise<ClientConfig> {
  loading ??= http.call('getClientConfig').then(
    async (config) => {
      if (__WECHAT_SANDBOX__ && config.demo?.sandboxUrl) {
        const { connectSandbox } = await import('@/platform/wechat/sandbox/connect')
        connectSandbox(config.demo.sandboxUrl)
      }
      clientConfig.value = config
      return config
    },
    (error: unknown) => {
      loading = undefined
      throw error
    },
  )
  return loading
}

/** The zone that all times are shown in; screens are drawn only after the config is there. */
export function orgTimeZone(): string {
  return clientConfig.value?.timeZone ?? 'Asia/Shanghai'
}

/** Bookings start and end on multiples of this, in minutes. */
export function slotMinutes(): number {
  return clientConfig.value?.slotMinutes ?? 15
}
