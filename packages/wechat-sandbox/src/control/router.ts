import express, { type RequestHandler, type Router } from 'express'
import { optionsPatchSchema } from '../options'
import { type Platform } from '../platform/platform'
import { answerControlErrors, ControlError } from './errors'
import { eventStream } from './event-stream'
import { knownAppId, userOf } from './lookups'
import { promptRoutes } from './prompts'
import * as schemas from './schemas'
import { clockView, subscriptionView, templateView } from './views'

/** Everything under `/__sandbox`. */
export function controlRouter(platform: Platform, h5Url: string | null): Router {
  const router = express.Router()
  router.use(openToAnyOrigin)
  // Whatever the label: a page on another origin can post text/plain without a preflight.
  router.use(express.json({ type: () => true, limit: '2mb' }))

  router.get('/events', eventStream(platform, h5Url))
  router.use(promptRoutes(platform))

  router.get('/users', (req, res) => {
    const appId = knownAppId(platform, schemas.appQuery.parse(req.query).appId)
    const { users } = platform.state
    const items = users.list().map((user) => ({ openid: users.openid(user, appId), nickname: user.nickname }))
    res.json({ items, total: items.length })
  })
  router.post('/users', (req, res) => {
    const { nickname } = schemas.userInput.parse(req.body)
    const { users } = platform.state
    const user = users.add(nickname)
    const openid = users.openid(user, platform.defaultApp.appId)
    platform.events.emit({ type: 'phone', userId: user.id })
    res.json({ openid, nickname })
  })

  router.post('/login-codes', (req, res) => {
    const input = schemas.loginCodeInput.parse(req.body)
    const { user, appId } = userOf(platform, input.openid)
    const forApp = knownAppId(platform, input.appId ?? appId)
    res.json({ code: platform.state.codes.issue(forApp, user.id, platform.clock.now()) })
  })

  router.get('/subscriptions', (req, res) => {
    const { openid } = schemas.openidQuery.required().parse(req.query)
    const { appId } = userOf(platform, openid)
    const items = platform.state.templates.list(appId).map((template) => subscriptionView(platform, openid, template))
    res.json({ items, total: items.length })
  })
  router.post('/subscriptions', (req, res) => {
    const { openid, templateId, result, count } = schemas.subscriptionInput.parse(req.body)
    const { user, appId } = userOf(platform, openid)
    const { templates, ledger } = platform.state
    // A convenience: accepting a template the account does not have yet adds it, with no keywords declared.
    const template =
      templates.find(appId, templateId) ?? templates.put(appId, { templateId, title: templateId, type: 2, content: '' })
    if (result === 'accept') ledger.accept(openid, template, count)
    else ledger.refuse(openid, template, result)
    platform.events.emit({ type: 'phone', userId: user.id })
    res.json(subscriptionView(platform, openid, template))
  })

  router.get('/templates', (req, res) => {
    const appId = knownAppId(platform, schemas.appQuery.parse(req.query).appId)
    const items = platform.state.templates.list(appId).map(templateView)
    res.json({ items, total: items.length })
  })
  router.post('/templates', (req, res) => {
    const { appId, enums = {}, ...input } = schemas.templateInput.parse(req.body)
    const template = platform.state.templates.put(knownAppId(platform, appId), { ...input, enums })
    for (const { id } of platform.state.users.list()) platform.events.emit({ type: 'phone', userId: id })
    res.json(templateView(template))
  })

  router.get('/messages', (req, res) => {
    const { openid } = schemas.openidQuery.parse(req.query)
    if (openid !== undefined) userOf(platform, openid)
    const items = platform.state.messages.list(openid)
    res.json({ items, total: items.length })
  })

  router.get('/calls', (req, res) => {
    const items = platform.state.calls.list(schemas.callsQuery.parse(req.query).path)
    res.json({ items, total: items.length })
  })

  router.get('/faults', (_req, res) => {
    const items = platform.state.faults.list()
    res.json({ items, total: items.length })
  })
  router.post('/faults', (req, res) => {
    const fault = platform.state.faults.add(schemas.faultInput.parse(req.body))
    platform.events.emit({ type: 'faults' })
    res.json(fault)
  })
  router.delete('/faults', (_req, res) => {
    platform.state.faults.clear()
    platform.events.emit({ type: 'faults' })
    res.json({ items: [], total: 0 })
  })

  router.get('/options', (_req, res) => {
    res.json(platform.state.options)
  })
  router.patch('/options', (req, res) => {
    platform.state.options = { ...platform.state.options, ...optionsPatchSchema.parse(req.body) }
    res.json(platform.state.options)
  })

  router.get('/clock', (_req, res) => {
    res.json(clockView(platform))
  })
  router.post('/clock/advance', (req, res) => {
    platform.clock.advance(schemas.clockInput.parse(req.body).seconds)
    platform.events.emit({ type: 'clock' })
    res.json(clockView(platform))
  })

  router.post('/reset', (_req, res) => {
    platform.reset()
    res.json(clockView(platform))
  })

  router.use((req) => {
    throw new ControlError(404, 'NOT_FOUND', `the control API has no ${req.method} ${req.originalUrl.split('?')[0]}`)
  })
  router.use(answerControlErrors)
  return router
}

const openToAnyOrigin: RequestHandler = (req, res, next) => {
  res.set({
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Methods': 'GET, POST, PATCH, DELETE, OPTIONS',
    'Access-Control-Allow-Headers': 'Content-Type',
    'Access-Control-Allow-Private-Network': 'true',
    'Access-Control-Max-Age': '600',
    'Cache-Control': 'no-store',
  })
  if (req.method === 'OPTIONS') res.status(204).end()
  else next()
}
