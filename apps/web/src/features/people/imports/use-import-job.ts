import type { ImportJob } from '@huiyue/contracts'
import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { useSession } from '@/features/session/session.store'
import { call } from '@/http'
import { toApiError, type ApiError } from '@/http/api-error'
import { newPasswordKey, passwordKeyStore } from './password-key'

const everyMs = 1_000
/** Whoever gets one of these did not begin to apply it; every other error leaves that open. */
const refusals: readonly string[] = ['IMPORT_NOT_APPLICABLE', 'FORBIDDEN', 'NOT_FOUND']

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

  const undelivered = computed(() => passwordKey.value !== null && !downloaded.value && job.value?.state !== 'checked')

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

  /** The key is kept before it is sent: an answer that is lost loses no passwords, and may be asked for once more. */
  async function apply(): Promise<void> {
    if (applying.value) return
    applying.value = true
    applyError.value = null
    const key = passwordKey.value ?? newPasswordKey()
    keep(key)
    try {
      const answer = await call('applyImport', { params: { id }, body: { passwordKey: key } })
      job.value = answer.job
      keep(answer.passwordKey)
    } catch (thrown) {
      applyError.value = toApiError(thrown)
      if (refusals.includes(applyError.value.code)) keep(null)
    } finally {
      applying.value = false
    }
    await load()
    // It had arrived after all.
    if (passwordKey.value !== null && job.value && job.value.state !== 'checked') applyError.value = null
  }

  function keep(key: string | null): void {
    passwordKey.value = key
    if (key === null) keys.forget()
    else keys.write(key)
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
