import type { ClientId } from '@huiyue/contracts'

const build: { id: ClientId } = { id: 'h5' }
// #ifdef MP-WEIXIN
build.id = 'mp-weixin'
// #endif

/** Which client this build is, as the server's sessions know it. */
export const clientId = build.id

/** Whether this build can ask WeChat anything at all: not so in a production H5, which is a plain web page. */
export const hasWechat = clientId === 'mp-weixin' || __WECHAT_SANDBOX__
