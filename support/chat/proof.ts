import { ApiError } from '../http/errors'
import type { Entry } from '../undo/journal'
import type { Recognition, UndoableKind } from '../undo/undo'
import type { ChatAdapter, ChatMessage, ChatPlace } from './adapter'
import { placeData } from './places'

/** `{run id}-{n}`, which `access.unique` adds to every name. */
const UNIQUE_ID = String.raw`\d{10}-[0-9a-f]{6}-\d+(?:x\d+)?`
/** How far the clocks of the service and of this machine may differ, and how long a creation may take: it may wait for rate limits. */
const CLOCK_TOLERANCE = 5_000
const LONGEST_CREATION = 120_000

export type Doubt = Extract<Recognition, { doubt: string }>

/** What the journal contains of a thing in a place: the account that creates it, and the place. */
export async function journalData(chat: ChatAdapter, place: ChatPlace): Promise<Record<string, string>> {
  return { account: (await chat.me()).id, ...placeData(place) }
}

/** The unique id in a text of the suite; the first one if it quotes another message. */
export function uniqueIdIn(text: string): string | undefined {
  return new RegExp(String.raw`(?<![\w-])${UNIQUE_ID}(?!\w)`).exec(text)?.[0]
}

/** The unique id at the end of a journalled name. */
export function uniqueIdOf({ name }: Pick<Entry, 'name'>): string | undefined {
  return new RegExp(`${UNIQUE_ID}$`).exec(name)?.[0]
}

/** A new text for a message of the suite with its previous unique id, so that it is still recognised after the edit. */
export function keepUniqueId(text: string, message: Pick<ChatMessage, 'text'>): string {
  const id = uniqueIdIn(message.text)
  return id === undefined ? text : `${text} ${id}`
}

/** Additional data in the journal for a message whose text does not contain its unique id. */
export function sentData(words: string, name: string): Record<string, string> {
  const id = uniqueIdOf({ name })
  return id !== undefined && hasId(words, id) ? {} : { sent: words }
}

/** Whether a message contains an id as a whole word: `…-1` is not in `…-12`. */
export function holds({ text, markup }: Pick<ChatMessage, 'text' | 'markup'>, id: string): boolean {
  return hasId(text, id) || hasId(markup, id)
}

function hasId(text: string, id: string): boolean {
  return new RegExp(String.raw`(?<![\w-])${id}(?!\w)`).test(text)
}

/** By its author and its unique id; if it was sent without one, by its text and its time. */
export function recogniseMessage(shown: ChatMessage, entry: Entry, author: string): Recognition {
  if (shown.author !== author) return { doubt: `its author is ${shown.author}, not ${author}` }
  const id = uniqueIdOf(entry)
  if (id !== undefined && holds(shown, id)) return 'ours'
  const { sent } = entry.data
  if (sent === undefined) return { doubt: `its text does not contain ${id ?? 'a run id'}` }
  const age = shown.sentAt - entry.at
  const isSame = shown.text.trim() === sent.trim() && age > -CLOCK_TOLERANCE && age < LONGEST_CREATION
  return isSame ? 'ours' : { doubt: 'it is not the message that was sent at that time' }
}

/** Reads a thing that is to be recognised; if the service refuses to show it, the result is a doubt, not a failure. */
export async function readOrDoubt<T>(read: () => Promise<T>): Promise<T | Doubt> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof ApiError && error.isRefusal)) throw error
    const { status, code, says } = error.failure
    return { doubt: `it cannot be read (${[code ?? status, says].filter(Boolean).join(': ')})` }
  }
}

export function isDoubt(value: unknown): value is Doubt {
  return typeof value === 'object' && value !== null && 'doubt' in value
}

/**
 * A kind whose entries are undone only with the credentials of the account that created them. With other credentials nothing
 * is searched, and nothing is recognised.
 * @param accountOf the id of the account of the current credentials
 */
export function ofAccount<Clients, Kind extends UndoableKind<Clients>>(
  accountOf: (clients: Clients) => Promise<string>,
  kind: Kind & UndoableKind<Clients>,
): Kind {
  const { recognise, find } = kind
  const otherAccount = async (clients: Clients, { data }: Entry): Promise<Doubt | undefined> => {
    if (data.account === undefined) return undefined
    const account = await accountOf(clients)
    if (data.account === account) return undefined
    return { doubt: `the account ${data.account} created it, and the credentials belong to ${account}` }
  }
  return {
    ...kind,
    recognise: async (clients: Clients, entry: Required<Entry>) =>
      (await otherAccount(clients, entry)) ?? recognise(clients, entry),
    ...(find
      ? {
          find: async (clients: Clients, entry: Entry) => {
            const other = await otherAccount(clients, entry)
            if (other) throw new Error(`Not searched: ${other.doubt}.`)
            return find(clients, entry)
          },
        }
      : {}),
  }
}
