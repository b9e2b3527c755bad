import { expect } from 'chai'
import { ApiError } from '../../core/errors'
import { eventually } from '../../core/eventually'
import { readEach } from './clients/views'
import type { User } from './contract'
import type { ColonyScene } from './scene'
import { NOBODYS, TEST_POSTS } from './tasks'

const LONGEST_BIO = 1_000

/** The id of somebody else, as anybody can see it. */
async function idOf(scene: ColonyScene, name: string): Promise<string> {
  return (await (await scene.as(name)).me()).id
}

export async function lookUpSelf(scene: ColonyScene, who: string): Promise<void> {
  const colony = await scene.as(who)
  const me = await colony.me()
  const seen = await colony.people.user(me.id)
  expect(seen, 'the public profile').to.include({ id: me.id, username: me.username })
  scene.profiles.remember(who, seen)
}

export async function tryToLookUpNobody(scene: ColonyScene, who: string): Promise<void> {
  const colony = await scene.as(who)
  await scene.world.attempt(() => colony.people.user(NOBODYS))
}

export async function writeBio(scene: ColonyScene, who: string, text: string): Promise<void> {
  const colony = await scene.as(who)
  const { undo, access } = scene.world
  const { bio } = await colony.me()
  const data = { account: await colony.accountId(), ...(bio === null ? {} : { before: bio }) }
  await undo.create('colony.bio', access.unique(text, LONGEST_BIO), { by: who, data }, async (unique) => {
    await colony.people.updateProfile({ bio: unique })
    scene.messages.remember(text, unique)
    return { id: data.account }
  })
}

export async function expectBio(scene: ColonyScene, who: string, text: string): Promise<void> {
  const colony = await scene.as(who)
  await eventually(async () => expect((await colony.me()).bio, 'the bio').to.equal(scene.messages.recall(text)))
}

export async function browseDirectory(
  scene: ColonyScene,
  who: string,
  query: { q?: string; user_type?: string; limit?: number },
): Promise<void> {
  scene.people = (await (await scene.as(who)).people.directory(query)).items
}

/** Testers may be hidden from the directory; what it shows must fit the question all the same. */
export async function browseForSelf(scene: ColonyScene, who: string): Promise<void> {
  const { username } = await (await scene.as(who)).me()
  await browseDirectory(scene, who, { q: username })
  for (const found of scene.people)
    expect(`${found.username} ${found.display_name} ${found.bio}`.toLowerCase(), 'who was found').to.include(username)
}

export function expectPeople(scene: ColonyScene, most: number, kind?: string): void {
  expect(scene.people.length, 'how many people are shown').to.be.within(1, most)
  expect(new Set(scene.people.map(({ id }: User) => id)).size, 'different people').to.equal(scene.people.length)
  if (kind) for (const person of scene.people) expect(person.user_type, `the kind of ${person.username}`).to.equal(kind)
}

export async function readSelfAndNobody(scene: ColonyScene, who: string): Promise<void> {
  const colony = await scene.as(who)
  const { id } = await colony.me()
  const found = await readEach([id, NOBODYS], (wanted) => colony.people.user(wanted))
  expect(
    found.map((user) => user.id),
    'the people found',
  ).to.deep.equal([id])
}

/** An account that follows already stops first: a follow is seen to work only where there was none. */
export async function follow(scene: ColonyScene, who: string, whom: string): Promise<void> {
  const { people } = await scene.as(who)
  const id = await idOf(scene, whom)
  if (await isMade(() => changeFollow(scene, who, id, 'no'))) return
  await changeFollow(scene, who, id, 'yes')
  await people.follow(id)
}

/**
 * Follows or stops following, with an entry that says how it was before. Where it was otherwise the service refuses, and nothing is
 * left to undo. Back to how it was needs no entry.
 */
