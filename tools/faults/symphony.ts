import type { FaultCase } from './case'

const NO_EVENTS = 'nothing is pushed in this flow: every answer is asked for'
const READ_ONLY = 'nothing is written in this flow'

const feature = (flow: string): string => `features/symphony/${flow}.feature`
const MESSAGE = 'GET /agent/v1/message/:id'
const SEND = 'POST /agent/v4/stream/:sid/message/create'
const HISTORY = 'GET /agent/v4/stream/:sid/message'
const OTHERS_MESSAGE = { message: '<div data-format="PresentationML" data-version="2.0">Meant for somebody else</div>' }

interface Flow {
  flow: string
  /** What is asked for in it, and a field the answer promises. */
  read: string
  field: string
  others: Record<string, unknown>
  othersOn?: string
  blamesMissing: RegExp
  blamesOthers: RegExp
  /** What is written in it, and what is read to see that. */
  lost?: { on: string; blames: RegExp }
  stale?: { on: string; blames: RegExp } | { cannot: string }
}

const FLOWS: readonly Flow[] = [
  {
    flow: 'authentication',
    read: 'GET /pod/v2/sessioninfo',
    field: 'displayName',
    others: { username: 'somebody-else' },
    blamesMissing: /the own account breaks its contract: displayName/,
    blamesOthers: /the name of the session/,
    lost: { on: 'POST /login/pubkey/authenticate', blames: /returned 401/ },
    stale: { cannot: 'a token that was just given out is all that is read, and the pod reads it from nowhere else' },
  },
  {
    flow: 'sessions',
    read: MESSAGE,
    field: 'message',
    others: { 'user.userId': 12 },
    blamesMissing: /a message breaks its contract: message/,
    blamesOthers: /the author of "/,
    lost: { on: 'POST /sessionauth/v1/logout', blames: /It was not refused/ },
    stale: { on: MESSAGE, blames: /, read again/ },
  },
  {
    flow: 'messages',
    read: MESSAGE,
    field: 'message',
    others: { 'user.userId': 12 },
    blamesMissing: /a message breaks its contract: message/,
    blamesOthers: /the author of "/,
    lost: { on: SEND, blames: /, read again/ },
    stale: { on: MESSAGE, blames: /, read again|taken back/ },
  },
  {
    flow: 'messageml',
    read: MESSAGE,
    field: 'timestamp',
    others: OTHERS_MESSAGE,
    blamesMissing: /a message breaks its contract: timestamp/,
    blamesOthers: /the markup of "Release notes"/,
    lost: { on: SEND, blames: /"Release notes", read again/ },
    stale: { on: MESSAGE, blames: /"Release notes", read again/ },
  },
  {
    flow: 'formatting',
    read: MESSAGE,
    field: 'stream',
    others: OTHERS_MESSAGE,
    blamesMissing: /a message breaks its contract: stream/,
    blamesOthers: /the markup of "/,
    lost: { on: SEND, blames: /, read again/ },
    stale: { on: MESSAGE, blames: /, read again/ },
  },
  {
    flow: 'mentions',
    read: MESSAGE,
    field: 'user',
    others: { data: '{}' },
    blamesMissing: /a message breaks its contract: user/,
    blamesOthers: /people mentioned by/,
    lost: { on: SEND, blames: /, read again/ },
    stale: { on: MESSAGE, blames: /, read again/ },
  },
  {
    flow: 'lookup',
    read: 'GET /pod/v3/users',
    field: 'users.*.displayName',
    others: { 'users.*.id': 12, 'users.*.company': '' },
    blamesMissing: /users breaks its contract: users\.0\.displayName/,
    blamesOthers: /who was found|the company of|the id/,
  },
  {
    flow: 'history',
    read: HISTORY,
    field: '*.messageId',
    others: { '*.messageId': 'NobodysMessage' },
    blamesMissing: /the messages of a stream breaks its contract: 0\.messageId/,
    blamesOthers: /among those read|all messages read/,
    lost: { on: SEND, blames: /among those read|all messages read/ },
    stale: { on: HISTORY, blames: /among those read|all messages read/ },
  },
  {
    flow: 'presence',
    read: 'GET /pod/v3/user/:uid/presence',
    field: 'category',
    others: { category: 'OFF_WORK' },
    blamesMissing: /a presence breaks its contract: category/,
    blamesOthers: /the presence of Ada/,
    lost: { on: 'POST /pod/v2/user/presence', blames: /the presence of Ada/ },
    stale: { on: 'GET /pod/v3/user/:uid/presence', blames: /the presence of Ada/ },
  },
  {
    flow: 'private',
    read: 'POST /pod/v1/im/create',
    field: 'id',
    others: { '*.messageId': 'NobodysMessage' },
    othersOn: HISTORY,
    blamesMissing: /a conversation breaks its contract: id/,
    blamesOthers: /in the conversation with Ben/,
    lost: { on: 'POST /pod/v1/im/create', blames: /Could not find a stream/ },
    stale: { on: HISTORY, blames: /in the conversation with Ben/ },
  },
  {
    flow: 'rooms',
    read: 'GET /pod/v3/room/:id/info',
    field: 'roomSystemInfo.active',
    others: { 'roomAttributes.name': 'Somebody else’s room' },
    blamesMissing: /a room breaks its contract: roomSystemInfo\.active/,
    blamesOthers: /its name/,
    lost: { on: 'POST /pod/v1/room/:id/setActive', blames: /that "Lost gloves" is open|It was not refused/ },
    stale: { on: 'GET /pod/v3/room/:id/info', blames: /that "Lost gloves" is open|Could not find a stream/ },
  },
  {
    flow: 'sharing',
    read: MESSAGE,
    field: 'attachments.*.size',
    others: OTHERS_MESSAGE,
    blamesMissing: /a message breaks its contract: attachments\.0\.size/,
    blamesOthers: /whom it answers|text of|what it says/,
    lost: { on: SEND, blames: /, read again/ },
    stale: { on: MESSAGE, blames: /, read again/ },
  },
  {
    flow: 'inbound',
    read: 'POST /agent/v5/datafeeds/:id/read',
    field: 'ackId',
    others: { 'events.*.payload.messageSent.message.stream.streamId': 'NobodysRoom' },
    blamesMissing: /what a datafeed tells breaks its contract: ackId/,
    blamesOthers: /among those received|messages received/,
    lost: { on: 'POST /agent/v5/datafeeds', blames: /Could not find a datafeed|datafeeds after the old one/ },
    stale: { cannot: 'a datafeed tells what happened since, and holds no state that could be old' },
  },
]

