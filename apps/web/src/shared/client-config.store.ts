import type { ClientConfig } from '@huiyue/contracts'
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { call } from '@/http'
import { toApiError, type ApiError } from '@/http/api-error'

/** What the server says before anybody has logged in: the organisation, its zone, the grid of times, the demo. */
export const useClientConfig = defineStore('client-config', () => {
  const config = shallowRef<ClientConfig | null>(null)
  const error = shallowRef<ApiError | null>(null)
  let loading: Promise<void> | null = null

  /** Asks once; after a failure, asks again. */
  function load(): Promise<void> {
    if (config.value) return Promise.resolve()
    loading ??= call('getClientConfig')
      .then((answer) => {
        config.value = answer
        error.value = null
      })
      .catch((thrown: unknown) => {
        error.value = toApiError(thrown)
      })
      .finally(() => {
        loading = null
      })
    return loading
  }

  return { config, error, load }
})
