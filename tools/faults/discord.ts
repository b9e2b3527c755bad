import type { FaultCase } from './case'

const feature = (flow: string): string => `features/discord/${flow}.feature`
const OTHER = '999999999999999999'
const SEND = 'POST /channels/:id/messages'
const READ = 'GET /channels/:id/messages/:message'
const LIST = 'GET /channels/:id/messages'
const READ_ONLY = 'nothing is written in this flow'
const NO_EVENTS = 'nothing is pushed in this flow: every answer is asked for'
const SESSION = 'a session is a connection: there is nothing written that could be lost or read late'

interface Flow {
  flow: string
  /** What is asked for in it, and a field the answer promises. */
  read: string
  field: string
  blamesMissing: RegExp
  others: { on?: string; set: Record<string, unknown>; blames: RegExp }
  /** What is written in it, or why nothing is; `seenBy` is what is read to see that. */
  lost: { write: string; seenBy: string; blames: RegExp; blamesStale?: RegExp } | { cannot: string }
  event?: { on: string; blames: RegExp }
}

const somebodyElse = { set: { 'author.id': OTHER }, blames: /the author of/ }
const messageLost = { write: SEND, seenBy: READ, blames: /read again|left behind|gone/ }

const FLOWS: readonly Flow[] = [
  {
    flow: 'connection',
    read: 'GET /users/@me',
    field: 'username',
    blamesMissing: /the own user breaks its contract: username/,
    others: { set: { id: OTHER }, blames: /the account of (?:a|the gateway) session/ },
    lost: { cannot: SESSION },
    event: { on: 'READY', blames: /no session within|timed out/ },
  },
  {
    flow: 'lookup',
    read: 'GET /users/:id',
    field: 'discriminator',
    blamesMissing: /a user breaks its contract: discriminator/,
    others: { on: 'GET /guilds/:id/members/search', set: { '*.user.id': OTHER }, blames: /account found for Ben/ },
    lost: { cannot: READ_ONLY },
  },
  {
    flow: 'messages',
    read: READ,
    field: 'author',
    blamesMissing: /a message breaks its contract: author/,
    others: somebodyElse,
    lost: messageLost,
  },
  {
    flow: 'formatting',
    read: SEND,
    field: 'content',
    blamesMissing: /a new message breaks its contract: content/,
    others: { on: READ, set: { content: 'meant for somebody else' }, blames: /the markup of|text of/ },
    lost: messageLost,
  },
  {
    flow: 'replies',
    read: SEND,
    field: 'type',
    blamesMissing: /a new message breaks its contract: type/,
    others: { on: READ, set: { 'message_reference.message_id': OTHER }, blames: /what ".*" is a reply to: expected/ },
    lost: {
      ...messageLost,
      blames: /read again|50035|REPLIES_UNKNOWN_MESSAGE/,
      blamesStale: /read again: expected|what ".*" is a reply to: expected/,
    },
  },
  {
    flow: 'mentions',
    read: READ,
    field: 'mention_everyone',
    blamesMissing: /a message breaks its contract: mention_everyone/,
    others: { on: READ, set: { 'mentions.*.id': OTHER }, blames: /people mentioned by/ },
    lost: messageLost,
  },
  {
    flow: 'reactions',
    read: READ,
    field: 'reactions.*.me',
    blamesMissing: /reactions\.0\.me/,
    others: { on: READ, set: { 'reactions.*.me': false }, blames: /the reactions to/ },
    lost: {
      write: 'PUT /channels/:id/messages/:message/reactions/:emoji/@me',
      seenBy: READ,
      blames: /the reactions to/,
    },
  },
  {
    flow: 'threads',
    read: 'POST /channels/:id/messages/:message/threads',
    field: 'thread_metadata',
    blamesMissing: /a new thread breaks its contract: thread_metadata/,
    others: { set: { id: OTHER }, blames: /the thread ".*": expected|10003/ },
    lost: {
      write: 'POST /channels/:id/messages/:message/threads',
      seenBy: 'GET /channels/:id/messages/:message',
      blames: /10003|the thread that|It was not refused/,
      blamesStale: /the thread that|read again/,
    },
  },
  {
    flow: 'history',
    read: LIST,
    field: '*.timestamp',
    blamesMissing: /a history breaks its contract: 0\.timestamp/,
    others: { set: { '*.id': OTHER }, blames: /messages of the scenario among those read|all messages read/ },
    lost: { write: SEND, seenBy: LIST, blames: /messages of the scenario among those read|all messages read|how many messages/ },
  },
  {
    flow: 'presence',
    read: 'GET /applications/@me',
    field: 'flags',
    blamesMissing: /the application breaks its contract: flags/,
    others: { on: 'PRESENCE_UPDATE', set: { status: 'idle' }, blames: /the presence of Ada/ },
    lost: { cannot: 'presence is shown through the gateway, which has no writes to lose and no reads to serve late' },
    event: { on: 'PRESENCE_UPDATE', blames: /the presence of (?:Ada|Ben)/ },
  },
  {
    flow: 'files',
    read: SEND,
    field: 'attachments.*.url',
    blamesMissing: /a new message breaks its contract: attachments\.0\.url/,
    others: { on: READ, set: { 'attachments.*.filename': 'theirs.txt' }, blames: /the files of/ },
    lost: messageLost,
  },
  {
    flow: 'private',
    read: 'POST /users/@me/channels',
    field: 'recipients',
    blamesMissing: /a direct channel breaks its contract: recipients/,
    others: { on: LIST, set: { '*.id': OTHER }, blames: /in the conversation with Ben/ },
    lost: { write: SEND, seenBy: LIST, blames: /in the conversation with Ben/ },
  },
  {
    flow: 'inbound',
    read: 'MESSAGE_CREATE',
    field: 'content',
    blamesMissing: /a message event breaks its contract: content/,
    others: { on: 'MESSAGE_CREATE', set: { 'mentions.*.id': OTHER }, blames: /people mentioned by/ },
    lost: { cannot: 'what others say is written by them, and heard as an event' },
    event: { on: 'MESSAGE_CREATE', blames: /among those received|messages received/ },
  },
  {
    flow: 'limits',
    read: LIST,
    field: '*.timestamp',
    blamesMissing: /a history breaks its contract: 0\.timestamp/,
    others: { set: { '*.content': 'meant for somebody else' }, blames: /messages of this run in the channel/ },
    lost: { write: SEND, seenBy: LIST, blames: /messages of this run in the channel/ },
  },
  {
    flow: 'permissions',
    read: 'GET /channels/:id',
    field: 'type',
    blamesMissing: /a channel breaks its contract: type/,
    others: { on: SEND, set: { id: OTHER }, blames: /10008|Unknown Message/ },
    lost: { cannot: 'every write of this flow is refused; what it makes beforehand is the subject of other flows' },
  },
]

