import { expect } from 'chai'
import { eventually } from '../../assertions/eventually'
import { askSomebody } from '../../run/human'
import type { Content, Piece } from '../content'
import type { ChatState } from '../state'
import { BOT, expectOf, say } from './send'

/** People mentioned, and whether the channel is, too. */
export interface Mentioned {
  people?: readonly string[]
  channel?: boolean
}

/** The bot mentions them, and nobody but the people named is notified. */
export async function mention(
  state: ChatState,
  who: string,
  text: string,
  { people = [], channel = false }: Mentioned,
): Promise<void> {
  const chat = await state.chat()
  const accounts = await Promise.all(people.map((name) => chat.person(name)))
  const pieces: Piece[] = accounts.flatMap(({ id, displayName }) => [{ kind: 'mention', id, name: displayName }, blank])
  const place = await chat.channel()
  if (channel) pieces.push({ kind: 'channel', id: place.id, name: place.name }, blank)
  await say(state, who, text, {
    content: (marked): Content => [...pieces, { kind: 'text', text: marked }],
    options: { notify: accounts.map(({ id }) => id) },
  })
}

const blank: Piece = { kind: 'text', text: ' ' }

/** On a sandbox only: the task does not run live whatever a feature says. */
export async function mentionEverybody(state: ChatState, text: string): Promise<void> {
  if (state.world.access.isLive) throw new Error('Everybody is mentioned on a sandbox only.')
  await say(state, BOT, text, { content: (marked) => [{ kind: 'everybody' }, blank, { kind: 'text', text: marked }] })
}

export async function expectMentions(state: ChatState, text: string, name: string): Promise<void> {
  const { id } = await (await state.chat()).person(name)
  await expectOf(state, text, ({ mentions }) => expect(mentions, `whom "${text}" mentions`).to.include(id))
}

export async function expectMentionsNobody(state: ChatState, text: string): Promise<void> {
  await expectOf(state, text, ({ mentions, mentionsEverybody }) => {
    expect(mentions, `whom "${text}" mentions`).to.deep.equal([])
    expect(mentionsEverybody, `that "${text}" mentions everybody`).to.equal(false)
  })
}

export async function expectMentionsChannel(state: ChatState, text: string): Promise<void> {
  const { id } = await (await state.chat()).channel()
  await expectOf(state, text, ({ channels }) => expect(channels, `the channels "${text}" mentions`).to.include(id))
}

export async function expectMentionsEverybody(state: ChatState, text: string): Promise<void> {
  await expectOf(state, text, ({ mentionsEverybody }) => {
    expect(mentionsEverybody, `that "${text}" mentions everybody`).to.equal(true)
  })
}

/** From now on the bot hears what is said in the channel. */
export async function listen(state: ChatState, who: string): Promise<void> {
  const chat = await state.chat()
  const inbox = await chat.listen(await chat.channel())
  state.inboxes.remember(who, inbox)
  state.world.closeAfterScenario(() => inbox.stop())
}

/** The sandbox plays whoever speaks; live, the person at the terminal is asked to. */
export async function mentionTheBot(state: ChatState, by: string, text: string): Promise<void> {
  const chat = await state.chat()
  const bot = await chat.me()
  await letSpeak(state, by, `@${bot.displayName} ${text}`, [
    { kind: 'mention', id: bot.id, name: bot.displayName },
    blank,
    { kind: 'text', text },
  ])
}

/** Says something that is meant for nobody in particular. */
export function speakUp(state: ChatState, by: string, text: string): Promise<void> {
  return letSpeak(state, by, text, [{ kind: 'text', text }])
}

async function letSpeak(state: ChatState, by: string, asTyped: string, content: Content): Promise<void> {
  const chat = await state.chat()
  const place = await chat.channel()
  state.patience = askSomebody(state.world, `write in #${place.name}, as anybody but the bot: ${asTyped}`)
  if (!state.world.access.isLive) await chat.speakAs(by, place, content)
}

/** A message of somebody else came in. Live, whoever answers may choose other words. */
export async function expectHeard(state: ChatState, who: string, text: string): Promise<void> {
  const { isLive } = state.world.access
  const bot = await (await state.chat()).me()
  const inbox = state.inboxes.recall(who)
  const found = await eventually(
    () => {
      const others = inbox.heard().filter(({ author }) => author !== bot.id)
      const fitting = others.filter((one) => isLive || one.text.includes(text))
      const words = JSON.stringify(others.map((one) => one.text))
      expect(fitting.length, `messages holding "${text}" among those ${who} hears: ${words}`).to.be.at.least(1)
      return fitting.at(-1)
    },
    { timeout: state.patience },
  )
  if (found) state.heard.remember(text, found)
}

/** Each of these is heard once, in the order in which they were said. */
export async function expectHeardOnce(state: ChatState, who: string, texts: readonly string[]): Promise<void> {
  const inbox = state.inboxes.recall(who)
  await eventually(() => {
    const heard = inbox.heard().flatMap(({ text }) => texts.filter((one) => text.includes(one)))
    expect(heard, `what ${who} heard`).to.deep.equal(texts)
  })
}

export async function expectHeardMention(state: ChatState, text: string): Promise<void> {
  const bot = await (await state.chat()).me()
  expect(state.heard.recall(text).mentions, 'whom the message that was heard mentions').to.include(bot.id)
}

const QUOTED = 100

/**
 * The bot answers with the first hundred characters of what it heard. It replies to a message only if that is the one that was asked
 * for: live, others may have written in between.
 */
export async function quoteBack(state: ChatState, heard: string, text: string): Promise<void> {
  const chat = await state.chat()
  const message = state.heard.recall(heard)
  const mayReply = chat.can.replies === true && message.text.toLowerCase().includes(heard.toLowerCase())
  const quoted = [...message.text].slice(0, QUOTED).join('')
  await say(state, BOT, text, {
    content: (marked) => [
      { kind: 'text', text: `${marked}: ` },
      { kind: 'italic', text: quoted.trim() },
    ],
    options: mayReply ? { replyTo: message } : {},
  })
}
