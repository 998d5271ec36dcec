import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ApiClient, demoPassword } from '../../src/api-client'
import { picture } from '../../src/browser'
import { type MiniProgramPage } from '../../src/mini-program-page'
import { orgDay } from '../../src/org-day'
import { Scene } from '../../src/scene'

let scene: Scene
/** Looks after people, elsewhere. */
let admin: ApiClient
const day = orgDay(5)
const ownPassword = '自己想的一句长密码'

beforeAll(async () => {
  scene = await Scene.open()
  admin = await ApiClient.login(scene.stack.url, 'admin')
})
afterAll(() => scene?.close())

/** On a phone of their own, which the login binds. */
async function signedIn(username: string, name: string): Promise<MiniProgramPage> {
  const miniProgram = await scene.miniProgram(await scene.stack.sandbox.addPhone(name), { answer: 'accept' })
  await miniProgram.logIn(username)
  await miniProgram.top.getByText(`好，${name}`).waitFor()
  return miniProgram
}

describe('a password that staff have reset', () => {
  test('is changed at the login, which then leads to where the person was', async () => {
    const miniProgram = await signedIn('wangfang', '王芳')
    const { top, page } = miniProgram
    await miniProgram.openRoomDay('望岳', day.words)
    const oneTime = await admin.resetPassword('王芳')
    await top.getByRole('button', { name: orgDay(6).words }).click()
    await top.getByText('这台设备上的登录已被结束，请重新输入密码').waitFor()
    await miniProgram.logIn('wangfang', oneTime)

    await top.getByText('请先换一个自己的密码').waitFor()
    await picture(page, 'mini-program-password-due')
    await top.getByLabel('当前密码').fill(oneTime)
    await top.getByLabel('新密码').fill('12345678')
    await top.getByRole('button', { name: '修改密码' }).click()
    await top.getByText('这个密码太常见').waitFor()
    expect(await top.getByLabel('当前密码').inputValue()).toBe(oneTime)
    await top.getByLabel('新密码').fill(ownPassword)
    await top.getByRole('button', { name: '修改密码' }).click()
    await top.getByText('点一个空闲时段作为开始').waitFor()
    await top.getByText('望岳').waitFor()

    await expect(ApiClient.login(scene.stack.url, 'wangfang', { password: oneTime })).rejects.toThrow(
      'CREDENTIALS_INVALID',
    )
    const her = await ApiClient.login(scene.stack.url, 'wangfang', { password: ownPassword })
    expect(await her.me()).toMatchObject({ user: { mustChangePassword: false } })
  })

  test('lets nobody past the change, not even after a restart', async () => {
    const miniProgram = await scene.miniProgram(undefined)
    const { top } = miniProgram
    const oneTime = await admin.resetPassword('张伟')
    await miniProgram.logIn('zhangwei', oneTime)
    await top.getByText('请先换一个自己的密码').waitFor()
    await miniProgram.restart()
    await top.getByText('请先换一个自己的密码').waitFor()
  })
})

describe('登录设备', () => {
  test('shows this session and another, and ends the other', async () => {
    const elsewhere = await ApiClient.login(scene.stack.url, 'liuyang')
    const miniProgram = await signedIn('liuyang', '刘洋')
    const { top, page } = miniProgram
    await miniProgram.openAccount('登录设备')
    const devices = top.locator('.device')
    const here = devices.filter({ hasText: '这台设备' })
    await here.getByText('微信小程序').waitFor()
    expect(await devices.count()).toBe(2)
    expect(await here.getByRole('button').count()).toBe(0)
    await picture(page, 'mini-program-devices')
    await devices.getByRole('button', { name: /^退出 控制台/ }).click()
    await miniProgram.question.getByText('要重新登录才能继续使用').waitFor()
    await miniProgram.question.getByRole('button', { name: '退出', exact: true }).click()
    await top.getByText('没有在其他设备上登录').waitFor()
    await expect(elsewhere.me()).rejects.toThrow('401')
    expect(await devices.count()).toBe(1)
  })
})

