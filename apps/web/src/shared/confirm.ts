import { ElMessageBox } from 'element-plus/es/components/message-box/index'
import 'element-plus/es/components/message-box/style/css'
import { translate } from '@/messages'

/** Asks whether what was typed may be lost. The safe answer has the focus; so has closing the question. */
export async function confirmLeave(): Promise<boolean> {
  try {
    await ElMessageBox.confirm(translate('common.unsavedText'), translate('common.unsavedTitle'), {
      confirmButtonText: translate('common.keepEditing'),
      cancelButtonText: translate('common.discard'),
      distinguishCancelAndClose: true,
    })
    return false
  } catch (answer) {
    return answer === 'cancel'
  }
}

/** Asks before something that cannot be taken back. */
export async function confirmAction(title: string, text: string, yes: string): Promise<boolean> {
  try {
    await ElMessageBox.confirm(text, title, { confirmButtonText: yes, cancelButtonText: translate('common.cancel') })
    return true
  } catch {
    return false
  }
}
