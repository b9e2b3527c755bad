import type { ChatState } from '../../../chat/state'
import { unknownMessage, tryToSay } from '../../../chat/tasks/send'
import { MissingOptional } from '../../../config/errors'
import { SandboxPeople } from '../../../run/people'
import type { SlackChat } from '../adapter'
import * as contract from '../contract'
import { slackOf } from './slack'

const DAY = 86_400

/** Another channel that everybody may join: made on a sandbox, found live. */
export async function findChannelWithoutAda(state: ChatState): Promise<void> {
  const { access } = state.world
  const slack = await slackOf(state)
  // Without leave to read what stands in channels, the other would be refused for want of it.
  await slack.history(await slack.channel(), { limit: 1 })
  if (access.control) {
    const { teamId } = await access.people.person('Ada')
    await access.control.post('/channels', { teamId, name: 'elsewhere' })
  }
  const isElsewhere = ({ is_member, is_archived }: contract.ListedChannel): boolean => !is_member && !is_archived
  const pages = { schema: contract.channels, items: ({ channels }: { channels: contract.ListedChannel[] }) => channels }
  const all = await slack.api.walk('conversations.list', { exclude_archived: true }, { ...pages, enough: isElsewhere })
  const found = all.find(isElsewhere)
  if (!found) throw new MissingOptional('the bot is in every public channel', 'a public channel that the bot is not in')
  state.place = await slack.fetchChannel(found.id)
}

export async function tryToReadThere(state: ChatState): Promise<void> {
  const slack = await slackOf(state)
  const { place } = state
  if (!place) throw new Error('No other channel was found before.')
  await state.world.attempt(() => slack.history(place, { limit: 1 }))
}

/** On a sandbox Ada's app brings somebody in who was not there before; live, whoever came in at some time will do. */
export async function bringIn(state: ChatState, name: string): Promise<void> {
  const { people } = state.world.access
  if (!(people instanceof SandboxPeople)) return
  const slack = await slackOf(state)
  const [{ id: channel }, { userId }] = await Promise.all([slack.channel(), people.make(name, { outside: true })])
  await slack.api.call('conversations.invite', { channel, users: userId }, contract.done, 'an invitation')
}

/** What Slack itself says when somebody joins takes no replies; were one taken, it would be taken back. */
export async function tryToReplyToArrival(state: ChatState): Promise<void> {
  const slack = await slackOf(state)
  const arrival = { ...(await unknownMessage(slack)), id: await arrivalIn(slack) }
  await tryToSay(state, 'Welcome', { options: { replyTo: arrival } })
}

/** Among the latest messages, or those of the channel's first day, when its maker came in. @returns the message's `ts` */
async function arrivalIn(slack: SlackChat): Promise<string> {
  const { id: channel } = await slack.channel()
  const { channel: described } = await slack.api.call('conversations.info', { channel }, contract.oneChannel, 'a channel')
  for (const window of [{}, { latest: String(described.created + DAY) }]) {
    const args = { channel, limit: 200, ...window }
    const { messages } = await slack.api.call('conversations.history', args, contract.messages, 'the history')
    const arrival = messages.find(({ subtype }) => subtype === 'channel_join')
    if (arrival) return arrival.ts
  }
  throw new MissingOptional('nobody is seen to have joined the channel', 'somebody who joins the channel')
}
