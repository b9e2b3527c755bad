import type { Wire } from './wire'

const REACTIONS = '/v10/channels/:channel/messages/:message/reactions'
/** Commands and events that only open a session. */
const OPENING = new Set(['READY', 'RESUMED', 'GUILD_CREATE'])

/** Discord: JSON over HTTP, events and presence over its gateway. */
export const wire: Wire = {
  routes: [`${REACTIONS}/:emoji`, `${REACTIONS}/:emoji/@me`, `${REACTIONS}/:emoji/:user`, '/attachments/:channel/:id/:filename'],
  operation: ({ method }, template) => `${method} ${template.replace(/^\/v\d+/, '')}`,
  received: (message) => {
    const { op, t } = message as { op?: unknown; t?: unknown }
    return op === 0 && typeof t === 'string' && !OPENING.has(t) ? t : undefined
  },
  sent: (message) => ((message as { op?: unknown }).op === 3 ? 'presence' : undefined),
  fail: (reply) => {
    reply.status = 500
    reply.body.tree = { message: '500: Internal Server Error', code: 0 }
  },
  refuseOtherwise: (reply) => {
    const isUnknown = reply.status === 404
    reply.status = isUnknown ? 403 : 404
    reply.body.tree = isUnknown ? { message: 'Missing Access', code: 50001 } : { message: 'Unknown Message', code: 10008 }
  },
  promisedNames: ['d', 't'],
  unpromised: [
    { field: 'request query.limit', because: 'how many are asked for at a time is the suite’s own choice' },
    { field: 'refusal message', because: 'a refusal is known by its code: its sentence may be put in other words' },
  ],
}
