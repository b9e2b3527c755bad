import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import { plain } from '../../../chat/content'
import { journalData } from '../../../chat/proof'
import type { ChatState } from '../../../chat/state'
import { BOT, expectAsMeant, expectationOf, rememberSent, reread } from '../../../chat/tasks/send'
import { SandboxPeople } from '../../people'
import { SlackChat } from '../adapter'
import { SlackApi } from '../api'
import * as contract from '../contract'
import type { Circumstances, TokenOf } from '../parameter-types'
import { toChatMessage } from '../parse'

/** The adapter of the scenario, with Slack's own methods. */
export async function slackOf(state: ChatState): Promise<SlackChat> {
  const chat = await state.chat()
  if (!(chat instanceof SlackChat)) throw new Error('This step is for Slack only.')
  return chat
}

/** The sandbox creates Ada, her app and the channel in this way; they must not have been used before. */
export async function arrange(state: ChatState, circumstances: Circumstances): Promise<void> {
  const { people } = state.world.access
  if (!(people instanceof SandboxPeople))
    throw new Error('Live, channels and scopes cannot be changed: the scenario must be tagged @sandbox-only.')
  await people.make(BOT, circumstances)
}

export async function endToken(state: ChatState, tokenState: string): Promise<void> {
  const slack = await slackOf(state)
  await state.world.access.control?.post('/tokens', { token: slack.api.token, state: tokenState })
}

/** Ben's token is used for the call that opens connections of apps, every other token for `auth.test`. */
export async function tryToken(state: ChatState, which: TokenOf): Promise<void> {
  const { access } = state.world
  const [{ appToken, botToken }, { userToken }] = await Promise.all([access.people.person(BOT), access.people.person('Ben')])
  const tokens: Readonly<Record<TokenOf, string | undefined>> = {
    'no token': undefined,
    'an unknown token': 'xoxb-unknown',
    'the app-level token': appToken,
    "Ben's user token": userToken,
    'her token': botToken,
  }
  const method = which === "Ben's user token" ? 'apps.connections.open' : 'auth.test'
  await state.world.attempt(() => new SlackApi(access, tokens[which]).call(method, {}, contract.done, 'a sign-in'))
}

/** The second block has an unknown type. A message that is accepted unexpectedly is deleted. */
export async function tryUnknownBlock(state: ChatState): Promise<void> {
  const slack = await slackOf(state)
  const { undo, access } = state.world
  const blocks = [{ type: 'divider' }, { type: 'rhombus' }]
  const place = await slack.channel()
  const creation = { by: BOT, data: await journalData(slack, place) }
  const send = async (text: string) => {
    const args = { channel: place.id, text, blocks }
    return { id: (await slack.api.call('chat.postMessage', args, contract.posted, 'a message that was sent')).ts }
  }
  await state.world.attempt(() => undo.create('slack.message', access.unique('May I say this?'), creation, send))
}

export async function broadcastReply(state: ChatState, to: string, text: string): Promise<void> {
  const { access } = state.world
  const slack = await slackOf(state)
  const { message: parent, expected: original } = state.sent.recall(to)
  const creation = { by: BOT, data: await journalData(slack, parent.place) }
  const name = access.unique(text)
  const details = { subtype: 'thread_broadcast', parent_user_id: parent.author }
  const expected = expectationOf(slack, { by: BOT, place: original.place, content: plain(name), replyTo: parent, details })
  const message = await access.undo.create('slack.message', name, creation, async (marked) => {
    const args = { channel: parent.place.id, thread_ts: parent.id, reply_broadcast: true, text: slack.escape(marked) }
    const response = await slack.api.call('chat.postMessage', args, contract.posted, 'a message that was sent')
    expect(response.channel, 'the channel in the response').to.equal(args.channel)
    return toChatMessage(response.message, original.place, (await slack.me()).id)
  })
  await rememberSent(state, text, { expected, message })
}

/** The same message in the channel and in the thread, as it was sent. */
export async function expectInBoth(state: ChatState, text: string, to: string): Promise<void> {
  const slack = await slackOf(state)
  const { message, expected } = state.sent.recall(text)
  const parent = state.sent.recall(to).message
  const thread = await slack.thread(parent)
  await eventually(async () => {
    for (const place of [await slack.channel(), thread]) {
      const found = (await slack.history(place, { limit: 50 })).find(({ id }) => id === message.id)
      expect(found?.id, `"${text}" in the ${place.kind}`).to.equal(message.id)
      if (found) await expectAsMeant(state, found, { ...expected, place }, `"${text}" in the ${place.kind}`)
      expect(found?.replyTo, `the message that "${text}" replies to`).to.equal(parent.id)
    }
  })
}

/** The number of replies in the message itself. */
export async function expectReplyCount(state: ChatState, text: string, count: number): Promise<void> {
  const slack = await slackOf(state)
  const { message } = state.sent.recall(text)
  await eventually(async () => {
    const args = { channel: message.place.id, latest: message.id, inclusive: true, limit: 1 }
    const { messages } = await slack.api.call('conversations.history', args, contract.messages, 'the history')
    expect(messages[0]?.ts, `the id of "${text}"`).to.equal(message.id)
    expect(messages[0]?.reply_count, `the number of replies of "${text}"`).to.equal(count)
  })
}

/** The permalink has the workspace's address, with the conversation and the message in its path. */
export async function expectPermalink(state: ChatState, text: string): Promise<void> {
  const slack = await slackOf(state)
  const { id, place } = await reread(state, text)
  const { url } = await slack.directory.identity()
  const args = { channel: place.id, message_ts: id }
  const { permalink, channel } = await slack.api.call('chat.getPermalink', args, contract.link, 'a link')
  expect(channel, `the channel of the permalink of "${text}"`).to.equal(place.id)
  expect(permalink, `the permalink of "${text}"`).to.equal(new URL(`/archives/${place.id}/p${id.replace('.', '')}`, url).href)
}
