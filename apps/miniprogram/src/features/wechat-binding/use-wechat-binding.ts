import { computed, ref, shallowRef } from 'vue'
import { useSession } from '@/features/session/session.store'
import { toApiError } from '@/http/api-error'
import { errorWords } from '@/lib/error-words'
import { t } from '@/lib/i18n'
import { hasWechat } from '@/platform/wechat/client-id'

/** Whether WeChat reaches this account, why not, and binding it. */
export function useWechatBinding() {
  const session = useSession()
  const busy = ref(false)
  const failure = shallowRef<string>()
  /** The login is old: the server wants the password for a new binding. */
  const passwordNeeded = ref(false)

  /** The account is bound, and nothing speaks against it. */
  const bound = computed(() => session.wechat.bound && !session.wechat.reason)
  const boundElsewhere = computed(() => session.wechat.reason === 'other_wechat')
  const why = computed(() => {
    if (!hasWechat && !session.wechat.bound) return t('wechat.openMiniProgram')
    return bound.value ? '' : t(`bindingReasons.${session.wechat.reason ?? 'never_bound'}`)
  })
  const errcode = computed(() => {
    const { errcode: code } = session.wechat
    return code === undefined ? '' : t('wechat.errcode', { code })
  })

  /** @returns whether this WeChat is the account's now */
  async function bind(): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    failure.value = undefined
    passwordNeeded.value = false
    try {
      await session.bindWechat()
      return bound.value
    } catch (thrown) {
      const error = toApiError(thrown)
      passwordNeeded.value = error.issues.some(({ path, code }) => path === 'password' && code === 'required')
      if (!passwordNeeded.value) failure.value = errorWords(error)
      return false
    } finally {
      busy.value = false
    }
  }

  return { busy, failure, passwordNeeded, bound, boundElsewhere, why, errcode, bind, canBind: hasWechat }
}
