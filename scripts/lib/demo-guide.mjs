import { usesSandbox } from './settings.mjs'

/**
 * What a newcomer reads once everything runs: addresses, accounts, and the main job in five steps.
 * @param {import('./settings.mjs').Settings} settings
 * @param {number} seconds how long the start took
 */
export function demoGuide(settings, seconds) {
  const origin = `http://localhost:${settings.port}`
  const sandbox = usesSandbox(settings)
  const phones = `http://localhost:${settings.sandboxPort}/`
  const addresses = [
    ['管理台 Console', `${origin}/`],
    ['手机页 H5', `${origin}/m/`],
    ...(sandbox ? [['微信沙箱手机 Sandbox phones', phones]] : []),
    ['接口文档 API reference', `${origin}/api/docs`],
  ]
  const walk = sandbox
    ? [
        `打开 ${origin}/m/，以 hanmeimei 登录：登录即绑定微信
     Open the H5 and log in as hanmeimei: that binds her WeChat`,
        `在首页点「订阅」，弹窗点「允许」
     On her first page tap 订阅 (subscribe) and answer 允许 (allow) in the pop-up`,
        `在另一个标签页打开 ${origin}/，以 lilei 登录管理台
     Open the console in another tab and log in as lilei`,
        `在时间轴上拖出一段时间，邀请 韩梅梅，点「预约」
     Drag across a room's hours, invite 韩梅梅 (Han Meimei), and book`,
        `看 ${phones}：她的手机收到「服务通知」卡片
     Look at the sandbox phones: the card is on her phone`,
      ]
    : [
        `已使用您自己的小程序 WECHAT_APP_ID=${process.env.WECHAT_APP_ID}：消息发往微信，沙箱未启动
     Your own mini program is set, so messages go to WeChat and the sandbox is off`,
      ]
  const width = Math.max(...addresses.map(([, url = '']) => url.length))
  return [
    '',
    `会约已就绪（${seconds.toFixed(1)} 秒） · HuiYue is ready`,
    '',
    ...addresses.map(([label = '', url = '']) => `  ${url.padEnd(width)}   ${label}`),
    '',
    `  演示账号 Demo accounts: admin 系统管理员 · manager 会议室管理员 · lilei 李雷 · hanmeimei 韩梅梅`,
    `  密码 Password: ${settings.demoPassword}`,
    '',
    ...walk.map((line, index) => `  ${index + 1}. ${line}`),
    '',
    '按 Ctrl-C 停止 · Press Ctrl-C to stop',
  ].join('\n')
}
