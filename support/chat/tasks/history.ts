import { expect } from 'chai'
import { eventually } from '../../assertions/eventually'
import type { ChatMessage, Window } from '../adapter'
import type { Content } from '../content'
import type { ChatScene } from '../state'
import { BOT, say } from './send'

/** Reads the latest messages of the channel, or those right before or after one of the scenario's. */
export async function readHistory(scene: ChatScene, limit: number, side?: 'before' | 'after', text = ''): Promise<void> {
  const chat = await scene.chat()
  const window: Window = side ? { limit, [side]: scene.said.recall(text).message } : { limit }
  scene.shown = await chat.history(await chat.channel(), window)
}

export async function tryToReadHistory(scene: ChatScene, limit: number): Promise<void> {
  await scene.world.attempt(() => readHistory(scene, limit))
}

export async function tryToReadHistoryOfNowhere(scene: ChatScene): Promise<void> {
  const chat = await scene.chat()
  await scene.world.attempt(() => chat.history({ kind: 'channel', id: chat.nobodys.channel }, { limit: 1 }))
}

/** These stand among what was read, newest first, whatever others may have written in between. */
export async function expectShown(scene: ChatScene, texts: readonly string[]): Promise<void> {
  const ids = texts.map((text) => scene.said.recall(text).message.id)
  const chat = await scene.chat()
  await eventually(async () => {
    const shown = scene.shown.map(({ id }) => id).filter((id) => ids.includes(id))
    if (shown.length < ids.length)
      scene.shown = await chat.history(await chat.channel(), { limit: Math.max(10, scene.shown.length) })
    expect(shown, 'those of the scenario among what was read, newest first').to.deep.equal(ids)
  })
}

/** Exactly these, and nothing else; where strangers have written in between, none of the scenario's that lie elsewhere. */
export function expectExactlyShown(scene: ChatScene, texts: readonly string[]): void {
  const ids = texts.map((text) => scene.said.recall(text).message.id)
  const own = new Set(scene.said.all().map(({ message }) => message.id))
  const shown = scene.shown.map(({ id }) => id)
  const crowded = scene.world.access.isLive && shown.some((id) => !own.has(id))
  const expected = crowded ? ids.filter((id) => shown.includes(id)) : ids
  expect(crowded ? shown.filter((id) => own.has(id)) : shown, 'all that was read, newest first').to.deep.equal(expected)
}

export function expectCount(scene: ChatScene, most: number): void {
  expect(scene.shown.length, 'how many messages were read').to.be.within(1, most)
  for (const message of scene.shown) expect(message.id, 'the id of a message').to.not.equal('')
  expect(
    scene.shown.map(({ sentAt }) => sentAt),
    'when they were sent, newest first',
  ).to.deep.equal(scene.shown.map(({ sentAt }) => sentAt).sort((one, other) => other - one))
}

export function expectNothingShown(scene: ChatScene): void {
  expect(
    scene.shown.map(({ text }) => text),
    'what was read',
  ).to.deep.equal([])
}

/** Says it again in the channel, naming where it comes from, as people do who pass something on. */
export async function forward(scene: ChatScene, text: string, as: string): Promise<void> {
  const chat = await scene.chat()
  const { message } = scene.said.recall(text)
  const [place, author] = await Promise.all([chat.channel(), chat.fetchPerson(message.author)])
  const content = (marked: string): Content => [
    { kind: 'text', text: `📤 ${marked}` },
    { kind: 'break' },
    { kind: 'text', text: message.text },
    { kind: 'break' },
    { kind: 'italic', text: `Forwarded from #${place.name} by ${author.displayName}` },
  ]
  await say(scene, BOT, as, { content })
}

export async function expectForwarded(scene: ChatScene, as: string, text: string): Promise<void> {
  const chat = await scene.chat()
  const original = scene.said.recall(text).message
  const [place, author] = await Promise.all([chat.channel(), chat.fetchPerson(original.author)])
  const copy = scene.said.recall(as).message
  await eventually(async () => {
    const there = (await chat.read(copy.place, copy.id)) as ChatMessage
    expect(there.id, 'the id of the copy').to.not.equal(original.id)
    expect(there.text, 'what was passed on').to.include(original.text)
    expect(there.text, 'where it says it comes from').to.include(place.name).and.to.include(author.displayName)
  })
}
