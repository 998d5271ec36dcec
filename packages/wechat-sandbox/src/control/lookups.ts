import { type Platform } from '../platform/platform'
import { type Prompt } from '../platform/prompts'
import { type Template } from '../platform/templates'
import { type WechatUser } from '../platform/users'
import { ControlError } from './errors'

/** @throws ControlError 404 */
export function userOf(platform: Platform, openid: string): { user: WechatUser; appId: string } {
  const found = platform.state.users.find(openid)
  if (!found) throw new ControlError(404, 'USER_NOT_FOUND', 'no user has this openid')
  return found
}

/** @throws ControlError 404 */
export function knownAppId(platform: Platform, appId = platform.defaultApp.appId): string {
  if (!platform.app(appId))
    throw new ControlError(404, 'APP_NOT_FOUND', 'the sandbox has no mini program of this appId')
  return appId
}

/** @throws ControlError 404 */
export function promptOf(platform: Platform, id: string): Prompt {
  const prompt = platform.state.prompts.find(id)
  if (!prompt) throw new ControlError(404, 'PROMPT_NOT_FOUND', 'there is no pop-up of this id')
  return prompt
}

/**
 * The templates a pop-up asks for, checked as the client does.
 * @throws ControlError 400 with the `errCode` and `errMsg` that `fail` gets
 */
export function requestedTemplates(platform: Platform, appId: string, templateIds: readonly string[]): Template[] {
  const { templates, options } = platform.state
  const ids = [...new Set(templateIds)]
  if (ids.length === 0) throw clientFailure(10001, "TmplIds can't be empty")
  if (ids.length > options.maxTemplateIds) throw clientFailure(20003, 'Templates count out of max bounds')
  const found = ids.map((id) => {
    const template = templates.find(appId, id)
    if (!template) throw clientFailure(20001, 'No template data return, verify the template id exist')
    return template
  })
  if (new Set(found.map(({ type }) => type)).size > 1) throw clientFailure(20002, 'Templates type must be same')
  return found
}

function clientFailure(errCode: number, text: string): ControlError {
  const errMsg = `requestSubscribeMessage:fail ${text}`
  return new ControlError(400, 'SUBSCRIBE_REQUEST_FAILED', errMsg, { errCode, errMsg })
}
