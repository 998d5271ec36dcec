import express, { type Router } from 'express'
import { type Platform } from '../platform/platform'
import { ControlError } from './errors'
import { promptOf, requestedTemplates, userOf } from './lookups'
import * as schemas from './schemas'
import { promptView } from './views'

/** The subscription pop-up: asked for by H5, answered on the phone page or by a test. */
export function promptRoutes(platform: Platform): Router {
  const router = express.Router()

  router.post('/prompts', (req, res) => {
    const { openid, templateIds } = schemas.promptInput.parse(req.body)
    const { user, appId } = userOf(platform, openid)
    const templates = requestedTemplates(platform, appId, templateIds)
    const prompt = platform.state.prompts.open(user.id, openid, templates)
    platform.events.emit({ type: 'phone', userId: user.id })
    res.json(promptView(prompt))
  })

  router.get('/prompts/:id', (req, res) => {
    const { wait } = schemas.promptQuery.parse(req.query)
    const prompt = promptOf(platform, req.params.id)
    const { prompts } = platform.state
    if (prompt.result || wait === 0) {
      res.json(promptView(prompt))
      return
    }
    const settle = () => {
      clearTimeout(timer)
      stopWaiting()
      if (platform.state.prompts === prompts) res.json(promptView(prompt))
      else res.status(404).json({ error: { code: 'PROMPT_NOT_FOUND', message: 'the sandbox was reset' } })
    }
    const timer = setTimeout(settle, wait * 1000)
    const stopWaiting = prompts.whenAnswered(prompt, settle)
    res.on('close', () => {
      clearTimeout(timer)
      stopWaiting()
    })
  })

  router.post('/prompts/:id/answer', (req, res) => {
    const { answers, always } = schemas.promptAnswer.parse(req.body)
    const prompt = promptOf(platform, req.params.id)
    if (prompt.result) throw new ControlError(400, 'PROMPT_ANSWERED', 'this pop-up was answered before')
    const notAsked = Object.keys(answers).find((id) => !prompt.asked.some(({ templateId }) => templateId === id))
    if (notAsked !== undefined)
      throw new ControlError(400, 'TEMPLATE_NOT_ASKED', `the pop-up does not ask for the template ${notAsked}`)
    platform.state.prompts.answer(prompt, answers, always)
    platform.events.emit({ type: 'phone', userId: prompt.userId })
    res.json(promptView(prompt))
  })

  return router
}
