import { expect } from 'chai'
import { assertAgrees } from '../../../assertions/agreement'
import type { ChatPlace } from '../../../chat/adapter'
import type { ChatState } from '../../../chat/state'
import { tryToSend, unknownMessage } from '../../../chat/tasks/send'
import { MissingOptional } from '../../../config/errors'
import { SandboxPeople } from '../../people'
import type { ServiceAccess } from '../../service'
import type { SlackChat } from '../adapter'
import * as contract from '../contract'
import { channelFields } from '../lookup'
import type { HistoryTarget } from '../parameter-types'
import { slackOf } from './slack'

const DAY = 86_400

/** Another public channel: created on a sandbox, found live. */
async function channelWithoutAda(state: ChatState): Promise<ChatPlace> {
  const { access } = state.world
  const slack = await slackOf(state)
  // Without the scope to read history, the other channel would be refused for that reason.
  await slack.history(await slack.channel(), { limit: 1 })
  const made = await madeElsewhere(access)
  const isElsewhere = ({ is_member, is_archived }: contract.ListedChannel): boolean => !is_member && !is_archived
  const pages = { schema: contract.channels, items: ({ channels }: { channels: contract.ListedChannel[] }) => channels }
  const all = await slack.api.walk('conversations.list', {}, { ...pages, enough: isElsewhere })
  const found = all.find(isElsewhere)
  if (made !== undefined) expect(found?.id, 'the public channel that the bot is not in').to.equal(made)
  if (!found) throw new MissingOptional('the bot is in every public channel', 'a public channel that the bot is not in')
  return slack.fetchChannel(found.id)
}

/** @returns the id of a new channel on a sandbox */
async function madeElsewhere({ control, people }: ServiceAccess): Promise<string | undefined> {
  if (!control) return undefined
  const { teamId } = await people.person('Ada')
  const { channels } = await control.post<{ channels: { id: string }[] }>('/channels', { teamId, name: 'elsewhere' })
  return channels[0]?.id
}

export async function tryToReadHistoryOf(state: ChatState, target: HistoryTarget): Promise<void> {
  const slack = await slackOf(state)
  const unknown: ChatPlace = { kind: 'channel', id: slack.unknownIds.channel }
  const place = target === 'a channel she is not in' ? await channelWithoutAda(state) : unknown
  await state.world.attempt(() => slack.history(place, { limit: 1 }))
}

export async function readInPages(state: ChatState, limit: number, size: number): Promise<void> {
  const slack = await slackOf(state)
  state.history = await slack.historyInPages(await slack.channel(), limit, size)
}

/** On a sandbox Ada's app invites a person who was not in the channel; live, any earlier join message will do. */
export async function bringIn(state: ChatState, name: string): Promise<void> {
  const { people } = state.world.access
  if (!(people instanceof SandboxPeople)) return
  const slack = await slackOf(state)
  const [{ id: channel }, { userId }] = await Promise.all([slack.channel(), people.make(name, { outside: true })])
  const { channel: joined } = await slack.api.call(
    'conversations.invite',
    { channel, users: userId },
    contract.oneChannel,
    'an invitation',
  )
  const described = channelFields(await slack.directory.describedChannel(channel))
  assertAgrees('the channel of an invitation', channelFields(joined), described)
}

/** A reply that is accepted unexpectedly is deleted. */
export async function tryToReplyToJoin(state: ChatState): Promise<void> {
  const slack = await slackOf(state)
  const join = { ...(await unknownMessage(slack)), id: await joinMessageIn(slack) }
  await tryToSend(state, 'Welcome', { options: { replyTo: join } })
}

/** Among the latest messages, or those of the channel's first day, when its creator joined. @returns the message's `ts` */
async function joinMessageIn(slack: SlackChat): Promise<string> {
  const { id: channel } = await slack.channel()
  const { channel: described } = await slack.api.call('conversations.info', { channel }, contract.oneChannel, 'a channel')
  for (const window of [{}, { latest: String(described.created + DAY) }]) {
    const args = { channel, limit: 200, ...window }
    const { messages } = await slack.api.call('conversations.history', args, contract.messages, 'the history')
    const join = messages.find(({ subtype }) => subtype === 'channel_join')
    if (join) return join.ts
  }
  throw new MissingOptional('no join message was found in the channel', 'a person who joins the channel')
}
