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
    ...['unfurl_links', 'unfurl_media'].map((name) => ({
      field: `request body.${name}`,
      because: 'a preview is fetched from a site of others, which a sandbox does not call: with and without it, it shows none',
    })),
    { field: 'request body.mrkdwn', because: 'a second safeguard: what could be taken for marks is escaped in the text itself' },
    {
      field: 'request body.prevent_creation',
      because: 'the clean-up looks for a conversation that is there, and the call that returns it creates none',
    },
    {
      on: 'chat.postMessage',
      field: 'request body.blocks<json>',
      change: 'one invented',
      because: 'a further divider below a block of an unknown type changes nothing about the refusal of that block',
    },
    ...['conversations.list', 'users.list', 'conversations.members'].map((on) => ({
      ...{ on, change: 'reversed' },
      because: 'Slack documents no order for people, channels and members: the lists are compared as sets',
    })),
    {
      ...{ on: 'conversations.members', field: 'response members[]', change: 'value of a neighbour' },
      because: 'with each of two members in the place of the other it is the same set',
    },
    { on: 'conversations.info', change: 'stale', because: 'nothing that a scenario does changes the description of a channel' },
    ...['bot_id', 'thread_ts', 'parent_user_id'].map((name) => ({
      ...{ on: 'event message', field: `event payload.event.${name}` },
      because: 'only the bot’s own messages have it here, and those are left out of what it receives',
    })),
    {
      ...{ on: 'chat.update', field: 'response message.*', change: 'missing' },
      because: 'of the message in this response Slack documents the text and its author only; what is there is compared',
    },
    ...['channels*', 'groups*', 'ims*', 'created', 'mimetype', 'mode', 'name', 'size', 'user', 'permalink', 'url_private'].map(
      (name) => ({
        ...{ on: 'files.completeUploadExternal', field: `response files[].${name}` },
        because: 'Slack documents the id and the title here; all of it is compared in the message with the files',
      }),
    ),
    ...['channels', 'groups', 'ims'].map((name) => ({
      ...{ field: `response messages[].files[].${name}`, change: 'missing' },
      because: 'a file within a message need not say where else it is shared; what it says is compared',
    })),
    {
      ...{ field: 'response messages[].files[].mode', change: 'other known value' },
      because: 'whether a text is kept as a snippet or as a hosted file is Slack’s choice; its bytes are the same',
    },
    { on: 'POST /upload', because: 'Slack documents the status of an upload and no body' },
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
