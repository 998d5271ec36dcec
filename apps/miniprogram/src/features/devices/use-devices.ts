import type { Session } from '@huiyue/contracts'
import { ref, shallowRef } from 'vue'
import { toApiError, type ApiError } from '@/http/api-error'
import { http } from '@/http/http-client'

/** Where somebody is logged in; the device in hand comes first, then the one used last. */
export function useDevices() {
  const devices = shallowRef<Session[]>([])
  const busy = ref(false)
  const failure = shallowRef<ApiError>()

  /** @throws ApiError */
  async function load(): Promise<void> {
    const { items } = await http.call('listMySessions')
    devices.value = items.sort(
      (a, b) => Number(b.current) - Number(a.current) || Date.parse(b.lastSeenAt) - Date.parse(a.lastSeenAt),
    )
  }

  async function acting<T>(act: () => Promise<T>): Promise<T | undefined> {
    if (busy.value) return undefined
    busy.value = true
    failure.value = undefined
    try {
      return await act()
    } catch (thrown) {
      failure.value = toApiError(thrown)
      return undefined
    } finally {
      busy.value = false
    }
  }

  return {
    devices,
    busy,
    failure,
    load,

    /** @returns whether the device is logged out now; one that is already gone is */
    end(id: string): Promise<boolean | undefined> {
      return acting(async () => {
        await http.call('endMySession', { params: { id } }).catch((error: unknown) => {
          if (toApiError(error).code !== 'NOT_FOUND') throw error
        })
        devices.value = devices.value.filter((device) => device.id !== id)
        return true
      })
    },

    /** @returns how many were logged out; undefined when it did not work */
    endOthers(): Promise<number | undefined> {
      return acting(async () => {
        const { ended } = await http.call('endMyOtherSessions')
        devices.value = devices.value.filter(({ current }) => current)
        return ended
      })
    },
  }
}
