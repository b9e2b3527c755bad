import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import { sendOrFind } from '../../../http/lost'
import type { Identity } from '../client/client'
import type { PeopleClient } from '../client/people'
import type { Followed } from '../contract'
import { follows } from '../proofs'
import type { ColonyState } from '../state'
import { factsOf } from './account'
import { expectDescending, expectDifferent, expectTime, expectTotal } from './checks'
import { MISSING } from './colonies'

/** Code points. */
const LONGEST_BIO = 1_000

/** @param whom absent for an account that does not exist */
export async function viewProfile(state: ColonyState, who: string, whom: string | undefined): Promise<void> {
  const colony = await state.as(who)
  const id = whom === undefined ? MISSING : await (await state.as(whom)).accountId()
  state.profiles = [{ who, seen: await colony.people.user(id) }]
}

export async function changeBio(state: ColonyState, who: string, text: string): Promise<void> {
  const colony = await state.as(who)
  const { undo, access } = state.world
  const before = await colony.me()
  const { bio } = before
  const data = { account: await colony.accountId(), ...(bio === null ? {} : { before: bio }) }
  const unique = access.unique(text, LONGEST_BIO)
  await undo.create('colony.bio', unique, { by: who, data }, async () => {
    const changed = await colony.people.updateProfile({ bio: unique })
    // Live, other scenarios vote on what the account wrote.
    const karma = access.isLive ? changed.karma : before.karma
    expect(factsOf(changed), 'the account after the change').to.deep.equal({ ...factsOf(before), karma, bio: unique })
    return { id: data.account }
  })
  state.texts.remember(`bio of ${who}`, unique)
}

/** Its owner and everyone else read the same. */
export async function expectBio(state: ColonyState, who: string, text: string): Promise<void> {
  const colony = await state.as(who)
  const bio = state.texts.recall(`bio of ${who}`)
  expect(bio, 'the bio that was set').to.include(text)
  await eventually(async () => {
    expect((await colony.me()).bio, 'the bio').to.equal(bio)
    expect((await colony.people.user(await colony.accountId())).bio, 'the bio as others see it').to.equal(bio)
  })
}

type Directory = Parameters<PeopleClient['directory']>[0]

/** Accounts come and go while the directory is read: it is read again until its parts fit. */
export async function listDirectory(state: ColonyState, who: string, query: Directory): Promise<void> {
  const { people } = await state.as(who)
  await eventually(async () => {
    const page = await people.directory(query)
    const { items, total, has_more } = page
    if (has_more !== undefined) expect(has_more, 'whether another page exists').to.equal(total > items.length)
    await expectTotal(total, (offset) => people.directory({ ...query, limit: 1, offset }))
    const [first] = items
    if (first) expect(factsOf(first), 'the first account listed').to.deep.equal(factsOf(await people.user(first.id)))
    state.listedAccounts = items
  })
}

export async function searchDirectory(state: ColonyState, who: string, whom: string): Promise<void> {
  await listDirectory(state, who, { q: (await state.identity(whom)).username })
}

/** Testers may be hidden from the directory; whatever it shows must match the search. */
export async function expectNoOther(state: ColonyState, who: string): Promise<void> {
  const { id, username } = await state.identity(who)
  if (state.world.access.isLive) expect(state.listedAccounts.length, 'accounts listed').to.be.at.most(1)
  else expect(state.listedAccounts, 'accounts listed').to.have.length(1)
  for (const found of state.listedAccounts) expect([found.id, found.username], 'the account listed').to.deep.equal([id, username])
}

export function expectListed({ listedAccounts }: ColonyState, count: number, kind: 'all' | 'agent'): void {
  expect(listedAccounts, 'the accounts listed').to.have.length(count)
  expectDifferent(
    listedAccounts.map(({ id }) => id),
    'accounts',
  )
  expectDifferent(
    listedAccounts.map(({ username }) => username),
    'usernames',
  )
  expectDescending(
    listedAccounts.map(({ karma }) => karma),
    'the karma of the accounts listed',
  )
  if (kind === 'agent')
    for (const { username, user_type } of listedAccounts) expect(user_type, `the type of ${username}`).to.equal('agent')
}

