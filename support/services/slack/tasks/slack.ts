import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import { journalData, keepUniqueId } from '../../../chat/proof'
import type { ChatState } from '../../../chat/state'
import { BOT, expectOf, reread } from '../../../chat/tasks/send'
import { SandboxPeople } from '../../../run/people'
import { SlackChat } from '../adapter'
import { SlackApi } from '../api'
import * as contract from '../contract'
import type { Pass, Wishes } from '../parameter-types'

/** The scenario's Slack, with what no other platform has. */
export async function slackOf(state: ChatState): Promise<SlackChat> {
  const chat = await state.chat()
  if (!(chat instanceof SlackChat)) throw new Error('These steps are for Slack alone.')
  return chat
}

/** Before anybody is met: the sandbox makes Ada, her app and the channel the way they are to be found. */
export async function arrange(state: ChatState, wishes: Wishes): Promise<void> {
  const { people } = state.world.access
  if (!(people instanceof SandboxPeople)) throw new Error('Only a sandbox can be arranged.')
  await people.make(BOT, wishes)
}

export async function endToken(state: ChatState, tokenState: string): Promise<void> {
  const slack = await slackOf(state)
  await state.world.access.control?.post('/tokens', { token: slack.api.token, state: tokenState })
}

export async function tryToSignIn(state: ChatState): Promise<void> {
  const { api } = await slackOf(state)
  await state.world.attempt(() => api.call('auth.test', {}, contract.identity, 'who the bot is'))
}

/** The bot's own call, and the one for connections, with a pass that is not theirs. */
export async function tryPass(state: ChatState, pass: Pass): Promise<void> {
  const { access } = state.world
  const [{ appToken }, { userToken }] = await Promise.all([access.people.person('Ada'), access.people.person('Ben')])
  const tokens = {
    'no token': undefined,
    'a made-up token': 'xoxb-made-up',
    'the token of the app': appToken,
    'the token of Ben': userToken,
  }
  const method = pass === 'the token of Ben' ? 'apps.connections.open' : 'auth.test'
  await state.world.attempt(() => new SlackApi(access, tokens[pass]).call(method, {}, contract.done, 'a sign-in'))
}

/** A layout whose second part Slack has never heard of. Were it taken, the message would be taken back. */
export async function tryToSendBadLayout(state: ChatState): Promise<void> {
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

export async function tryToChangeToTooMuch(state: ChatState, text: string): Promise<void> {
  const slack = await slackOf(state)
  const { message } = state.said.recall(text)
  const content = [{ kind: 'text' as const, text: keepUniqueId('x'.repeat(slack.longestMessage + 1), message) }]
  await state.world.attempt(() => slack.edit(message, content))
}

/** On a sandbox only, for live it would reach everybody. */
export async function callOut(state: ChatState, audience: string, text: string): Promise<void> {
  const { access } = state.world
  if (access.isLive) throw new Error('Everybody is called on a sandbox only.')
  const slack = await slackOf(state)
  const place = await slack.channel()
  const creation = { by: BOT, data: await journalData(slack, place) }
  const message = await access.undo.create('slack.message', access.unique(text), creation, async (marked) => {
    const args = { channel: place.id, text: `<!${audience}> ${slack.escape(marked)}` }
    const { ts } = await slack.api.call('chat.postMessage', args, contract.posted, 'a message that was sent')
    return readBack(slack, ts)
  })
  state.said.remember(text, { by: BOT, content: [], message })
}

export async function expectCalledOut(state: ChatState, text: string, audience: string): Promise<void> {
  await expectOf(state, text, ({ markup, mentionsEveryone }) => {
    expect(markup, `the markup of "${text}"`).to.include(`<!${audience}>`)
    expect(mentionsEveryone, `that "${text}" calls on everybody`).to.equal(true)
  })
}

async function readBack(slack: SlackChat, ts: string) {
  const there = await slack.read(await slack.channel(), ts)
  if (!there) throw new Error('The message that was sent is not there.')
  return there
}

export async function replyToAll(state: ChatState, text: string, answer: string): Promise<void> {
  const { access } = state.world
  const slack = await slackOf(state)
  const { message: parent } = state.said.recall(text)
  const creation = { by: BOT, data: await journalData(slack, parent.place) }
  const message = await access.undo.create('slack.message', access.unique(answer), creation, async (marked) => {
    const args = { channel: parent.place.id, thread_ts: parent.id, reply_broadcast: true, text: slack.escape(marked) }
    const { ts } = await slack.api.call('chat.postMessage', args, contract.posted, 'a reply that was sent')
    return readBack(slack, ts)
  })
  state.said.remember(answer, { by: BOT, content: [], message })
}

/** In the channel itself and in the thread, the one message. */
export async function expectInBoth(state: ChatState, answer: string, text: string): Promise<void> {
  const slack = await slackOf(state)
  const { message } = state.said.recall(answer)
  const thread = await slack.thread(state.said.recall(text).message)
  await eventually(async () => {
    const [channel, below] = await Promise.all([
      slack.history(message.place, { limit: 20 }),
      slack.history(thread, { limit: 20 }),
    ])
    expect(
      channel.map(({ id }) => id),
      'what stands in the channel',
    ).to.include(message.id)
    expect(
      below.map(({ id }) => id),
      'what stands in the thread',
    ).to.include(message.id)
  })
}

/** How many replies the message itself counts. */
export async function expectReplyCount(state: ChatState, text: string, count: number): Promise<void> {
  const slack = await slackOf(state)
  const { message } = state.said.recall(text)
  await eventually(async () => {
    const args = { channel: message.place.id, latest: message.id, inclusive: true, limit: 1 }
    const { messages } = await slack.api.call('conversations.history', args, contract.messages, 'the history')
    expect(messages[0]?.ts, `where "${text}" stands`).to.equal(message.id)
    expect(messages[0]?.reply_count, `how many replies "${text}" counts`).to.equal(count)
  })
}

export async function expectLink(state: ChatState, text: string): Promise<void> {
  const slack = await slackOf(state)
  const { id, place } = await reread(state, text)
  const args = { channel: place.id, message_ts: id }
  const { permalink } = await slack.api.call('chat.getPermalink', args, contract.link, 'a link')
  expect(permalink, `the link to "${text}"`)
    .to.include(place.id)
    .and.to.include(`p${id.replace('.', '')}`)
}

export async function tryUnknownEmoji(state: ChatState, text: string): Promise<void> {
  const { api } = await slackOf(state)
  const { message } = state.said.recall(text)
  const args = { channel: message.place.id, timestamp: message.id, name: 'no_emoji_is_called_this' }
  await state.world.attempt(() => api.call('reactions.add', args, contract.done, 'a reaction'))
}
