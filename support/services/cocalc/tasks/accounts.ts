import { emailOf, organizationOf, tokenName } from '../recognise'
import { tokensOf } from '../runtime'
import type { CocalcState, Person } from '../state'
import { fingerprintOf } from '../undo'

const ADMIN = 'Ada'
const LONGEST_ORGANIZATION = 39
const LONGEST_NAME = 60

/** Founds an organization under a name nobody else has. */
export async function found(state: CocalcState, who: string, title: string): Promise<void> {
  const { undo, access } = state.world
  const hub = await state.as(who)
  const name = access.unique(title, LONGEST_ORGANIZATION)
  const data = { account: await hub.account() }
  await undo.create('cocalc.organization', name, { by: who, data }, async (unique) => ({ id: await hub.org.create(unique) }))
  state.organizations.remember(title, name)
}

/** An account with names and an address like no other. @param organization the name itself, be it of one that was never founded */
export async function giveAccount(state: CocalcState, name: string, organization: string): Promise<Person> {
  const { undo, access } = state.world
  const hub = await state.as(ADMIN)
  const [firstName, lastName] = [access.unique(name, LONGEST_NAME), access.unique('Example', LONGEST_NAME)]
  const data = { account: await hub.account() }
  const made = await undo.create('cocalc.account', firstName, { by: ADMIN, data }, async (unique) => {
    const email = emailOf(unique)
    return { id: await hub.org.createUser(organization, email, { firstName, lastName }), email, firstName, lastName }
  })
  return state.people.remember(name, made)
}

export async function giveMembership(state: CocalcState, name: string, title: string): Promise<void> {
  await giveAccount(state, name, state.organizations.recall(title))
}

/** The server does not ask whether the organization of a new account exists, where a site admin makes it. */
export async function giveStrayAccount(state: CocalcState, name: string): Promise<void> {
  await giveAccount(state, name, state.world.access.unique('nowhere', LONGEST_ORGANIZATION))
}

/** Of an account that the scenario made or, with a key of its own, of whom the name stands for. */
export async function idOf(state: CocalcState, name: string): Promise<string> {
  if (state.people.has(name)) return state.people.recall(name).id
  return (await (await state.as(name)).system.test()).account_id
}

/** Somebody who was there before the scenario is a member for as long as it lasts. */
export async function join(state: CocalcState, name: string, title: string): Promise<void> {
  const { undo } = state.world
  const [hub, id] = [await state.as(ADMIN), await idOf(state, name)]
  const organization = state.organizations.recall(title)
  const data = { account: await hub.account(), member: id, before: await organizationOf(hub, id), organization }
  await undo.create('cocalc.membership', `${id} in ${organization}`, { by: ADMIN, data }, async () => {
    await hub.org.addUser(organization, id)
    return { id }
  })
}

/** The pass itself is a secret: the journal knows its fingerprint and for whom it is. */
export async function getPass(state: CocalcState, who: string, whom: string): Promise<void> {
  const { undo, access } = state.world
  const hub = await state.as(who)
  const { id: member, firstName } = state.people.recall(whom)
  const [tokens, data] = [await tokensOf(access), { account: await hub.account(), for: member }]
  await undo.create('cocalc.token', tokenName(firstName), { by: who, data }, async () => {
    state.token = await hub.org.createToken(member)
    access.learn(state.token.token)
    const id = fingerprintOf(state.token.token)
    tokens.set(id, state.token.token)
    return { id }
  })
}