/** The follow is also among those of the follower, which the clean-up relies on. */
async function expectFollowed(state: ColonyState, follower: Identity, whom: string, isFollower: boolean): Promise<void> {
  const colony = await state.as(whom)
  const [itself, all] = await Promise.all([colony.me(), colony.people.followedBy(follower.id)])
  expectDifferent(
    all.map(({ id }) => id),
    'accounts followed',
  )
  const found = all.filter(({ id, username }) => id === itself.id || username === itself.username)
  expect(found.length > 0, `${whom} among the accounts that ${follower.username} follows`).to.equal(isFollower)
  for (const one of found) expect(factsOf(one), `${whom} among the accounts followed`).to.deep.equal(factsOf(itself))
  if (!state.world.access.isLive) expect(all, `accounts that ${follower.username} follows`).to.have.length(found.length)
}

/** An account that already follows unfollows first, because a follow has an effect only where there was none. */
async function follow(state: ColonyState, who: string, whom: string): Promise<void> {
  if (!(await follows(await state.as(who), (await state.identity(whom)).id))) return changeFollow(state, who, whom, 'no')
  await changeFollow(state, who, whom, 'yes')
  await followOnce(state, who, whom)
}

async function followOnce(state: ColonyState, who: string, whom: string): Promise<void> {
  const colony = await state.as(who)
  const { id } = await state.identity(whom)
  const at = Date.now()
  const receipt = await sendOrFind<Followed>(
    () => colony.people.follow(id),
    async () => ((await follows(colony, id)) ? { status: 'following' } : undefined),
  )
  if (receipt.followed_id !== undefined) expect(receipt.followed_id, 'who is followed').to.equal(id)
  if (receipt.follower_id !== undefined) expect(receipt.follower_id, 'who follows').to.equal(await colony.accountId())
  if (receipt.created_at !== undefined) expectTime(receipt.created_at, at, 'the beginning of the follow')
}

/**
 * Follows or unfollows, with an entry that contains the earlier state. Where nothing changes, the service refuses, and there is nothing
 * to undo. Returning to the earlier state needs no entry.
 */
async function changeFollow(state: ColonyState, who: string, whom: string, before: 'yes' | 'no'): Promise<void> {
  const colony = await state.as(who)
  const { id } = await state.identity(whom)
  const name = before === 'yes' ? `${who} does not follow ${id}` : `${who} follows ${id}`
  const data = { account: await colony.accountId(), before, whom: id }
  await state.world.undo.create('colony.follow', name, { by: who, data }, async () => {
    await (before === 'yes' ? colony.people.unfollow(id) : followOnce(state, who, whom))
    return { id }
  })
}

async function unfollow(state: ColonyState, who: string, whom: string): Promise<void> {
  await (await state.as(who)).people.unfollow((await state.identity(whom)).id)
}

export async function tryTo(state: ColonyState, who: string, act: 'follow' | 'unfollow', whom: string): Promise<void> {
  const { people } = await state.as(who)
  const { id } = await state.identity(whom)
  await state.world.attempt(() => (act === 'follow' ? people.follow(id, true) : people.unfollow(id, { expectsRefusal: true })))
}

export async function expectFollower(state: ColonyState, who: string, whom: string, isFollower: boolean): Promise<void> {
  const colony = await state.as(whom)
  const [followed, follower] = await Promise.all([state.identity(whom), state.identity(who)])
  await eventually(async () => {
    const itself = await (await state.as(who)).me()
    const all = await colony.people.followersOf(followed.id)
    expectDifferent(
      all.map(({ id }) => id),
      'followers',
    )
    const found = all.filter(({ id, username }) => id === follower.id || username === follower.username)
    expect(found.length > 0, `${who} among the followers of ${whom}`).to.equal(isFollower)
    for (const one of found) expect(factsOf(one), `${who} among the followers`).to.deep.equal(factsOf(itself))
    if (!state.world.access.isLive) expect(all, `followers of ${whom}`).to.have.length(found.length)
    await expectFollowed(state, follower, whom, isFollower)
  })
}

export function changeRelation(state: ColonyState, who: string, act: 'follow' | 'unfollow', whom: string): Promise<void> {
  return act === 'follow' ? follow(state, who, whom) : unfollow(state, who, whom)
}
