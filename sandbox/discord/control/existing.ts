import type { Discord } from '../context'
import type { ChannelRow, MessageRow } from '../model'

/** What bots made that bears a mark, in text, file name or name, and still stands; what people said is theirs to keep. */
export function existing({ store }: Discord, mark: string) {
  const { users, messages, channels } = store.data
  const isBots = ({ authorId }: MessageRow): boolean => users.get(authorId)?.bot ?? false
  const bears = ({ content, attachments }: MessageRow): boolean =>
    content.includes(mark) || attachments.some(({ filename }) => filename.includes(mark))
  const left = [...messages.values()].filter((one) => isBots(one) && bears(one))
  const named = [...channels.values()].filter(({ name, thread }) => name.includes(mark) && !thread?.archived)
  return [
    ...left.map(({ id, channelId, content }) => ({ kind: 'message', id, channel: channelId, name: content })),
    ...named.map(({ id, name, thread }) => ({ kind: thread ? 'thread' : 'channel', id, name })),
  ]
}

/** How many of each there are, in one guild or everywhere, so that a test can see that nothing was added or taken away. */
export function tally({ store, hub }: Discord, guild?: string) {
  const isHere = (channel: ChannelRow | undefined): boolean =>
    channel !== undefined && (guild === undefined || channel.guildId === guild)
  const messages = [...store.data.messages.values()].filter(({ channelId }) => isHere(store.data.channels.get(channelId)))
  const channels = [...store.data.channels.values()].filter(isHere)
  return {
    messages: messages.length,
    reactions: messages.reduce((all, { reactions }) => all + reactions.reduce((sum, { users }) => sum + users.length, 0), 0),
    files: messages.reduce((all, { attachments }) => all + attachments.length, 0),
    channels: channels.filter(({ thread, guildId }) => !thread && guildId !== null).length,
    threads: channels.filter(({ thread }) => thread).length,
    directs: channels.filter(({ guildId }) => guildId === null).length,
    sessions: hub.sessions.size,
  }
}
