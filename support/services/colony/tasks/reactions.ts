import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import { allAtOnce } from '../../../http/concurrency'
import type { Reaction } from '../contract'
import type { ColonyState } from '../state'
import type { Item } from '../words'
import { idOf } from './items'

type Target = { post_id: string } | { comment_id: string }

function targetOf(state: ColonyState, item: Item): Target {
  const id = idOf(state, item)
  return item.kind === 'comment' ? { comment_id: id } : { post_id: id }
}

/** The target of a reaction, as in the journal; the text contains the run id. */
function placeOf(state: ColonyState, item: Item): { place: string; text: string } {
  const name = item.kind === 'post' || item.kind === 'comment' ? (item.name ?? '') : ''
  const text = item.kind === 'comment' ? state.comments.recall(name).body : state.posts.recall(name).title
  return { place: `${item.kind}:${idOf(state, item)}`, text }
}

/** Adds the reactions of all people at the same time. The service has one call that adds and removes: a reaction that exists is toggled twice. */
export async function add(state: ColonyState, people: readonly string[], emojis: readonly string[], item: Item): Promise<void> {
  await allAtOnce(people.flatMap((who) => emojis.map((emoji) => toggle(state, who, item, keyOf(emoji), true))))
}

export async function remove(state: ColonyState, who: string, emojis: readonly string[], item: Item): Promise<void> {
  for (const emoji of emojis) await toggle(state, who, item, keyOf(emoji), false)
}

async function toggle(state: ColonyState, who: string, item: Item, emoji: string, isOn: boolean): Promise<void> {
  const colony = await state.as(who)
  const target = targetOf(state, item)
  const { place, text } = placeOf(state, item)
  noteReaction(state, place, emoji, who)
  const creation = { by: who, data: { account: await colony.accountId(), target: place, emoji } }
  await state.world.undo.create('colony.reaction', `${emoji} on "${text}"`, creation, async () => {
    expectToggled(state, place, await colony.toggleReaction(target, emoji), { emoji, isOn })
    return { id: place }
  })
}

function noteReaction(state: ColonyState, place: string, emoji: string, who: string): void {
  const emojis = state.reactions.get(place) ?? new Map<string, Set<string>>()
  state.reactions.set(place, emojis.set(emoji, (emojis.get(emoji) ?? new Set<string>()).add(who)))
}

/** The response counts the reaction exactly where it was added; on a sandbox only the scenario's people react. */
function expectToggled(
  state: ColonyState,
  place: string,
  after: readonly Reaction[],
  { emoji, isOn }: { emoji: string; isOn: boolean },
): void {
  const own = after.filter((reaction) => reaction.emoji === emoji)
  expect(
    own.some(({ user_reacted }) => user_reacted),
    `the own reaction ${emoji} after the call`,
  ).to.equal(isOn)
  expect(own.length, `entries for ${emoji}`).to.be.at.most(1)
  for (const { emoji: key, count } of after) {
    const most = state.world.access.isLive ? Number.POSITIVE_INFINITY : (state.reactions.get(place)?.get(key)?.size ?? 0)
    expect(count, `reactions with ${key}`).to.be.within(1, most)
  }
}

/** Of the emojis that this scenario used: live, other scenarios may react to the same post at the same time. */
export async function expectReactions(
  state: ColonyState,
  people: readonly string[],
  item: Item,
  emojis: readonly string[],
): Promise<void> {
  const [reader = ''] = people
  const colony = await state.as(reader)
  const target = targetOf(state, item)
  const expected = emojis.map(keyOf)
  const usernames = await Promise.all(people.map(async (who) => (await state.identity(who)).username))
  await eventually(async () => {
    for (const emoji of state.reactions.get(placeOf(state, item).place)?.keys() ?? []) {
      const reported = await colony.reactors(target, emoji)
      if (reported.emoji !== undefined) expect(reported.emoji, 'the reaction of which the accounts are listed').to.equal(emoji)
      const own = reported.usernames.filter((username) => usernames.includes(username))
      const found = state.world.access.isLive ? own : reported.usernames
      expect(found, `who reacted with ${emoji}`).to.have.members(expected.includes(emoji) ? usernames : [])
    }
  })
}

/** "thumbs up" is `thumbs_up` to the service. */
function keyOf(words: string): string {
  return words.replaceAll(' ', '_')
}
