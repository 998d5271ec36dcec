import { computed, ref, shallowRef } from 'vue'
import { useSession } from '@/features/session/session.store'
import { toApiError } from '@/http/api-error'
import { errorWords } from '@/lib/error-words'
import { t } from '@/lib/i18n'
import { hasWechat } from '@/platform/wechat/client-id'

/** Whether WeChat reaches this account, why not, and trying again. */
export function useWechatBinding() {
  const session = useSession()
  const busy = ref(false)
  const failure = shallowRef<string>()

  const why = computed(() => {
    if (!hasWechat && !session.wechat.bound) return t('wechat.openMiniProgram')
    const { reason, bound } = session.wechat
    return reason ? t(`bindingReasons.${reason}`) : bound ? '' : t('bindingReasons.never_bound')
  })
  const errcode = computed(() => {
    const { errcode: code } = session.wechat
    return code === undefined ? '' : t('wechat.errcode', { code })
  })

  /** @returns whether the account is bound now */
  async function bind(): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    failure.value = undefined
    try {
      return (await session.bindWechat()).bound
    } catch (error) {
      failure.value = errorWords(toApiError(error))
      return false
    } finally {
      busy.value = false
    }
  }

  return { busy, failure, why, errcode, bind, canBind: hasWechat }
}
