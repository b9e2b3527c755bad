import type { ChatMessage, Details, ExpectedMessage } from '../../chat/adapter'
import { type Account, byId, DEFAULT, HAS_THREAD, REPLY, sameAccount } from './parse'

const ADDRESS = /https?:\/\//
/** Hosts of a file, and of its preview. */
const CDN = ['cdn.discordapp.com', 'media.discordapp.net']

interface ShownAttachment {
  content_type?: string | undefined
  isSame: boolean
  hosts: readonly string[]
}

/** The parts of `ChatMessage.details` that other code depends on. */
interface ShownDetails {
  thread?: { name?: string }
  attachments?: readonly ShownAttachment[]
  author?: Account
  mentions?: readonly Account[]
}

/** What is known of a message in addition to its expectation. */
export interface Surroundings {
  author: Account
  mentioned: readonly Account[]
  guildId: string
  /** The thread on the message, if there is one. */
  thread: Details
  /** Undefined if the thread was not started by the scenario. */
  threadName: string | undefined
  isLive: boolean
  /** Whether a stand-in on this machine has files at its own address. */
  isLocal: boolean
}

/** The expected details of a message, besides its text. */
export function expectedDetails(expected: ExpectedMessage, { details }: ChatMessage, around: Surroundings): Details {
  const { text, place, roles, files, replyTo } = expected
  const { thread, attachments, author, mentions } = (details ?? {}) as ShownDetails
  const channel = { channel_id: place.id, ...(place.kind === 'direct' ? {} : { guild_id: around.guildId }) }
  return {
    author: sameAccount(around.author, author),
    mentions: byId(around.mentioned).map((one, at) => sameAccount(one, mentions?.[at])),
    ...{ mention_roles: roles, tts: false, pinned: false, components: [] },
    // Discord adds the preview of a URL later.
    ...(ADDRESS.test(text) ? {} : { embeds: [] }),
    type: replyTo === undefined ? DEFAULT : REPLY,
    flags: thread === undefined ? 0 : HAS_THREAD,
    message_reference: replyTo === undefined ? undefined : { type: 0, message_id: replyTo, ...channel },
    thread: thread && { ...around.thread, name: around.threadName ?? thread.name },
    attachments: files.map(({ type }, at) => expectedAttachment(type, attachments?.[at], around)),
  }
}

/**
 * Discord adds a charset to the type of a text, and live it omits types that it does not know. A sandbox has one host for both
 * addresses.
 */
function expectedAttachment(
  type: string,
  shown: ShownAttachment | undefined,
  { isLive, isLocal }: Pick<Surroundings, 'isLive' | 'isLocal'>,
): ShownAttachment {
  const { content_type, hosts = [] } = shown ?? {}
  const isLeftOut = isLive && content_type === undefined
  return {
    content_type: isLeftOut || isType(content_type, type) ? content_type : type,
    isSame: true,
    hosts: isLive && !isLocal ? CDN : [hosts[0] ?? '', hosts[0] ?? ''],
  }
}

function isType(shown = '', type: string): boolean {
  return shown === type || (shown.startsWith(type) && /^; charset=[\w-]+$/.test(shown.slice(type.length)))
}
