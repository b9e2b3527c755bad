import { isRecord } from './tree'
import type { Reply, Wire } from './wire'

const WRITES =
  /^(?:chat\.|reactions\.(?:add|remove)|conversations\.(?:open|close|join|leave|create|archive|invite|kick|setTopic|setPurpose)|users\.(?:profile\.set|setPresence)|files\.(?:delete|get|complete)|auth\.revoke|POST )/

/** Slack: one route for all methods of its Web API, errors with status 200; events over Socket Mode. */
export const wire: Wire = {
  operation: ({ method }, template) => {
    const name = /^\/([a-zA-Z]+(?:\.[a-zA-Z]+)+)$/.exec(template)?.[1]
    return name ?? `${method} /${template.split('/')[1]}`
  },
  writes: ({ operation }) => WRITES.test(operation),
  received: (message) => {
    const { type, payload } = message as { type?: unknown; payload?: { event?: { type?: unknown } } }
    return type === 'events_api' ? String(payload?.event?.type) : undefined
  },
  isFailure: ({ status, body }) => status >= 400 || (isRecord(body.tree) && body.tree.ok === false),
  fail: (reply) => answer(reply, 500, { ok: false, error: 'internal_error' }),
  accept: (reply) => answer(reply, 200, { ok: true }),
  refuseOtherwise: (reply) => {
    const { error } = reply.body.tree as { error?: unknown }
    answer(reply, 200, { ok: false, error: error === 'fatal_error' ? 'not_allowed' : 'fatal_error' })
  },
  promisedNames: ['payload', 'event', 'ok', 'error', 'needed'],
  headers: ['x-oauth-scopes'],
  unpromised: [
    { field: 'request body.limit', because: 'how many are asked for at a time is the suite’s own choice' },
    { field: 'request body.token', because: 'a second place for the credential' },
    ...['payload', 'payload.event'].map((field) => ({
      field: `event ${field}`,
      because: 'an envelope without content is none: Slack’s own client, which opens it, cannot go on',
    })),
    {
      on: 'event *',
      change: 'twice',
      because: 'Slack sends an event again where it believes the first was lost: whoever listens has to expect it',
    },
  ],
}

function answer(reply: Reply, status: number, tree: unknown): void {
  reply.status = status
  reply.body.tree = tree
}
