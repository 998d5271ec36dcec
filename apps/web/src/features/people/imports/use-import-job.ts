import type { ImportJob } from '@huiyue/contracts'
import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { useSession } from '@/features/session/session.store'
import { call } from '@/http'
import { toApiError, type ApiError } from '@/http/api-error'
import { passwordKeyStore } from './password-key'

const everyMs = 1_000

/** One import, from its dry run to the first passwords; while it is being applied, it is looked at every second. */
export function useImportJob(id: string) {
  const session = useSession()
  const job = shallowRef<ImportJob | null>(null)
  /** Why it could not be read, or read again. */
  const error = shallowRef<ApiError | null>(null)
  const applying = ref(false)
  const applyError = shallowRef<ApiError | null>(null)
  const keys = passwordKeyStore(session.user?.id ?? '', id)
  const passwordKey = ref(keys.read())
  const downloaded = ref(false)
  let timer: number | undefined
  let over = false

  const undelivered = computed(() => passwordKey.value !== null && !downloaded.value)

  async function load(): Promise<void> {
    window.clearTimeout(timer)
    try {
      job.value = await call('getImport', { params: { id } })
      error.value = null
    } catch (thrown) {
      error.value = toApiError(thrown)
    }
    const unsettled = job.value?.state === 'applying'
    if (unsettled && !over) timer = window.setTimeout(() => void load(), everyMs)
  }

  async function apply(): Promise<void> {
    if (applying.value) return
    applying.value = true
    applyError.value = null
    try {
      const answer = await call('applyImport', { params: { id } })
      job.value = answer.job
      if (answer.passwordKey !== null) {
        passwordKey.value = answer.passwordKey
        keys.write(answer.passwordKey)
      }
    } catch (thrown) {
      applyError.value = toApiError(thrown)
    } finally {
      applying.value = false
    }
    await load()
  }

  /** Rejects with `ApiError`; the key then stays for another attempt. */
  async function passwords(): Promise<string> {
    const text = await call('getImportPasswords', {
      params: { id },
      body: { passwordKey: passwordKey.value ?? '' },
    })
    keys.forget()
    downloaded.value = true
    return text
  }

  const warn = (event: BeforeUnloadEvent) => {
    if (undelivered.value) event.preventDefault()
  }
  window.addEventListener('beforeunload', warn)
  onScopeDispose(() => {
    over = true
    window.clearTimeout(timer)
    window.removeEventListener('beforeunload', warn)
  })
  void load()

  return { job, error, applying, applyError, passwordKey, downloaded, undelivered, load, apply, passwords }
}
