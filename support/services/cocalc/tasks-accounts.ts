import { emailOf, organizationOf, tokenName } from './recognise'
import { tokensOf } from './runtime'
import type { CocalcScene, Person } from './scene'
import { fingerprintOf } from './undo'

const ADMIN = 'Ada'
const LONGEST_ORGANIZATION = 39
const LONGEST_NAME = 60

/** Founds an organization under a name nobody else has. */
export async function found(scene: CocalcScene, who: string, title: string): Promise<void> {
  const { undo, access } = scene.world
  const hub = await scene.as(who)
  const name = access.unique(title, LONGEST_ORGANIZATION)
  const data = { account: await hub.account() }
  await undo.create('cocalc.organization', name, { by: who, data }, async (unique) => ({ id: await hub.org.create(unique) }))
  scene.organizations.remember(title, name)
}

/** An account with names and an address like no other. @param organization the name itself, be it of one that was never founded */
export async function giveAccount(scene: CocalcScene, name: string, organization: string): Promise<Person> {
  const { undo, access } = scene.world
  const hub = await scene.as(ADMIN)
  const [firstName, lastName] = [access.unique(name, LONGEST_NAME), access.unique('Example', LONGEST_NAME)]
  const data = { account: await hub.account() }
  const made = await undo.create('cocalc.account', firstName, { by: ADMIN, data }, async (unique) => {
    const email = emailOf(unique)
    return { id: await hub.org.createUser(organization, email, { firstName, lastName }), email, firstName, lastName }
  })
  return scene.people.remember(name, made)
}

export async function giveMembership(scene: CocalcScene, name: string, title: string): Promise<void> {
  await giveAccount(scene, name, scene.organizations.recall(title))
}

/** The server does not ask whether the organization of a new account exists, where a site admin makes it. */
export async function giveStrayAccount(scene: CocalcScene, name: string): Promise<void> {
  await giveAccount(scene, name, scene.world.access.unique('nowhere', LONGEST_ORGANIZATION))
}

/** Of an account that the scenario made or, with a key of its own, of whom the name stands for. */
export async function idOf(scene: CocalcScene, name: string): Promise<string> {
  if (scene.people.has(name)) return scene.people.recall(name).id
  return (await (await scene.as(name)).system.test()).account_id
}

/** Somebody who was there before the scenario is a member for as long as it lasts. */
export async function join(scene: CocalcScene, name: string, title: string): Promise<void> {
  const { undo } = scene.world
  const [hub, id] = [await scene.as(ADMIN), await idOf(scene, name)]
  const organization = scene.organizations.recall(title)
  const data = { account: await hub.account(), member: id, before: await organizationOf(hub, id), organization }
  await undo.create('cocalc.membership', `${id} in ${organization}`, { by: ADMIN, data }, async () => {
    await hub.org.addUser(organization, id)
    return { id }
  })
}

/** The pass itself is a secret: the journal knows its fingerprint and for whom it is. */
export async function getPass(scene: CocalcScene, who: string, whom: string): Promise<void> {
  const { undo, access } = scene.world
  const hub = await scene.as(who)
  const { id: member, firstName } = scene.people.recall(whom)
  const [tokens, data] = [await tokensOf(access), { account: await hub.account(), for: member }]
  await undo.create('cocalc.token', tokenName(firstName), { by: who, data }, async () => {
    scene.token = await hub.org.createToken(member)
    access.learn(scene.token.token)
    const id = fingerprintOf(scene.token.token)
    tokens.set(id, scene.token.token)
    return { id }
  })
}
