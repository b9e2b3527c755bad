import type { ChannelRow, TeamRow } from './model'
import { addChannel, addUser, type NewMessage, newMessage } from './rows'
import type { SlackStore } from './store'
import { kept } from './text'

const PEOPLE: readonly [string, string, string][] = [
  ['maya', 'Maya Ito', 'Facilities'],
  ['tom.reyes', 'Tom Reyes', 'Support'],
  ['oona', 'Oona Virtanen', 'Engineering'],
  ['paulo', 'Paulo Dias', 'Design'],
  ['imke', 'Imke de Boer', 'People'],
]
const CHANNELS = ['random', 'releases', 'help-desk', 'lunch', 'support-de', 'design', 'ops', 'reading-club']
const TALK = [
  'Has anybody seen the key of the bicycle shed? :key:',
  'It hangs in the kitchen, next to the fridge.',
  'Found it, thank you! :tada:',
  'The next release goes out on Thursday, see https://example.com/releases',
  'Lunch at noon? There is soup & bread.',
  'I’m in.',
  'Somebody left an umbrella in the meeting room.',
]

/** Fills a workspace with people, channels, and some messages in the channels to which the suite writes. */
export function addSample(store: SlackStore, team: TeamRow, channel: ChannelRow): void {
  const people = PEOPLE.map(([name, realName, title]) => {
    const email = `${name}@${team.domain}.example.com`
    return addUser(store, team, { name, realName, displayName: name.split('.')[0] ?? name, title, email })
  })
  for (const [at, name] of CHANNELS.entries()) {
    const members = people.slice(at % people.length).map(({ id }) => id)
    const kind = at === 4 ? 'private' : 'public'
    const creator = members[0] ?? ''
    addChannel(store, { teamId: team.id, kind, name, creator, members, archived: name === 'reading-club' })
  }
  for (const one of store.channels(team.id))
    if (one.general || one === channel) for (const { id } of people) arrive(store, one, id)
  for (const [at, text] of TALK.entries()) say(store, channel, { userId: people[at % people.length]?.id ?? '', text: kept(text) })
}

/** Adds a user to the channel, with Slack's own message there. */
function arrive(store: SlackStore, channel: ChannelRow, userId: string): void {
  channel.members.push(userId)
  say(store, channel, { userId, subtype: 'channel_join', text: `<@${userId}> has joined the channel` })
}

/** Stores the message without sending events: for history that is older than any connection. */
function say(store: SlackStore, { id: channelId }: ChannelRow, message: Omit<NewMessage, 'channelId'>): void {
  store.addMessage(newMessage(store, { channelId, ...message }))
}