function casesOf(one: Flow): FaultCase[] {
  const flow = feature(one.flow)
  return [
    { flow, kind: 'wrong-status', fault: { kind: 'wrong-status', on: one.read, status: 500 }, blames: /returned 500/ },
    { flow, kind: 'missing-field', fault: { kind: 'missing-field', on: one.read, field: one.field }, blames: one.blamesMissing },
    {
      flow,
      kind: 'others-data',
      fault: { kind: 'others-data', on: one.othersOn ?? one.read, set: one.others },
      blames: one.blamesOthers,
    },
    written(flow, 'lost-write', one.lost),
    written(flow, 'stale-read', one.stale),
    events(one.flow),
  ]
}

function written(flow: string, kind: 'lost-write' | 'stale-read', what: Flow['stale']): FaultCase {
  if (!what) return { flow, kind, cannot: READ_ONLY }
  if ('cannot' in what) return { flow, kind, cannot: what.cannot }
  return { flow, kind, fault: { kind, on: what.on }, blames: what.blames }
}

function events(flow: string): FaultCase {
  if (flow !== 'inbound') return { flow: feature(flow), kind: 'event-never', cannot: NO_EVENTS }
  const fault = { kind: 'event-never', on: 'MESSAGESENT' } as const
  return { flow: feature(flow), kind: 'event-never', fault, blames: /among those received|messages received/ }
}

/** Every flow of Symphony under each of the six faults. */
export const faults: readonly FaultCase[] = FLOWS.flatMap(casesOf)
