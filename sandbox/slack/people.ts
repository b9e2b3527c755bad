import { newMessage } from './channels'
import type { ChannelRow, TeamRow, UserRow } from './model'
import type { SlackStore } from './store'
import { kept } from './text'

/** Somebody of a workspace; whatever is not told of them is as it is with most. */
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

/** Somebody is in the channel from now on, which Slack itself says there. */
export function arrive(store: SlackStore, channel: ChannelRow, userId: string): void {
  channel.members.push(userId)
  const text = `<@${userId}> has joined the channel`
  store.addMessage(newMessage(store, { channelId: channel.id, userId, subtype: 'channel_join', text }))
}

/** Says it without telling anybody: for what was said before anybody listened. */
export function say(store: SlackStore, channel: ChannelRow, userId: string, text: string): void {
  store.addMessage(newMessage(store, { channelId: channel.id, userId, text: kept(text) }))
}
