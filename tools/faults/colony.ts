import type { FaultCase } from './case'

const NO_EVENTS = 'nothing is pushed in this flow: every answer is asked for'
const READ_ONLY = 'nothing is written in this flow'

const feature = (flow: string): string => `features/colony/${flow}.feature`
const noEvents = (flow: string): FaultCase => ({ flow: feature(flow), kind: 'event-never', cannot: NO_EVENTS })
const noWrites = (flow: string): FaultCase[] => [
  { flow: feature(flow), kind: 'lost-write', cannot: READ_ONLY },
  { flow: feature(flow), kind: 'stale-read', cannot: READ_ONLY },
]

interface Flow {
  flow: string
  /** What is asked for in it, and a field the answer promises. */
  read: string
  field: string
  /** What is written in it, and what is read to see that. */
  write?: string
  seenBy?: string
  others: Record<string, unknown>
  othersOn?: string
  blamesMissing: RegExp
  blamesOthers: RegExp
  blamesLost?: RegExp
  blamesStale?: RegExp
}

const FLOWS: readonly Flow[] = [
  {
    flow: 'authentication',
    read: 'GET /users/me',
    field: 'username',
    others: { id: '0b6f3f5e-7f0e-4a57-8a1e-5a2f4c1b9e10' },
    blamesMissing: /own profile breaks its contract: username/,
    blamesOthers: /the id of Ada/,
  },
  {
    flow: 'posts',
    read: 'GET /posts/:id',
    field: 'title',
    write: 'POST /posts',
    seenBy: 'GET /posts/:id',
    others: { 'author.username': 'somebody-else' },
    blamesMissing: /a post breaks its contract: title/,
    blamesOthers: /the author: expected 'somebody-else'/,
    blamesLost: /answered 404 POST_NOT_FOUND/,
    blamesStale: /answered 404 POST_NOT_FOUND|the title/,
  },
  {
    flow: 'feed',
    read: 'GET /posts',
    field: 'items.*.colony_id',
    others: { 'items.*.colony_id': 'cb4d2ed0-0425-4d26-8755-d4bfd0130c1d' },
    blamesMissing: /items\.0\.colony_id/,
    blamesOthers: /the colony of/,
  },
  {
    flow: 'comments',
    read: 'GET /posts/:id/comments',
    field: 'items.*.body',
    write: 'POST /posts/:id/comments',
    seenBy: 'GET /posts/:id/comments',
    others: { 'items.*.author.username': 'somebody-else' },
    blamesMissing: /items\.0\.body/,
    blamesOthers: /its author/,
    blamesLost: /on the first page|the reply|what stands below|the comments shown/,
    blamesStale: /on the first page|the reply|what stands below|the comments shown/,
  },
  {
    flow: 'opinions',
    read: 'POST /reactions/toggle',
    field: 'reactions',
    write: 'POST /posts/:id/vote',
    seenBy: 'GET /posts/:id',
    others: { 'reactions.*.user_reacted': false },
    blamesMissing: /reactions breaks its contract/,
    blamesOthers: /reactions of the person who looks/,
    blamesLost: /the score of/,
    blamesStale: /the score of|POST_NOT_FOUND/,
  },
  {
    flow: 'conversation',
    read: 'GET /posts/:id/conversation',
    field: 'threads',
    write: 'POST /posts/:id/comments',
    seenBy: 'GET /posts/:id/conversation',
    others: { post_id: '0b6f3f5e-7f0e-4a57-8a1e-5a2f4c1b9e10' },
    blamesMissing: /a conversation tree breaks its contract: threads/,
    blamesOthers: /the post the conversation is about/,
    blamesLost: /the comments in the view|the threads|what stands below|NOT_FOUND/,
    blamesStale: /the threads|what stands below/,
  },
  {
    flow: 'crowd',
    read: 'GET /posts/:id/comments',
    field: 'items.*.id',
    write: 'POST /posts/:id/comments',
    seenBy: 'GET /posts/:id/comments',
    others: { id: '0b6f3f5e-7f0e-4a57-8a1e-5a2f4c1b9e10' },
    othersOn: 'GET /users/me',
    blamesMissing: /a page of comments breaks its contract: items\.0\.id/,
    blamesOthers: /whom Ada saw|whom Ben saw/,
    blamesLost: /the comments shown|POST_NOT_FOUND/,
    blamesStale: /the comments shown|POST_NOT_FOUND|comment \S+ is removed/,
  },
  {
    flow: 'search',
    read: 'GET /search',
    field: 'total',
    others: { 'items.*.post_type': 'paid_task', 'items.*.colony_id': 'cb4d2ed0-0425-4d26-8755-d4bfd0130c1d' },
    blamesMissing: /search results breaks its contract: total/,
    blamesOthers: /the post_type of|the colony_id of/,
  },
  {
    flow: 'profile',
    read: 'GET /users/:id',
    field: 'username',
    write: 'PUT /users/me',
    seenBy: 'GET /users/me',
    others: { id: '0b6f3f5e-7f0e-4a57-8a1e-5a2f4c1b9e10' },
    blamesMissing: /a profile breaks its contract: username/,
    blamesOthers: /the public profile|the people found/,
    blamesLost: /the bio/,
    blamesStale: /the bio/,
  },
  {
    flow: 'colonies',
    read: 'GET /colonies',
    field: '*.id',
    write: 'POST /colonies/:id/join',
    others: { '*.id': '0b6f3f5e-7f0e-4a57-8a1e-5a2f4c1b9e10' },
    blamesMissing: /the colonies breaks its contract/,
    blamesOthers: /the colonies listed/,
    blamesLost: /It was not refused|NOT_FOUND/,
  },
  {
    flow: 'following',
    read: 'POST /users/:id/follow',
    field: 'status',
    write: 'POST /users/:id/follow',
    seenBy: 'GET /users/:id/followers',
    others: { '*.id': '0b6f3f5e-7f0e-4a57-8a1e-5a2f4c1b9e10' },
    othersOn: 'GET /users/:id/followers',
    blamesMissing: /the answer to a follow breaks its contract: status/,
    blamesOthers: /among the followers of/,
    blamesLost: /among the followers of/,
    blamesStale: /among the followers of/,
  },
  {
    flow: 'messages',
    read: 'GET /messages/conversations/:username',
    field: 'messages',
    write: 'POST /messages/send/:username',
    seenBy: 'GET /messages/conversations/:username',
    others: { 'messages.*.body': 'Meant for somebody else' },
    blamesMissing: /a conversation breaks its contract: messages/,
    blamesOthers: /reads in the conversation with/,
    blamesLost: /reads in the conversation with/,
    blamesStale: /reads in the conversation with/,
  },
  {
    flow: 'notifications',
    read: 'GET /notifications',
    field: '*.is_read',
    write: 'POST /notifications/read-all',
    seenBy: 'GET /notifications/count',
    others: { '*.post_id': '0b6f3f5e-7f0e-4a57-8a1e-5a2f4c1b9e10' },
    blamesMissing: /is_read/,
    blamesOthers: /posts Ada is notified about/,
    blamesLost: /left behind|unread notifications|it is not refused/,
    blamesStale: /unread notifications/,
  },
  {
    flow: 'polls',
    read: 'GET /polls/:id/results',
    field: 'options',
    write: 'POST /polls/:id/vote',
    seenBy: 'GET /polls/:id/results',
    others: { user_option_ids: ['option-9'] },
    blamesMissing: /poll results breaks its contract: options/,
    blamesOthers: /what Ben has chosen/,
    blamesLost: /has voted/,
    blamesStale: /has voted|what Ben has chosen|NOT_FOUND/,
  },
  {
    flow: 'webhooks',
    read: 'POST /webhooks',
    field: 'is_active',
    write: 'POST /webhooks',
    seenBy: 'GET /webhooks',
    others: { '*.url': 'https://somebody-else.example/hook' },
    othersOn: 'GET /webhooks',
    blamesMissing: /a new webhook breaks its contract: is_active/,
    blamesOthers: /its address in the list/,
    blamesLost: /is in the list|NOT_FOUND/,
    blamesStale: /is in the list/,
  },
  {
    flow: 'keys',
    read: 'POST /auth/rotate-key',
    field: 'api_key',
    write: 'POST /auth/rotate-key',
    others: { username: 'somebody-else' },
    othersOn: 'GET /users/me',
    blamesMissing: /a new key breaks its contract: api_key/,
    blamesOthers: /the username/,
    blamesLost: /AUTH_INVALID_KEY|It was not refused/,
  },
  {
    flow: 'persistence',
    read: 'GET /posts/:id',
    field: 'title',
    write: 'POST /posts',
    seenBy: 'GET /posts/:id',
    others: { 'author.username': 'somebody-else' },
    blamesMissing: /a post breaks its contract: title/,
    blamesOthers: /the author/,
    blamesLost: /POST_NOT_FOUND/,
    blamesStale: /POST_NOT_FOUND/,
  },
]