describe('微信', () => {
  test('is unbound with the password and bound again', async () => {
    const miniProgram = await signedIn('chenjing', '陈静')
    const { top, page, question } = miniProgram
    await miniProgram.openAccount('微信')
    await top.getByRole('button', { name: '解绑微信' }).click()
    await question.getByLabel('密码', { exact: true }).fill('not-her-password')
    await question.getByRole('button', { name: '解绑微信' }).click()
    await question.getByText('密码不对').waitFor()
    await picture(page, 'mini-program-unbind')
    await question.getByLabel('密码', { exact: true }).fill(demoPassword)
    await question.getByRole('button', { name: '解绑微信' }).click()
    await top.getByText('微信还通知不到你').waitFor()
    const her = await ApiClient.login(scene.stack.url, 'chenjing')
    expect(await her.me()).toMatchObject({ wechat: { bound: false } })

    await top.getByRole('button', { name: '绑定微信' }).click()
    await top.getByText('已绑定微信').waitFor()
    expect(await her.me()).toMatchObject({ wechat: { bound: true } })
  })

  test('of a new phone takes the place of the old one, with the password', async () => {
    const { sandbox, url } = scene.stack
    const [oldPhone, newPhone] = [await sandbox.addPhone('旧手机'), await sandbox.addPhone('新手机')]
    await ApiClient.login(url, 'yangmin', { code: await sandbox.loginCode(oldPhone.openid) })
    const miniProgram = await scene.miniProgram(newPhone, { answer: 'accept' })
    const { top, page, question } = miniProgram
    await miniProgram.logIn('yangmin')
    await top.getByText('登录成功，但不是你账号绑定的微信').waitFor()
    await picture(page, 'mini-program-other-wechat')
    await top.getByRole('button', { name: '换绑到这个微信' }).click()
    await question.getByLabel('密码', { exact: true }).fill(demoPassword)
    await question.getByRole('button', { name: '换绑到这个微信' }).click()
    await top.getByText('已换绑到这个微信').waitFor()
    await picture(page, 'mini-program-rebound')
    await top.getByRole('button', { name: '订阅' }).click()
    await miniProgram.toast('已订阅，还能收到 1 条').waitFor()
    await top.getByRole('button', { name: '继续' }).click()
    await top.getByText(/好，杨敏/).waitFor()

    const [onNew, onOld] = [await scene.miniProgram(newPhone), await scene.miniProgram(oldPhone)]
    await onNew.top.getByText(/好，杨敏/).waitFor()
    await onOld.top.getByLabel('用户名').waitFor()
  })
})

describe('a session that is over while somebody fills in a form', () => {
  test('is opened anew by WeChat, and the booking goes through', async () => {
    const miniProgram = await signedIn('zhaolei', '赵磊')
    const { top } = miniProgram
    await miniProgram.startBooking('竹里', day.words, '10:00')
    await top.getByLabel('会议主题').fill('没有察觉')
    await admin.setStatus('赵磊', 'disabled')
    await admin.setStatus('赵磊', 'active')
    await top.getByRole('button', { name: '确认预约' }).click()
    await miniProgram.toast('预约成功').waitFor()
    await top.getByText('没有察觉').waitFor()
  })

  test('needs the password where staff have ended it, and leads back to the form as it was', async () => {
    const miniProgram = await signedIn('huangting', '黄婷')
    const { top, page } = miniProgram
    await miniProgram.startBooking('桃源', day.words, '15:00')
    await top.getByLabel('会议主题').fill('填到一半')
    await top.getByLabel('备注').fill('请带上样品')
    await top.getByLabel('搜索姓名或用户名').fill('李雷')
    await top.getByRole('button', { name: '添加 李雷' }).click()
    await top.getByRole('button', { name: '结束推后 15 分钟' }).click()
    await top.locator('.f-endsAt').getByText('16:15').waitFor()
    await admin.endSessionsOf('黄婷')
    await top.getByRole('button', { name: '确认预约' }).click()

    await top.getByText('这台设备上的登录已被结束，请重新输入密码').waitFor()
    await picture(page, 'mini-program-session-ended')
    await miniProgram.logIn('huangting')
    await miniProgram.toast('你之前填的内容还在').waitFor()
    expect(await top.getByLabel('会议主题').inputValue()).toBe('填到一半')
    expect(await top.getByLabel('备注').inputValue()).toBe('请带上样品')
    await top.locator('.f-endsAt').getByText('16:15').waitFor()
    await top.getByRole('button', { name: '移除 李雷' }).waitFor()
    await picture(page, 'mini-program-form-restored')
    await top.getByRole('button', { name: '确认预约' }).click()
    await miniProgram.toast('预约成功').waitFor()
  })
})

test('too many wrong passwords: the login says how long to wait', async () => {
  for (let attempt = 0; attempt < 10; attempt++)
    await expect(ApiClient.login(scene.stack.url, 'songjia', { password: 'not-her-password' })).rejects.toThrow('401')
  const miniProgram = await scene.miniProgram(undefined)
  const { top, page } = miniProgram
  await miniProgram.logIn('songjia')
  await top.getByRole('alert').getByText('尝试次数太多，请稍后再试').waitFor()
  await top.getByText(/^1\d 分 \d\d 秒后可以再试$/).waitFor()
  await picture(page, 'mini-program-too-many-attempts')
  expect(await top.getByLabel('用户名').inputValue()).toBe('songjia')
})

test('in all of this no foreign host was called and no error logged', () => {
  expect(scene.problems()).toEqual([])
  expect(scene.stack.logs.join('\n')).not.toContain(ownPassword)
})
