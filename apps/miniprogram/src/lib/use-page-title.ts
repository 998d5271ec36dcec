import { onShow } from '@dcloudio/uni-app'
import { watch } from 'vue'
import { locale, t, type MessageKey } from './i18n'

const tabs: readonly MessageKey[] = ['tabs.today', 'tabs.rooms', 'tabs.myBookings', 'tabs.me']

/** Keeps the navigation bar's title, and the tab bar's on its pages, in the language on screen. */
export function usePageTitle(key: () => MessageKey) {
  let shown = false
  const apply = () => {
    uni.setNavigationBarTitle({ title: t(key()), fail: () => {} })
    // WeChat refuses this on pages without a tab bar.
    if (tabs.includes(key())) tabs.forEach((tab, index) => uni.setTabBarItem({ index, text: t(tab), fail: () => {} }))
  }
  onShow(() => {
    shown = true
    apply()
  })
  watch([locale, key], () => {
    if (shown) apply()
  })
}
