/** What the sentences of The Colony's features name, as data: the parameter types turn words into these. */

/** Something a person reads, edits, deletes, reacts to or finds in a list. */
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

/** By the form of the words. A name is absent where the words say that nothing has it. */
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

/** How the posts of a list are narrowed or sorted. */
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

/** What is special about a post: the fields it is published with instead of the usual ones. */
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

/** What is wrong with a webhook. */
export type WebhookFlaw = 'with a secret of 5 characters' | 'for an unknown event' | 'with a private address'