async function changeFollow(scene: ColonyScene, who: string, whom: string, before: 'yes' | 'no'): Promise<void> {
  const colony = await scene.as(who)
  const name = before === 'yes' ? `${who} does not follow ${whom}` : `${who} follows ${whom}`
  const data = { account: await colony.accountId(), before, whom }
  await scene.world.undo.create('colony.follow', name, { by: who, data }, async () => {
    await (before === 'yes' ? colony.people.unfollow(whom) : colony.people.follow(whom))
    return { id: whom }
  })
}

export async function tryToFollow(scene: ColonyScene, who: string, whom: string): Promise<void> {
  const colony = await scene.as(who)
  const id = await idOf(scene, whom)
  await scene.world.attempt(() => colony.people.follow(id))
}

export async function unfollow(scene: ColonyScene, who: string, whom: string): Promise<void> {
  await (await scene.as(who)).people.unfollow(await idOf(scene, whom))
}

/** An account that follows stops first. */
export async function tryToUnfollowTwice(scene: ColonyScene, who: string, whom: string): Promise<void> {
  const colony = await scene.as(who)
  const id = await idOf(scene, whom)
  await isMade(() => changeFollow(scene, who, id, 'yes'))
  await scene.world.attempt(() => colony.people.unfollow(id))
}

export async function expectFollower(scene: ColonyScene, whom: string, who: string, isFollower: boolean): Promise<void> {
  const colony = await scene.as(whom)
  const [followed, follower] = await Promise.all([idOf(scene, whom), idOf(scene, who)])
  await eventually(async () => {
    const ids = (await colony.people.followersOf(followed)).map(({ id }) => id)
    expect(ids.includes(follower), `${who} among the followers of ${whom}`).to.equal(isFollower)
  })
}

/** Joins the colony that tests write to; an account that is a member already leaves it first. */
export async function joinTestPosts(scene: ColonyScene, who: string): Promise<void> {
  const { people } = await scene.as(who)
  if (await isMade(() => changeMembership(scene, who, 'no'))) return
  await changeMembership(scene, who, 'yes')
  await people.join(TEST_POSTS)
}

/** As with follows. */
async function changeMembership(scene: ColonyScene, who: string, before: 'yes' | 'no'): Promise<void> {
  const colony = await scene.as(who)
  const name = before === 'yes' ? `${who} not in test-posts` : `${who} in test-posts`
  const data = { account: await colony.accountId(), before, where: TEST_POSTS }
  await scene.world.undo.create('colony.membership', name, { by: who, data }, async () => {
    await (before === 'yes' ? colony.people.leave(TEST_POSTS) : colony.people.join(TEST_POSTS))
    return { id: TEST_POSTS }
  })
}

export async function tryToJoinTestPosts(scene: ColonyScene, who: string): Promise<void> {
  const colony = await scene.as(who)
  await scene.world.attempt(() => colony.people.join(TEST_POSTS))
}

export async function leaveTestPosts(scene: ColonyScene, who: string): Promise<void> {
  await (await scene.as(who)).people.leave(TEST_POSTS)
}

export async function tryToLeaveTestPosts(scene: ColonyScene, who: string): Promise<void> {
  const colony = await scene.as(who)
  await scene.world.attempt(() => colony.people.leave(TEST_POSTS))
}

export async function expectTestPostsListed(scene: ColonyScene, who: string): Promise<void> {
  const colonies = await (await scene.as(who)).people.colonies(100)
  expect(
    colonies.map(({ id }) => id),
    'the colonies listed',
  ).to.include(TEST_POSTS)
  expect(new Set(colonies.map(({ id }) => id)).size, 'different colonies').to.equal(colonies.length)
}

/** @returns whether the change was made; not where the service refused it because it is so already */
async function isMade(change: () => Promise<void>): Promise<boolean> {
  try {
    await change()
    return true
  } catch (error) {
    if (error instanceof ApiError && [404, 409].includes(error.status)) return false
    throw error
  }
}
