import { newMessage } from './channels'
import type { ChannelRow, TeamRow, UserRow } from './model'
import type { SlackStore } from './store'
import { kept } from './text'

/** A user of a workspace, with defaults for all fields that are not given. */
export function addUser(
  store: SlackStore,
  team: TeamRow,
  fields: Partial<UserRow> & Pick<UserRow, 'name' | 'realName'>,
): UserRow {
  return store.addUser({
    id: store.id('U'),
    teamId: team.id,
    displayName: '',
    email: null,
    title: '',
    phone: '',
    pronouns: '',
    statusText: '',
    statusEmoji: '',
    statusExpiration: 0,
    fields: {},
    isBot: false,
    isAdmin: false,
    isOwner: false,
    deleted: false,
    invisible: false,
    presence: 'active',
    manualAway: false,
    botId: null,
    appId: null,
    alwaysActive: false,
    updated: store.now(),
    ...fields,
  })
}

/** Adds a user to the channel, with Slack's own message there. */
export function arrive(store: SlackStore, channel: ChannelRow, userId: string): void {
  channel.members.push(userId)
  const text = `<@${userId}> has joined the channel`
  store.addMessage(newMessage(store, { channelId: channel.id, userId, subtype: 'channel_join', text }))
}

/** Stores the message without sending events: for history that is older than any connection. */
export function say(store: SlackStore, channel: ChannelRow, userId: string, text: string): void {
  store.addMessage(newMessage(store, { channelId: channel.id, userId, text: kept(text) }))
}
