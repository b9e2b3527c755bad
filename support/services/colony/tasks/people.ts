import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import { ApiError } from '../../../http/errors'
import { readEach } from '../client/views'
import type { User } from '../contract'
import type { ColonyState } from '../state'
import { NOBODYS, TEST_POSTS } from './posts'

const LONGEST_BIO = 1_000

/** The id of somebody else, as anybody can see it. */
async function idOf(state: ColonyState, name: string): Promise<string> {
  return (await (await state.as(name)).me()).id
}

export async function lookUpSelf(state: ColonyState, who: string): Promise<void> {
  const colony = await state.as(who)
  const me = await colony.me()
  const seen = await colony.people.user(me.id)
  expect(seen, 'the public profile').to.include({ id: me.id, username: me.username })
  state.profiles.remember(who, seen)
}

export async function tryToLookUpNobody(state: ColonyState, who: string): Promise<void> {
  const colony = await state.as(who)
  await state.world.attempt(() => colony.people.user(NOBODYS))
}

export async function writeBio(state: ColonyState, who: string, text: string): Promise<void> {
  const colony = await state.as(who)
  const { undo, access } = state.world
  const { bio } = await colony.me()
  const data = { account: await colony.accountId(), ...(bio === null ? {} : { before: bio }) }
  await undo.create('colony.bio', access.unique(text, LONGEST_BIO), { by: who, data }, async (unique) => {
    await colony.people.updateProfile({ bio: unique })
    state.messages.remember(text, unique)
    return { id: data.account }
  })
}

export async function expectBio(state: ColonyState, who: string, text: string): Promise<void> {
  const colony = await state.as(who)
  await eventually(async () => expect((await colony.me()).bio, 'the bio').to.equal(state.messages.recall(text)))
}

export async function browseDirectory(
  state: ColonyState,
  who: string,
  query: { q?: string; user_type?: string; limit?: number },
): Promise<void> {
  state.people = (await (await state.as(who)).people.directory(query)).items
}

/** Testers may be hidden from the directory; what it shows must fit the question all the same. */
export async function browseForSelf(state: ColonyState, who: string): Promise<void> {
  const { username } = await (await state.as(who)).me()
  await browseDirectory(state, who, { q: username })
  for (const found of state.people)
    expect(`${found.username} ${found.display_name} ${found.bio}`.toLowerCase(), 'who was found').to.include(username)
}

export function expectPeople(state: ColonyState, most: number, kind?: string): void {
  expect(state.people.length, 'how many people are shown').to.be.within(1, most)
  expect(new Set(state.people.map(({ id }: User) => id)).size, 'different people').to.equal(state.people.length)
  if (kind) for (const person of state.people) expect(person.user_type, `the kind of ${person.username}`).to.equal(kind)
}

export async function readSelfAndNobody(state: ColonyState, who: string): Promise<void> {
  const colony = await state.as(who)
  const { id } = await colony.me()
  const found = await readEach([id, NOBODYS], (wanted) => colony.people.user(wanted))
  expect(
    found.map((user) => user.id),
    'the people found',
  ).to.deep.equal([id])
}

/** An account that follows already stops first: a follow is seen to work only where there was none. */
export async function follow(state: ColonyState, who: string, whom: string): Promise<void> {
  const { people } = await state.as(who)
  const id = await idOf(state, whom)
  if (await isMade(() => changeFollow(state, who, id, 'no'))) return
  await changeFollow(state, who, id, 'yes')
  await people.follow(id)
}

/**
 * Follows or stops following, with an entry that says how it was before. Where it was otherwise the service refuses, and nothing is
 * left to undo. Back to how it was needs no entry.
 */
async function changeFollow(state: ColonyState, who: string, whom: string, before: 'yes' | 'no'): Promise<void> {
  const colony = await state.as(who)
  const name = before === 'yes' ? `${who} does not follow ${whom}` : `${who} follows ${whom}`
  const data = { account: await colony.accountId(), before, whom }
  await state.world.undo.create('colony.follow', name, { by: who, data }, async () => {
    await (before === 'yes' ? colony.people.unfollow(whom) : colony.people.follow(whom))
    return { id: whom }
  })
}

export async function tryToFollow(state: ColonyState, who: string, whom: string): Promise<void> {
  const colony = await state.as(who)
  const id = await idOf(state, whom)
  await state.world.attempt(() => colony.people.follow(id))
}

export async function unfollow(state: ColonyState, who: string, whom: string): Promise<void> {
  await (await state.as(who)).people.unfollow(await idOf(state, whom))
}

/** An account that follows stops first. */
export async function tryToUnfollowTwice(state: ColonyState, who: string, whom: string): Promise<void> {
  const colony = await state.as(who)
  const id = await idOf(state, whom)
  await isMade(() => changeFollow(state, who, id, 'yes'))
  await state.world.attempt(() => colony.people.unfollow(id))
}

export async function expectFollower(state: ColonyState, whom: string, who: string, isFollower: boolean): Promise<void> {
  const colony = await state.as(whom)
  const [followed, follower] = await Promise.all([idOf(state, whom), idOf(state, who)])
  await eventually(async () => {
    const ids = (await colony.people.followersOf(followed)).map(({ id }) => id)
    expect(ids.includes(follower), `${who} among the followers of ${whom}`).to.equal(isFollower)
  })
}

/** Joins the colony that tests write to; an account that is a member already leaves it first. */
export async function joinTestPosts(state: ColonyState, who: string): Promise<void> {
  const { people } = await state.as(who)
  if (await isMade(() => changeMembership(state, who, 'no'))) return
  await changeMembership(state, who, 'yes')
  await people.join(TEST_POSTS)
}

/** As with follows. */
async function changeMembership(state: ColonyState, who: string, before: 'yes' | 'no'): Promise<void> {
  const colony = await state.as(who)
  const name = before === 'yes' ? `${who} not in test-posts` : `${who} in test-posts`
  const data = { account: await colony.accountId(), before, where: TEST_POSTS }
  await state.world.undo.create('colony.membership', name, { by: who, data }, async () => {
    await (before === 'yes' ? colony.people.leave(TEST_POSTS) : colony.people.join(TEST_POSTS))
    return { id: TEST_POSTS }
  })
}

export async function tryToJoinTestPosts(state: ColonyState, who: string): Promise<void> {
  const colony = await state.as(who)
  await state.world.attempt(() => colony.people.join(TEST_POSTS))
}

export async function leaveTestPosts(state: ColonyState, who: string): Promise<void> {
  await (await state.as(who)).people.leave(TEST_POSTS)
}

export async function tryToLeaveTestPosts(state: ColonyState, who: string): Promise<void> {
  const colony = await state.as(who)
  await state.world.attempt(() => colony.people.leave(TEST_POSTS))
}

export async function expectTestPostsListed(state: ColonyState, who: string): Promise<void> {
  const colonies = await (await state.as(who)).people.colonies(100)
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
