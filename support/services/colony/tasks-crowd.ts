import { expect } from 'chai'
import { allAtOnce } from '../../core/at-once'
import type { Reaction, User } from './contract'
import type { ColonyScene } from './scene'
import { reactToPost } from './tasks-reactions'

/** What several people did at the same moment, and what each was answered. */
export interface Crowd {
  profiles: { who: string; account: string; saw: User }[]
  reactions: { who: string; emoji: string; after: Reaction[] }[]
}

/** All calls leave before any answer is awaited. */
export async function lookAtProfiles(scene: ColonyScene, people: readonly string[], times: number): Promise<void> {
  const clients = await Promise.all(people.map(async (who) => ({ who, colony: await scene.as(who) })))
  const accounts = new Map<string, string>()
  for (const { who, colony } of clients) accounts.set(who, await colony.accountId())
  scene.crowd.profiles = await allAtOnce(
    clients.flatMap(({ who, colony }) =>
      Array.from({ length: times }, async () => ({ who, account: accounts.get(who) ?? '', saw: await colony.me() })),
    ),
  )
}

export function expectOwnProfiles(scene: ColonyScene): void {
  const { profiles } = scene.crowd
  expect(new Set(profiles.map(({ account }) => account)).size, 'different people').to.equal(2)
  for (const { who, account, saw } of profiles) expect(saw.id, `whom ${who} saw`).to.equal(account)
}

export async function reactTogether(
  scene: ColonyScene,
  people: readonly string[],
  emojis: readonly string[],
  title: string,
): Promise<void> {
  const all = people.flatMap((who) => emojis.map((emoji) => ({ who, emoji })))
  scene.crowd.reactions = await allAtOnce(
    all.map(async ({ who, emoji }) => ({ who, emoji, after: await reactToPost(scene, who, title, emoji) })),
  )
}

/** Each was answered that their reaction stands; whoever came last of a kind was told of both, and nobody of more. */
export function expectBothReactions(scene: ColonyScene): void {
  const counts = new Map<string, number>()
  for (const { who, emoji, after } of scene.crowd.reactions) {
    const found = after.find((reaction) => reaction.emoji === emoji.replaceAll(' ', '_'))
    expect(found?.user_reacted, `that ${who} reacted with ${emoji}`).to.equal(true)
    counts.set(emoji, Math.max(counts.get(emoji) ?? 0, found?.count ?? 0))
  }
  for (const [emoji, count] of counts) expect(count, `how many reacted with ${emoji}`).to.equal(2)
}
