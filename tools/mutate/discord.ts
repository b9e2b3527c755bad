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
  leavesOut: ['@resource-intensive'],
  unpromised: [
    { field: 'request query.limit', because: 'how many are asked for at a time is the suite’s own choice' },
    ...['GET /guilds/:1/members', 'GET /guilds/:1/channels'].map((on) => ({
      ...{ on, change: 'reversed' },
      because: 'Discord documents no order for members and channels: the lists are compared as sets',
    })),
    {
      ...{ on: 'GET /guilds/:1/members/search', field: 'request query.query', change: 'other known value' },
      because: 'a search by the beginning of a name finds the same people by another beginning of it',
    },
    { on: 'GET /gateway/bot', change: 'stale', because: 'the address of the gateway and the budget of sessions stay the same' },
    {
      ...{ on: 'GET /gateway/bot', field: 'response session_start_limit.*' },
      because: 'how large the budget of sessions is, Discord decides; that it is not overdrawn is checked',
    },
    ...['d.author.bot', 'd.message_reference*'].map((field) => ({
      ...{ on: 'event MESSAGE_CREATE', field: `event ${field}` },
      because: 'only the bot’s own messages have it here, and those are left out of what it receives',
    })),
    {
      ...{ on: 'event MESSAGE_CREATE', field: 'event d.type', change: 'ten times' },
      because: 'ten times the type 0 of a plain message is 0; only a reply of the bot itself has another',
    },
    {
      on: 'event PRESENCE_UPDATE',
      change: 'twice',
      because: 'a presence that is reported again is the same presence',
    },
    ...['since', 'afk'].map((name) => ({
      ...{ on: 'send presence', field: `request body.d.${name}` },
      because: 'it decides about notifications on a person’s own devices, and others see nothing of it',
    })),
    {
      ...{ field: '*flags', change: 'missing' },
      because:
        'the flags of users, channels and roles are optional in Discord’s documentation; where they are, they are compared',
    },
    ...['PATCH /channels/:1/messages/:2', 'POST /channels/:1/messages'].map((on) => ({
      ...{ on, field: 'request body*allowed_mentions.parse', change: 'missing' },
      because: 'an empty list allows nothing, and so does none beside the people who are named',
    })),
    {
      ...{ on: 'PATCH /channels/:1/messages/:2', field: 'request body.allowed_mentions', change: 'missing' },
      because: 'a second safeguard: an edit of the suite is plain text, in which every possible mention is escaped',
    },
    {
      ...{ field: 'request body.payload_json<json>.allowed_mentions', change: 'missing' },
      because: 'a second safeguard: the words beside a file are plain text, in which every possible mention is escaped',
    },
    ...['users', 'roles'].map((name) => ({
      ...{ field: `request body.allowed_mentions.${name}`, change: 'one invented' },
      because: 'a further id that the text does not mention notifies no one',
    })),
    {
      ...{ on: 'send presence', field: 'request body.d.activities[].type', change: 'missing' },
      because: 'an activity without a type is one of type 0, as it was sent',
    },
    {
      field: 'refusal errors.*.message',
      because: 'an error of a form is known by its place and code: its sentence may be put in other words',
    },
    { field: 'refusal message', because: 'a refusal is known by its code: its sentence may be put in other words' },
  ],
}
