import { onHide, onShow } from '@dcloudio/uni-app'
import { watch } from 'vue'
import colors from '@/theme.json'
import { locale, t, type MessageKey } from './i18n'
import { theme } from './theme'

const tabs: readonly MessageKey[] = ['tabs.today', 'tabs.rooms', 'tabs.myBookings', 'tabs.me']

/** Keeps the navigation bar, and the tab bar on its pages, in the language and the colours of the screen. */
export function usePageBars(title: () => MessageKey) {
  let shown = false
  const fail = () => {}

  function speak() {
    uni.setNavigationBarTitle({ title: t(title()), fail })
    // WeChat refuses this on pages without a tab bar.
    if (tabs.includes(title())) tabs.forEach((tab, index) => uni.setTabBarItem({ index, text: t(tab), fail }))
  }

  function paint() {
    const { bg, nav, bar, border, ink, accent } = colors[theme.value]
    uni.setNavigationBarColor({
      frontColor: nav === 'white' ? '#ffffff' : '#000000',
      backgroundColor: bg,
      fail,
    })
    if (tabs.includes(title()))
      uni.setTabBarStyle({
        color: ink,
        selectedColor: accent,
        backgroundColor: bar,
        borderStyle: border === 'white' ? 'white' : 'black',
        fail,
      })
    // #ifdef MP-WEIXIN
    // What shows behind a page that is pulled down.
    if (typeof uni.setBackgroundColor === 'function')
      uni.setBackgroundColor({ backgroundColor: bg, backgroundColorTop: bg, backgroundColorBottom: bg, fail })
    // #endif
  }

  onShow(() => {
    shown = true
    speak()
    paint()
  })
  onHide(() => {
    shown = false
  })
  watch([locale, title], () => {
    if (shown) speak()
  })
  watch(theme, () => {
    if (shown) paint()
  })
}
