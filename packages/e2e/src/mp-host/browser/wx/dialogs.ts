import { succeed, type Callbacks } from '../callbacks'

interface ModalOptions extends Callbacks<{ confirm: boolean; cancel: boolean; content?: string }> {
  title?: string
  content?: string
  showCancel?: boolean
  cancelText?: string
  confirmText?: string
  editable?: boolean
  placeholderText?: string
}

/** Toasts, questions and sheets that WeChat draws over a page. */
export function dialogApi(mount: HTMLElement) {
  let toast: HTMLElement | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  const hide = () => {
    clearTimeout(timer)
    toast?.remove()
    toast = undefined
  }
  const show = (text: string, milliseconds?: number) => {
    hide()
    toast = element('div', 'mp-toast', text)
    toast.setAttribute('role', 'status')
    mount.appendChild(toast)
    if (milliseconds !== undefined) timer = setTimeout(hide, milliseconds)
  }

  return {
    showToast(options: Callbacks & { title: string; duration?: number }) {
      show(options.title, options.duration ?? 1500)
      succeed(options, 'showToast')
    },
    hideToast: hide,
    showLoading(options: Callbacks & { title?: string }) {
      show(options.title ?? '…')
      succeed(options, 'showLoading')
    },
    hideLoading: hide,
    showModal(options: ModalOptions) {
      const modal = element('div', 'mp-modal')
      modal.setAttribute('role', 'dialog')
      modal.setAttribute('aria-modal', 'true')
      const field = document.createElement('textarea')
      field.placeholder = options.placeholderText ?? ''
      const close = (confirm: boolean) => {
        modal.remove()
        const content = options.editable ? { content: field.value } : {}
        succeed(options, 'showModal', { confirm, cancel: !confirm, ...content })
      }
      modal.append(element('b', '', options.title ?? ''))
      if (options.editable) {
        field.value = options.content ?? ''
        modal.append(field)
      } else modal.append(element('p', '', options.content ?? ''))
      if (options.showCancel !== false) modal.append(button(options.cancelText ?? '取消', () => close(false)))
      modal.append(button(options.confirmText ?? '确定', () => close(true)))
      mount.appendChild(modal)
    },
    showActionSheet(options: Callbacks<{ tapIndex: number }> & { itemList: string[] }) {
      const sheet = element('div', 'mp-sheet')
      sheet.setAttribute('role', 'dialog')
      options.itemList.forEach((text, tapIndex) =>
        sheet.append(
          button(text, () => {
            sheet.remove()
            succeed(options, 'showActionSheet', { tapIndex })
          }),
        ),
      )
      sheet.append(button('取消', () => sheet.remove()))
      mount.appendChild(sheet)
    },
  }
}

function element(tag: string, className: string, text = '') {
  const made = document.createElement(tag)
  made.className = className
  made.textContent = text
  return made
}

function button(text: string, press: () => void) {
  const made = element('button', '', text)
  made.addEventListener('click', press)
  return made
}
