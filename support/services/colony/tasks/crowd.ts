import { expect } from 'chai'
import { allAtOnce } from '../../../http/concurrency'
import type { Reaction, User } from '../contract'
import type { ColonyState } from '../state'
import { reactToPost } from './reactions'

/** What several people did at the same moment, and what each was answered. */
export interface Crowd {
  profiles: { who: string; account: string; saw: User }[]
  reactions: { who: string; emoji: string; after: Reaction[] }[]
}

/** All calls leave before any answer is awaited. */
export async function lookAtProfiles(state: ColonyState, people: readonly string[], times: number): Promise<void> {
  const clients = await Promise.all(people.map(async (who) => ({ who, colony: await state.as(who) })))
  const accounts = new Map<string, string>()
  for (const { who, colony } of clients) accounts.set(who, await colony.accountId())
  state.crowd.profiles = await allAtOnce(
    clients.flatMap(({ who, colony }) =>
      Array.from({ length: times }, async () => ({ who, account: accounts.get(who) ?? '', saw: await colony.me() })),
    ),
  )
}

export function expectOwnProfiles(state: ColonyState): void {
  const { profiles } = state.crowd
  expect(new Set(profiles.map(({ account }) => account)).size, 'different people').to.equal(2)
  for (const { who, account, saw } of profiles) expect(saw.id, `whom ${who} saw`).to.equal(account)
}

export async function reactTogether(
  state: ColonyState,
  people: readonly string[],
  emojis: readonly string[],
  title: string,
): Promise<void> {
  const all = people.flatMap((who) => emojis.map((emoji) => ({ who, emoji })))
  state.crowd.reactions = await allAtOnce(
    all.map(async ({ who, emoji }) => ({ who, emoji, after: await reactToPost(state, who, title, emoji) })),
  )
}

/** Each was answered that their reaction stands; whoever came last of a kind was told of both, and nobody of more. */
export function expectBothReactions(state: ColonyState): void {
  const counts = new Map<string, number>()
  for (const { who, emoji, after } of state.crowd.reactions) {
    const found = after.find((reaction) => reaction.emoji === emoji.replaceAll(' ', '_'))
    expect(found?.user_reacted, `that ${who} reacted with ${emoji}`).to.equal(true)
    counts.set(emoji, Math.max(counts.get(emoji) ?? 0, found?.count ?? 0))
  }
  for (const [emoji, count] of counts) expect(count, `how many reacted with ${emoji}`).to.equal(2)
}
