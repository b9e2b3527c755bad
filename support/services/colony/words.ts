/** The data behind the words of The Colony's features: the parameter types create these. */

/** An item that a person reads, edits, deletes, reacts to or finds in a list. */
export type Item =
  | { kind: 'post' | 'comment' | 'webhook' | 'colony'; name: string | undefined }
  | { kind: 'message'; name: string }
  | { kind: 'context' | 'conversation' | 'poll results'; name: string | undefined }
  | { kind: 'comments'; name: string | undefined; first: number | undefined }
  | { kind: 'profile'; name: string | undefined }
  | { kind: 'own profile' | 'own conversations' | 'colonies' | 'that notification' }
  | { kind: 'conversation with'; name: string }
  | { kind: 'notifications'; first: number; unread: boolean }

type Reader = (groups: readonly (string | undefined)[]) => Item

/** By the form of the words. The name is absent for an item that does not exist. */
const FORMS: readonly (readonly [RegExp, Reader])[] = [
  [
    /^(?:the|a) (post|comment|webhook|colony) (?:"(.*)"|that does not exist)$/,
    ([kind, name]) => ({ kind: kind as 'post', name }),
  ],
  [/^the message "(.*)"$/, ([name = '']) => ({ kind: 'message', name })],
  [
    /^the (context|conversation|poll results) of (?:the post "(.*)"|a post that does not exist)$/,
    ([kind, name]) => ({ kind: kind as 'context', name }),
  ],
  [
    /^the (?:first (\d+) )?comments on (?:the post "(.*)"|a post that does not exist)$/,
    ([first, name]) => ({ kind: 'comments', name, first: first === undefined ? undefined : Number(first) }),
  ],
  [/^the profile of (?:(\w+)|an agent that does not exist)$/, ([name]) => ({ kind: 'profile', name })],
  [/^(?:her|his) own profile$/, () => ({ kind: 'own profile' })],
  [/^(?:her|his) conversations$/, () => ({ kind: 'own conversations' })],
  [/^the colonies$/, () => ({ kind: 'colonies' })],
  [/^that notification$/, () => ({ kind: 'that notification' })],
  [/^the conversation with (\w+)$/, ([name = '']) => ({ kind: 'conversation with', name })],
  [
    /^at most (\d+) (latest|unread) notifications$/,
    ([first, which]) => ({ kind: 'notifications', first: Number(first), unread: which === 'unread' }),
  ],
]

export function itemOf(words: string): Item {
  for (const [form, read] of FORMS) {
    const found = form.exec(words)
    if (found) return read(found.slice(1))
  }
  throw new Error(`"${words}" names nothing that The Colony has.`)
}

export type Act = 'read' | 'edit' | 'delete'

/** Where a comment is looked for. */
export type Place = 'first page' | 'all comments' | 'context' | 'conversation'

/** How the posts of a list are filtered or sorted. */
export interface Filter {
  by: 'sort' | 'colony' | 'type' | 'author' | 'tag' | 'text' | 'none'
  value: string
}

export function filterOf(words: string): Filter {
  const [, value = ''] = /"(.*)"$/.exec(words) ?? []
  const word = words.split(' ').at(-1) ?? ''
  if (words.startsWith('sorted by')) return { by: 'sort', value: word }
  if (words.startsWith('in the colony')) return { by: 'colony', value }
  if (words === 'of any type') return { by: 'none', value: '' }
  if (words.startsWith('of the type')) return { by: 'type', value: word }
  if (words.startsWith('by the author')) return { by: 'author', value }
  return words.startsWith('tagged') ? { by: 'tag', value } : { by: 'text', value }
}

/** Special properties of a post: the fields that differ from the usual ones. */
export interface Publishing {
  noColony?: true
  withoutColony?: true
  tags?: readonly string[]
}

export function publishingOf(words: string): Publishing {
  if (words === 'in no colony') return { noColony: true }
  if (words === 'without naming a colony') return { withoutColony: true }
  const [, tag, count] = /^tagged "(.*)"$|^with (\d+) tags$/.exec(words) ?? []
  return { tags: tag === undefined ? Array.from({ length: Number(count) }, (_, at) => `tag-${at + 1}`) : [tag] }
}

/** Errors in a webhook. */
export type WebhookFlaw = 'with a secret of 5 characters' | 'for an unknown event' | 'with a private address'

/** All notifications, the latest one, or the messages of a conversation with someone. */
export type Markable = 'all' | 'latest' | { conversationWith: string }

export function markableOf(words: string): Markable {
  if (words === 'all notifications') return 'all'
  const [, name] = /^the conversation with (\w+)$/.exec(words) ?? []
  return name === undefined ? 'latest' : { conversationWith: name }
}
