import { expect } from 'chai'
import { SandboxPeople } from '../../../run/people'
import type { User } from '../contract'
import type { ColonyState } from '../state'

export async function lookAtOwnProfile(state: ColonyState, who: string): Promise<void> {
  state.profiles.remember(who, await (await state.as(who)).me())
}

/** Several calls of one account at the same time. */
export async function lookAtOwnProfileAtOnce(state: ColonyState, who: string, times: number): Promise<void> {
  const colony = await state.as(who)
  const seen = await Promise.all(Array.from({ length: times }, () => colony.me()))
  for (const profile of seen) expect(profile.id, 'each answer is about the same person').to.equal(seen[0]?.id)
  state.profiles.remember(who, seen[0] as User)
}

export async function expectOwnProfile(state: ColonyState, who: string): Promise<void> {
  const profile = state.profiles.recall(who)
  const { id, username } = await state.world.access.people.person(who)
  expect(profile.username, 'the username').to.match(/^[a-z0-9][a-z0-9_-]*$/)
  if (id) expect(profile.id, `the id of ${who}`).to.equal(id)
  if (username) expect(profile.username, `the username of ${who}`).to.equal(username)
}

/** The service stops taking the token in use, as it does after a day. */
export async function expireToken(state: ColonyState, who: string): Promise<void> {
  const colony = await state.as(who)
  await colony.me()
  const { authorization = '' } = await colony.tokens.headers()
  await state.world.access.control?.post('/tokens/expire', { token: authorization.replace('Bearer ', '') })
}

export async function expectCallsLeft(state: ColonyState, who: string): Promise<void> {
  const colony = await state.as(who)
  await colony.me()
  const first = colony.rateLimit
  await colony.me()
  const second = colony.rateLimit
  for (const value of [first?.limit, first?.remaining, first?.reset]) expect(value, 'a figure of the budget').to.satisfy(isCount)
  if (first?.remaining === undefined || first.reset !== second?.reset) return
  expect(second?.remaining, 'calls left within the same window').to.be.at.most(first.remaining)
}

/** A whole number, or nothing: never a text. */
function isCount(value: unknown): boolean {
  return value === undefined || Number.isInteger(value)
}

/** A person with wishes of their own, which only a sandbox grants. */
export async function makeNewcomer(state: ColonyState, who: string, karma: number): Promise<void> {
  const { people } = state.world.access
  if (people instanceof SandboxPeople) await people.make(who, { karma })
}
