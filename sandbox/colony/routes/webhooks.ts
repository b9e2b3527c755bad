import { z } from 'zod'
import { EVENTS } from '../deliveries'
import { notFound, refuse } from '../errors'
import type { UserRow, WebhookRow } from '../model'
import { path } from '../parameters'
import { type Colony, routes } from '../route'
import { time } from '../shapes'

const MOST = 10

const url = z.string().min(1).max(2_000)
const secret = z.string().min(16).max(64)
const events = z.array(z.enum(EVENTS)).min(1)
const creation = z.object({ url, secret, events })
const changes = creation.partial().extend({ is_active: z.boolean().optional() })

export const webhookRoutes = routes(({ member, open }, colony) => {
  const limit = 'webhook'
  member('POST /webhooks', { limit, body: creation, status: 201 }, ({ user, body }) => shape(create(colony, user, body)))
  member('GET /webhooks', {}, ({ user }) => ownedBy(colony, user).reverse().map(shape))
  open('GET /webhooks/events', {}, () => ({ events: EVENTS }))
  member('GET /webhooks/:id', { path }, ({ user, path: { id } }) => shape(owned(colony, user, id)))
  member('PUT /webhooks/:id', { limit, path, body: changes }, ({ user, path: { id }, body }) =>
    shape(change(colony, owned(colony, user, id), body)),
  )
  member('DELETE /webhooks/:id', { limit, path }, ({ user, path: { id } }) => {
    colony.store.data.webhooks.delete(owned(colony, user, id).id)
  })
})

/** @throws 404 for one that does not exist or belongs to another account */
function owned({ store }: Colony, owner: UserRow, id: string): WebhookRow {
  const hook = store.data.webhooks.get(id)
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
    last_triggered_at: time(lastTriggeredAt),
    created_at: time(createdAt),
  }
}
