import { createApp } from 'vue'
import SandboxPhone from './SandboxPhone.vue'

let mounted = false

/** Puts the phone's chip and its pop-up above whatever page is shown: an app of its own, since uni-app draws only pages. */
export function mountSandboxPhone() {
  if (mounted) return
  mounted = true
  const host = document.createElement('div')
  document.body.appendChild(host)
  createApp(SandboxPhone).mount(host)
}
