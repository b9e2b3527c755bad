import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import type { Member } from '../contract'
import type { CocalcScene } from '../state'

async function membersOf(scene: CocalcScene, title: string): Promise<Member[]> {
  return (await scene.as('Ada')).org.getUsers(scene.organizations.recall(title))
}

export async function expectMembers(scene: CocalcScene, title: string, names: readonly string[]): Promise<void> {
  const wanted = names.map((name) => scene.people.recall(name).id).sort()
  await eventually(async () => {
    const ids = (await membersOf(scene, title)).map(({ account_id }) => account_id).sort()
    expect(ids, `the members of ${title}`).to.deep.equal(wanted)
  })
}

export async function lookAtMembers(scene: CocalcScene, title: string): Promise<void> {
  scene.found = (await membersOf(scene, title)).map(({ account_id, first_name, last_name }) => {
    return { account_id, first_name, last_name }
  })
}

export function expectNoMembers(scene: CocalcScene, title: string): void {
  expect(scene.found, `the members of ${title}`).to.deep.equal([])
}

export async function expectMember(scene: CocalcScene, name: string, title: string): Promise<void> {
  const { id, email, firstName, lastName } = scene.people.recall(name)
  await eventually(async () => {
    const found = (await membersOf(scene, title)).find(({ account_id }) => account_id === id)
    expect(found, `${name} among the members of ${title}`).to.not.equal(undefined)
    expect(found, `${name} among the members of ${title}`).to.include({
      email_address: email,
      first_name: firstName,
      last_name: lastName,
    })
  })
}

export async function promote(scene: CocalcScene, who: string, whom: string, title: string): Promise<void> {
  await (await scene.as(who)).org.addAdmin(scene.organizations.recall(title), scene.people.recall(whom).id)
}

export async function demote(scene: CocalcScene, who: string, whom: string, title: string): Promise<void> {
  await (await scene.as(who)).org.removeAdmin(scene.organizations.recall(title), scene.people.recall(whom).id)
}

export async function tryToPromote(scene: CocalcScene, who: string, whom: string, title: string): Promise<void> {
  await scene.world.attempt(() => promote(scene, who, whom, title))
}

export async function tryToRemove(scene: CocalcScene, who: string, whom: string, title: string): Promise<void> {
  const hub = await scene.as(who)
  await scene.world.attempt(() => hub.org.removeUser(scene.organizations.recall(title), scene.people.recall(whom).id))
}

export async function moveAndPromote(scene: CocalcScene, who: string, whom: string, title: string): Promise<void> {
  const hub = await scene.as(who)
  await hub.org.addUser(scene.organizations.recall(title), scene.people.recall(whom).id)
  await promote(scene, who, whom, title)
}

export async function expectAdmin(scene: CocalcScene, name: string, title: string, isAdmin: boolean): Promise<void> {
  const hub = await scene.as('Ada')
  const { id } = scene.people.recall(name)
  await eventually(async () => {
    const { admin_account_ids } = await hub.org.get(scene.organizations.recall(title))
    expect((admin_account_ids ?? []).includes(id), `${name} among the admins of ${title}`).to.equal(isAdmin)
  })
  if (isAdmin) await expectMember(scene, name, title)
}
