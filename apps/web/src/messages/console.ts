/** Adds the messages of all pages behind the login page; those import it where their frame begins. */
import { i18n } from '.'
import { console as en } from './en/console'
import { console as zhCn } from './zh-cn/console'

i18n.global.mergeLocaleMessage('zh-CN', zhCn)
i18n.global.mergeLocaleMessage('en', en)
