import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import { emailOf, organizationOf, tokenName } from '../recognise'
import { tokensOf } from '../runtime'
import type { CocalcState, Person } from '../state'
import { fingerprintOf } from '../undo'

const ADMIN = 'Ada'
const LONGEST_ORGANIZATION = 39
const LONGEST_NAME = 60

/** Under a name that no other organization has. */
export async function createOrganization(state: CocalcState, who: string, title: string): Promise<void> {
  const { undo, access } = state.world
  const hub = await state.as(who)
  const name = access.unique(title, LONGEST_ORGANIZATION)
  const data = { account: await hub.account() }
  await undo.create('cocalc.organization', name, { by: who, data }, async (unique) => ({ id: await hub.org.create(unique) }))
  state.organizations.remember(title, name)
}

/**
 * An account with unique names and a unique address.
 * @param title an organization of the scenario; one that does not exist where there is none, which CoCalc accepts from a site admin
 */
export async function createAccount(state: CocalcState, who: string, name: string, title: string | undefined): Promise<Person> {
  const { undo, access } = state.world
  const hub = await state.as(who)
  const organization = title === undefined ? access.unique('nowhere', LONGEST_ORGANIZATION) : state.organizations.recall(title)
  const [firstName, lastName] = [access.unique(name, LONGEST_NAME), access.unique('Example', LONGEST_NAME)]
  const data = { account: await hub.account(), lastName }
  const made = await undo.create('cocalc.account', firstName, { by: who, data }, async (unique) => {
    const email = emailOf(unique)
    return { id: await hub.org.createUser(organization, email, { firstName, lastName }), email, firstName, lastName }
  })
  await eventually(async () => expect(await organizationOf(hub, made.id), `the organization of ${name}`).to.equal(organization))
  return state.people.remember(name, made)
}

/** For the preconditions of a scenario. */
export async function giveAccount(state: CocalcState, name: string, title?: string): Promise<void> {
  await createAccount(state, ADMIN, name, title)
}

/** The id of an account that the scenario made or, with an API key of its own, that belongs to the person. */
export async function idOf(state: CocalcState, name: string): Promise<string> {
  if (state.people.has(name)) return state.people.recall(name).id
  return (await state.as(name)).account()
}

/** An account that existed before the scenario is a member for as long as the scenario lasts. */
export async function join(state: CocalcState, who: string, name: string, title: string): Promise<void> {
  const { undo } = state.world
  const [hub, id] = [await state.as(who), await idOf(state, name)]
  const organization = state.organizations.recall(title)
  const data = { account: await hub.account(), member: id, before: await organizationOf(hub, id), organization }
  await undo.create('cocalc.membership', `${id} in ${organization}`, { by: who, data }, async () => {
    await hub.org.addUser(organization, id)
    return { id }
  })
}

/** The token itself is a secret: the journal contains its fingerprint and its account. */
export async function createSignInToken(state: CocalcState, who: string, whom: string): Promise<void> {
  const { undo, access } = state.world
  const hub = await state.as(who)
  const { id: member, firstName } = state.people.recall(whom)
  const [tokens, data] = [await tokensOf(access), { account: await hub.account(), for: member }]
  await undo.create('cocalc.token', tokenName(firstName), { by: who, data }, async () => {
    const made = await hub.org.createToken(member)
    access.learn(made.token)
    const id = fingerprintOf(made.token)
    tokens.set(id, made.token)
    state.signInTokens.remember(whom, made)
    return { id }
  })
}
