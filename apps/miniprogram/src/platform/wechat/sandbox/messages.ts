import type { Locale } from '@huiyue/contracts'

interface SandboxMessages {
  chip: string
  title: string
  explain: string
  add: string
  close: string
  unreachable: string
  promptTitle: string
  promptText: string
  always: string
  accept: string
  reject: string
}

/** Kept apart from the product's own texts, so that a production build holds none of them. */
export const sandboxMessages: Record<Locale, SandboxMessages> = {
  'zh-CN': {
    chip: '沙箱手机：',
    title: '换一部手机',
    explain: '每部手机是一个模拟的微信用户。换手机后会以那个微信重新进入。',
    add: '添加一部手机',
    close: '关闭',
    unreachable: '连不上微信沙箱，请确认它已启动。',
    promptTitle: '会约 申请',
    promptText: '发送以下消息',
    always: '总是保持以上选择，不再询问',
    accept: '允许',
    reject: '拒绝',
  },
  en: {
    chip: 'Phone: ',
    title: 'Change phones',
    explain: 'Each phone is a simulated WeChat user. After changing, you enter again with that WeChat.',
    add: 'Add a phone',
    close: 'Close',
    unreachable: 'The WeChat sandbox cannot be reached. Is it running?',
    promptTitle: 'HuiYue asks',
    promptText: 'to send you these messages',
    always: 'Always keep this choice, do not ask again',
    accept: 'Allow',
    reject: 'Reject',
  },
}
