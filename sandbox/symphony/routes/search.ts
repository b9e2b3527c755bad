import { agentRoutes, type Call, fieldsOf, page, pageIn } from '../context'
import { badRequest } from '../errors'
import type { MessageRow, UserRow } from '../model'
import { messagesShape } from '../shapes'
import { isShown, type SymphonyStore } from '../store'

const CRITERIA = ['text', 'streamId', 'author', 'hashtag', 'cashtag', 'mention', 'fromDate', 'toDate', 'streamType'] as const
const NUMBERS = ['author', 'mention', 'fromDate', 'toDate'] as const
/** CHAT includes all but POST. */
const STREAM_TYPES = ['CHAT', 'IM', 'MIM', 'ROOM', 'POST']
type Criteria = Partial<Record<(typeof CRITERIA)[number], string>>

/** Searching messages by a query text (`text:glove streamId:…`) or by criteria as JSON. */
export const searchRoutes = agentRoutes({
  'GET /v1/message/search': (call) => found(call, criteriaIn(call.query.query ?? '')),
  'POST /v1/message/search': (call) => {
    const fields = fieldsOf(call.body)
    const known = CRITERIA.filter((name) => fields[name] !== undefined).map((name) => [name, String(fields[name])])
    return found(call, Object.fromEntries(known))
  },
})

function found({ store, user, query }: Call, criteria: Criteria) {
  const part = pageIn(query)
  return messagesShape(store, page(find(store, user, criteria), part))
}

function criteriaIn(query: string): Criteria {
  const pairs = [...query.matchAll(/(\w+):(?:"([^"]*)"|(\S+))/g)].map(([, name = '', quoted, bare]) => [
    name,
    quoted ?? bare ?? '',
  ])
  const unknown = pairs.find(([name]) => !CRITERIA.some((one) => one === name))
  if (unknown) throw badRequest(`"${unknown[0]}" is not a search criterion: ${CRITERIA.join(', ')}`)
  return Object.fromEntries(pairs)
}

/** Newest first. @throws 400 without criteria, and for a text without a stream */
function find(store: SymphonyStore, viewer: UserRow, criteria: Criteria): MessageRow[] {
  const wanted = Object.entries(criteria).filter(([, value]) => value !== '')
  if (wanted.length === 0) throw badRequest('At least one search criterion is required')
  for (const name of NUMBERS)
    if (criteria[name] && !/^\d+$/.test(criteria[name])) throw badRequest(`The criterion "${name}" must be a whole number`)
  if (criteria.streamType && !STREAM_TYPES.includes(criteria.streamType.toUpperCase()))
    throw badRequest(`The "streamType" must be one of ${STREAM_TYPES.join(', ')}`)
  if (criteria.text && !criteria.streamId) throw badRequest('A search by text needs the streamId')
  return [...store.data.messages.values()]
    .filter((message) => isShown(message) && isVisible(store, viewer, message))
    .filter((message) => wanted.every(([name, value]) => fits(store, message, name, value)))
    .reverse()
}

function isVisible(store: SymphonyStore, viewer: UserRow, { streamId, at }: MessageRow): boolean {
  const stream = store.data.streams.get(streamId)
  return stream?.members.has(viewer.id) === true && at >= store.seesFrom(viewer, stream)
}

function fits(store: SymphonyStore, message: MessageRow, name: string, value: string): boolean {
  const { text, streamId, authorId, hashtags, cashtags, mentions, at } = message
  const tests: Record<string, () => boolean> = {
    text: () => text.toLowerCase().includes(value.toLowerCase()),
    streamId: () => streamId === value,
    author: () => authorId === Number(value),
    hashtag: () => hashtags.includes(value.replace(/^#/, '')),
    cashtag: () => cashtags.includes(value.replace(/^\$/, '')),
    mention: () => mentions.includes(Number(value)),
    fromDate: () => at >= Number(value),
    toDate: () => at <= Number(value),
    streamType: () => ['CHAT', store.data.streams.get(streamId)?.type].includes(value.toUpperCase()),
  }
  return tests[name]?.() ?? true
}
