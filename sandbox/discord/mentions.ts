import type { NewMessage } from './forms/message'
import type { ChannelRow, MessageRow, UserRow } from './model'
import { has } from './permissions'
import type { DiscordStore } from './store'

/** Mentions inside code and after an escaped angle bracket do not count. */
function spoken(content: string): string {
  return content.replace(/```[\s\S]*?```|``[\s\S]*?``|`[^`\n]*`/g, ' ').replace(/\\</g, ' ')
}

/**
 * The mentions of a text: existing users, mentionable roles, and everyone, where the author has that permission.
 * @param allowed which users the message may notify; all that its text mentions unless given
 * @param replied the message replied to, whose author counts as mentioned unless the request excludes it
 */
export function mentionsOf(
  store: DiscordStore,
  { content, author, channel }: { content: string; author: UserRow; channel: ChannelRow },
  allowed: NewMessage['allowed_mentions'],
  replied?: MessageRow,
): Pick<MessageRow, 'mentions' | 'mentionedRoles' | 'mentionsEveryone'> {
  const text = spoken(content)
  const may = store.permissions(channel, author.id)
  const guild = store.guildOf(channel)
  const named = (pattern: RegExp): string[] => [...new Set([...text.matchAll(pattern)].map(([, id]) => id ?? ''))]
  const permitted = (kind: 'users' | 'roles') => (id: string) =>
    !allowed || (allowed.parse ?? []).includes(kind) || (allowed[kind] ?? []).includes(id)
  const mentions = named(/<@!?(\d{1,20})>/g).filter((id) => store.data.users.has(id) && permitted('users')(id))
  const mentionedRoles = named(/<@&(\d{1,20})>/g).filter((id) => {
    const role = guild?.roles.find((one) => one.id === id)
    return role && (role.mentionable || has(may, 'MENTION_EVERYONE')) && permitted('roles')(id)
  })
  const pingsAuthor = replied && (allowed ? (allowed.replied_user ?? false) : true)
  if (pingsAuthor && !mentions.includes(replied.authorId)) mentions.push(replied.authorId)
  const everyone = guild !== undefined && /@(?:everyone|here)\b/.test(text) && has(may, 'MENTION_EVERYONE')
  const mentionsEveryone = everyone && (!allowed || (allowed.parse ?? []).includes('everyone'))
  return { mentions, mentionedRoles, mentionsEveryone }
}
