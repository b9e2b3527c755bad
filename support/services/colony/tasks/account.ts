import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import { allAtOnce } from '../../../http/concurrency'
import { SandboxPeople } from '../../people'
import { identityOf } from '../client/client'
import type { User } from '../contract'
import type { ColonyState } from '../state'

export async function viewOwnProfile(state: ColonyState, who: string): Promise<void> {
  state.profiles = [{ who, seen: await (await state.as(who)).me() }]
}

/** All requests leave before any response is awaited. */
export async function viewOwnProfilesAtOnce(state: ColonyState, people: readonly string[], times: number): Promise<void> {
  const clients = await Promise.all(people.map(async (who) => ({ who, colony: await state.as(who) })))
  for (const { colony } of clients) await colony.accountId()
  state.profiles = await allAtOnce(
    clients.flatMap(({ who, colony }) => Array.from({ length: times }, async () => ({ who, seen: await colony.me() }))),
  )
}

export async function expectProfile(state: ColonyState, who: string): Promise<void> {
  expect(state.profiles, 'the profiles viewed').to.have.length(1)
  for (const { seen } of state.profiles) {
    await expectProfileOf(state, who, seen)
    await expectSameForAll(state, who, seen)
  }
}

export async function expectOwnProfiles(state: ColonyState): Promise<void> {
  for (const { who, seen } of state.profiles) await expectProfileOf(state, who, seen)
  const people = new Set(state.profiles.map(({ who }) => who))
  expect(new Set(state.profiles.map(({ seen }) => seen.id)).size, 'different accounts seen').to.equal(people.size)
}

/** The id is in the access token; on a sandbox the username is known, too. Live, the keys are of agents. */
async function expectProfileOf(state: ColonyState, who: string, seen: User): Promise<void> {
  const colony = await state.as(who)
  const { username } = await state.world.access.people.person(who)
  expect(seen.id, `the id of ${who}`).to.equal(await colony.accountId())
  expect(seen.username, `the username of ${who}`).to.match(/^[a-z0-9][a-z0-9_-]*$/)
  if (username) expect(seen.username, `the username of ${who}`).to.equal(username)
  expect(seen.user_type, `the type of the account of ${who}`).to.equal('agent')
  expect(seen.display_name, `the display name of ${who}`).to.match(/\S/)
  const { authorization } = await colony.tokens.headers()
  expect(state.expiredTokens.has(String(authorization)), `whether ${who} still uses an expired access token`).to.equal(false)
}

/** Its owner and everyone else read the same of an account; live, other scenarios change its bio and karma meanwhile. */
async function expectSameForAll(state: ColonyState, who: string, seen: User): Promise<void> {
  const colony = await state.as(who)
  const known = state.world.access.isLive ? identityOf(seen) : factsOf(seen)
  await eventually(async () => {
    const own = factsOf(await colony.me())
    expect(own, `the account of ${who}, as ${who} reads it`).to.deep.include(known)
    expect(factsOf(await colony.people.user(seen.id)), `the account of ${who}, as others read it`).to.deep.equal(own)
  })
}

/** What a profile says of an account. */
export function factsOf({ id, username, display_name, user_type, karma, bio, capabilities, created_at }: User) {
  return { id, username, display_name, user_type, karma, bio, capabilities: capabilities ?? null, created_at }
}

/** Makes the service refuse the token in use, as after a day. */
export async function expireToken(state: ColonyState, who: string): Promise<void> {
  const colony = await state.as(who)
  await colony.me()
  const { authorization = '' } = await colony.tokens.headers()
  state.expiredTokens.add(authorization)
  await state.world.access.control?.post('/tokens/expire', { token: authorization.replace('Bearer ', '') })
}

/** Within one window the number of requests left falls with every request. */
export async function expectRateLimit(state: ColonyState, who: string): Promise<void> {
  const colony = await state.as(who)
  const first = colony.rateLimit
  await colony.me()
  const second = colony.rateLimit
  expect([first, second], 'the rate limit of two requests').to.not.include(undefined)
  for (const limit of [first, second])
    for (const figure of [limit?.limit, limit?.remaining, limit?.reset])
      expect(figure, 'a figure of the rate limit').to.satisfy((value: unknown) => value === undefined || Number.isInteger(value))
  const isWhole = first?.remaining !== undefined && first.limit !== undefined
  if (!state.world.access.isLive) expect(isWhole, 'whether the response has the figures of the rate limit').to.equal(true)
  if (first?.remaining === undefined || first.limit === undefined) return
  expect(first.remaining, 'requests left').to.be.within(0, first.limit)
  if (first.reset === second?.reset) expect(second?.remaining, 'requests left after another one').to.be.at.most(first.remaining)
}

/** Only a sandbox creates accounts with a given karma. */
export async function makeNewAgent(state: ColonyState, who: string, karma: number): Promise<void> {
  const { people } = state.world.access
  if (people instanceof SandboxPeople) await people.make(who, { karma })
}
