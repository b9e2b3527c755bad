import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { checked } from '../../kit/fastapi'
import { type Colony, caller, type RouteOptions } from '../context'
import { EVENTS } from '../deliveries'
import { notFound, refuse } from '../errors'
import type { UserRow, WebhookRow } from '../model'
import { path } from '../parameters'
import { time } from '../shapes'

const MOST = 10

const url = z.string().min(1).max(2_000)
const secret = z.string().min(16).max(64)
const events = z.array(z.enum(EVENTS)).min(1)
const creation = z.object({ url, secret, events })
const changes = z.object({
  url: url.optional(),
  secret: secret.optional(),
  events: events.optional(),
  is_active: z.boolean().optional(),
})

export const webhookRoutes: FastifyPluginAsync<RouteOptions> = async (app, { colony }) => {
  app.post('/webhooks', async (request, reply) => {
    const owner = caller(colony, request, 'webhook')
    const fields = checked(creation, request.body, 'body')
    return reply.code(201).send(shape(create(colony, owner, fields)))
  })
  app.get('/webhooks', async (request) => ownedBy(colony, caller(colony, request)).reverse().map(shape))
  app.get('/webhooks/events', async () => ({ events: EVENTS }))
  app.get('/webhooks/:id', async (request) => shape(owned(colony, caller(colony, request), request.params)))
  app.put('/webhooks/:id', async (request) => {
    const owner = caller(colony, request, 'webhook')
    const fields = checked(changes, request.body, 'body')
    return shape(change(colony, owned(colony, owner, request.params), fields))
  })
  app.delete('/webhooks/:id', async (request, reply) => {
    const owner = caller(colony, request, 'webhook')
    colony.store.data.webhooks.delete(owned(colony, owner, request.params).id)
    return reply.code(204).send()
  })
}

/** @throws 404 for one that does not exist or belongs to another account */
function owned({ store }: Colony, owner: UserRow, params: unknown): WebhookRow {
  const hook = store.data.webhooks.get(checked(path, params, 'path').id)
  if (hook?.ownerId !== owner.id) throw notFound('Webhook')
  return hook
}

/** Enabling it again resets its failures. */
function change(colony: Colony, hook: WebhookRow, fields: z.infer<typeof changes>): WebhookRow {
  if (fields.url !== undefined) hook.url = safe(colony, fields.url)
  if (fields.is_active && !hook.isActive) hook.failures = 0
  return Object.assign(hook, {
    secret: fields.secret ?? hook.secret,
    events: fields.events ?? hook.events,
    isActive: fields.is_active ?? hook.isActive,
  })
}

function ownedBy({ store }: Colony, owner: UserRow): WebhookRow[] {
  return [...store.data.webhooks.values()].filter(({ ownerId }) => ownerId === owner.id)
}

function create(colony: Colony, owner: UserRow, fields: z.infer<typeof creation>): WebhookRow {
  const { store } = colony
  if (ownedBy(colony, owner).length >= MOST) throw refuse(400, 'LIMIT_EXCEEDED', `You can have at most ${MOST} webhooks`)
  safe(colony, fields.url)
  const blank = { isActive: true, failures: 0, lastTriggeredAt: null, createdAt: store.now() }
  const hook: WebhookRow = { id: store.uuid(), ownerId: owner.id, ...fields, ...blank }
  store.data.webhooks.set(hook.id, hook)
  return hook
}

function safe({ webhooks }: Colony, address: string): string {
  if (!URL.canParse(address) || !webhooks.isSafe(address))
    throw refuse(400, 'INVALID_INPUT', 'The webhook URL must be a public http(s) address')
  return address
}

/** The response without the secret. */
function shape({ id, url: address, events: names, isActive, failures, lastTriggeredAt, createdAt }: WebhookRow) {
  return {
    id,
    url: address,
    events: names,
    is_active: isActive,
    failure_count: failures,
    last_triggered_at: lastTriggeredAt === null ? null : time(lastTriggeredAt),
    created_at: time(createdAt),
  }
}