function casesOf(one: Flow): FaultCase[] {
  const flow = feature(one.flow)
  const cases: FaultCase[] = [
    { flow, kind: 'wrong-status', fault: { kind: 'wrong-status', on: one.read, status: 500 }, blames: /answered 500/ },
    { flow, kind: 'missing-field', fault: { kind: 'missing-field', on: one.read, field: one.field }, blames: one.blamesMissing },
    {
      flow,
      kind: 'others-data',
      fault: { kind: 'others-data', on: one.othersOn ?? one.read, set: one.others },
      blames: one.blamesOthers,
    },
  ]
  const { write, seenBy, blamesLost, blamesStale } = one
  if (write && blamesLost) cases.push({ flow, kind: 'lost-write', fault: { kind: 'lost-write', on: write }, blames: blamesLost })
  if (seenBy && blamesStale)
    cases.push({ flow, kind: 'stale-read', fault: { kind: 'stale-read', on: seenBy }, blames: blamesStale })
  if (!write) cases.push(...noWrites(one.flow))
  else if (!seenBy)
    cases.push({ flow, kind: 'stale-read', cannot: 'what is written here is never read back by a call of its own' })
  return [...cases, ...events(one.flow)]
}

function events(flow: string): FaultCase[] {
  if (flow !== 'webhooks') return [noEvents(flow)]
  return [
    {
      flow: feature(flow),
      kind: 'event-never',
      fault: { kind: 'event-never', on: 'post_created' },
      blames: /no post_created about/,
    },
  ]
}

/** Every flow of The Colony under each of the six faults. */
export const faults: readonly FaultCase[] = FLOWS.flatMap(casesOf)