function casesOf(one: Flow): FaultCase[] {
  const flow = feature(one.flow)
  const { others, lost, event, read } = one
  // An event has no status, but the way to the gateway has.
  const asked = read.includes(' ') ? read : 'GET /gateway/bot'
  const cases: FaultCase[] = [
    { flow, kind: 'wrong-status', fault: { kind: 'wrong-status', on: asked, status: 500 }, blames: /returned 500/ },
    { flow, kind: 'missing-field', fault: { kind: 'missing-field', on: read, field: one.field }, blames: one.blamesMissing },
    { flow, kind: 'others-data', fault: { kind: 'others-data', on: others.on ?? read, set: others.set }, blames: others.blames },
  ]
  if ('cannot' in lost) {
    cases.push({ flow, kind: 'lost-write', cannot: lost.cannot }, { flow, kind: 'stale-read', cannot: lost.cannot })
  } else {
    const { write, seenBy, blames, blamesStale = blames } = lost
    cases.push(
      { flow, kind: 'lost-write', fault: { kind: 'lost-write', on: write }, blames },
      { flow, kind: 'stale-read', fault: { kind: 'stale-read', on: seenBy }, blames: blamesStale },
    )
  }
  if (event) cases.push({ flow, kind: 'event-never', fault: { kind: 'event-never', on: event.on }, blames: event.blames })
  else cases.push({ flow, kind: 'event-never', cannot: NO_EVENTS })
  return cases
}

/** Every flow of Discord under each of the six faults. */
export const faults: readonly FaultCase[] = FLOWS.flatMap(casesOf)
