import { shallowRef } from 'vue'
import { currentPhone } from './phone'
import { sandboxApi, type SandboxPrompt } from './sandbox-api'

/** The question that this phone shows now. */
export const openPrompt = shallowRef<SandboxPrompt | undefined>()

/**
 * Opens the subscription question on this browser's phone and waits until it is answered, here or on the sandbox's own
 * page. @returns what the success callback of `wx.requestSubscribeMessage` gets
 */
export async function askOnSandboxPhone(templateIds: readonly string[]): Promise<Record<string, string>> {
  const { openid } = await currentPhone()
  let prompt = await sandboxApi.openPrompt(openid, templateIds)
  try {
    while (prompt.status === 'open') {
      openPrompt.value = prompt
      prompt = await sandboxApi.waitForPrompt(prompt.id)
    }
  } finally {
    openPrompt.value = undefined
  }
  return prompt.result ?? {}
}

/** Answers the open question for all its templates; the waiting call above then ends by itself. */
export async function answerOpenPrompt(answer: 'accept' | 'reject', always: boolean): Promise<void> {
  const prompt = openPrompt.value
  if (!prompt) return
  const answers = Object.fromEntries(prompt.templates.map(({ templateId }) => [templateId, answer]))
  await sandboxApi.answerPrompt(prompt.id, answers, always)
  openPrompt.value = undefined
}
