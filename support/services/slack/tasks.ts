import { expect } from 'chai'
import { journalData, keepUniqueId } from '../../chat/proof'
import type { ChatScene } from '../../chat/scene'
import { BOT, expectOf, reread } from '../../chat/tasks'
import { eventually } from '../../core/eventually'
import { SandboxPeople } from '../../core/people'
import { SlackAdapter } from './adapter'
import { SlackApi } from './api'
import * as contract from './contract'
import type { Pass, Wishes } from './parameter-types'

/** The scenario's Slack, with what no other platform has. */
export async function slackOf(scene: ChatScene): Promise<SlackAdapter> {
  const chat = await scene.chat()
  if (!(chat instanceof SlackAdapter)) throw new Error('These steps are for Slack alone.')
  return chat
}

/** Before anybody is met: the sandbox makes Ada, her app and the channel the way they are to be found. */
export async function arrange(scene: ChatScene, wishes: Wishes): Promise<void> {
  const { people } = scene.world.access
  if (!(people instanceof SandboxPeople)) throw new Error('Only a sandbox can be arranged.')
  await people.make(BOT, wishes)
}

export async function endToken(scene: ChatScene, state: string): Promise<void> {
  const slack = await slackOf(scene)
  await scene.world.access.powers?.post('/tokens', { token: slack.api.token, state })
}

export async function tryToSignIn(scene: ChatScene): Promise<void> {
  const { api } = await slackOf(scene)
  await scene.world.attempt(() => api.call('auth.test', {}, contract.identity, 'who the bot is'))
}

/** The bot's own call, and the one for connections, with a pass that is not theirs. */
export async function tryPass(scene: ChatScene, pass: Pass): Promise<void> {
  const { access } = scene.world
  const [{ appToken }, { userToken }] = await Promise.all([access.people.person('Ada'), access.people.person('Ben')])
  const tokens = {
    'no token': undefined,
    'a made-up token': 'xoxb-made-up',
    'the token of the app': appToken,
    'the token of Ben': userToken,
  }
  const method = pass === 'the token of Ben' ? 'apps.connections.open' : 'auth.test'
  await scene.world.attempt(() => new SlackApi(access, tokens[pass]).call(method, {}, contract.done, 'a sign-in'))
}

/** A layout whose second part Slack has never heard of. Were it taken, the message would be taken back. */
export async function tryToSendBadLayout(scene: ChatScene): Promise<void> {
  const slack = await slackOf(scene)
  const { undo, access } = scene.world
  const blocks = [{ type: 'divider' }, { type: 'rhombus' }]
  const place = await slack.channel()
  const creation = { by: BOT, data: await journalData(slack, place) }
  const send = async (text: string) => {
    const args = { channel: place.id, text, blocks }
    return { id: (await slack.api.call('chat.postMessage', args, contract.posted, 'a message that was sent')).ts }
  }
  await scene.world.attempt(() => undo.create('slack.message', access.unique('May I say this?'), creation, send))
}

export async function tryToChangeToTooMuch(scene: ChatScene, text: string): Promise<void> {
  const slack = await slackOf(scene)
  const { message } = scene.said.recall(text)
  const content = [{ kind: 'text' as const, text: keepUniqueId('x'.repeat(slack.longestMessage + 1), message) }]
  await scene.world.attempt(() => slack.edit(message, content))
}

/** On a sandbox only, for live it would reach everybody. */
export async function callOut(scene: ChatScene, audience: string, text: string): Promise<void> {
  const { access } = scene.world
  if (access.isLive) throw new Error('Everybody is called on a sandbox only.')
  const slack = await slackOf(scene)
  const place = await slack.channel()
  const creation = { by: BOT, data: await journalData(slack, place) }
  const message = await access.undo.create('slack.message', access.unique(text), creation, async (marked) => {
    const args = { channel: place.id, text: `<!${audience}> ${slack.escape(marked)}` }
    const { ts } = await slack.api.call('chat.postMessage', args, contract.posted, 'a message that was sent')
    return readBack(slack, ts)
  })
  scene.said.remember(text, { by: BOT, content: [], message })
}

export async function expectCalledOut(scene: ChatScene, text: string, audience: string): Promise<void> {
  await expectOf(scene, text, ({ markup, mentionsEverybody }) => {
    expect(markup, `the markup of "${text}"`).to.include(`<!${audience}>`)
    expect(mentionsEverybody, `that "${text}" calls on everybody`).to.equal(true)
  })
}

async function readBack(slack: SlackAdapter, ts: string) {
  const there = await slack.read(await slack.channel(), ts)
  if (!there) throw new Error('The message that was sent is not there.')
  return there
}

export async function replyToAll(scene: ChatScene, text: string, answer: string): Promise<void> {
  const { access } = scene.world
  const slack = await slackOf(scene)
  const { message: parent } = scene.said.recall(text)
  const creation = { by: BOT, data: await journalData(slack, parent.place) }
  const message = await access.undo.create('slack.message', access.unique(answer), creation, async (marked) => {
    const args = { channel: parent.place.id, thread_ts: parent.id, reply_broadcast: true, text: slack.escape(marked) }
    const { ts } = await slack.api.call('chat.postMessage', args, contract.posted, 'a reply that was sent')
    return readBack(slack, ts)
  })
  scene.said.remember(answer, { by: BOT, content: [], message })
}

/** In the channel itself and in the thread, the one message. */
export async function expectInBoth(scene: ChatScene, answer: string, text: string): Promise<void> {
  const slack = await slackOf(scene)
  const { message } = scene.said.recall(answer)
  const thread = await slack.thread(scene.said.recall(text).message)
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
export async function expectReplyCount(scene: ChatScene, text: string, count: number): Promise<void> {
  const slack = await slackOf(scene)
  const { message } = scene.said.recall(text)
  await eventually(async () => {
    const args = { channel: message.place.id, latest: message.id, inclusive: true, limit: 1 }
    const { messages } = await slack.api.call('conversations.history', args, contract.messages, 'the history')
    expect(messages[0]?.ts, `where "${text}" stands`).to.equal(message.id)
    expect(messages[0]?.reply_count, `how many replies "${text}" counts`).to.equal(count)
  })
}

export async function expectLink(scene: ChatScene, text: string): Promise<void> {
  const slack = await slackOf(scene)
  const { id, place } = await reread(scene, text)
  const args = { channel: place.id, message_ts: id }
  const { permalink } = await slack.api.call('chat.getPermalink', args, contract.link, 'a link')
  expect(permalink, `the link to "${text}"`)
    .to.include(place.id)
    .and.to.include(`p${id.replace('.', '')}`)
}

export async function tryUnknownEmoji(scene: ChatScene, text: string): Promise<void> {
  const { api } = await slackOf(scene)
  const { message } = scene.said.recall(text)
  const args = { channel: message.place.id, timestamp: message.id, name: 'no_emoji_is_called_this' }
  await scene.world.attempt(() => api.call('reactions.add', args, contract.done, 'a reaction'))
}
