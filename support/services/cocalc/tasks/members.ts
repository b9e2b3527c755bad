import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import type { Member } from '../contract'
import type { CocalcState } from '../state'

async function membersOf(state: CocalcState, title: string): Promise<Member[]> {
  return (await state.as('Ada')).org.getUsers(state.organizations.recall(title))
}

export async function expectMembers(state: CocalcState, title: string, names: readonly string[]): Promise<void> {
  const wanted = names.map((name) => state.people.recall(name).id).sort()
  await eventually(async () => {
    const ids = (await membersOf(state, title)).map(({ account_id }) => account_id).sort()
    expect(ids, `the members of ${title}`).to.deep.equal(wanted)
  })
}

export async function lookAtMembers(state: CocalcState, title: string): Promise<void> {
  state.found = (await membersOf(state, title)).map(({ account_id, first_name, last_name }) => {
    return { account_id, first_name, last_name }
  })
}

export function expectNoMembers(state: CocalcState, title: string): void {
  expect(state.found, `the members of ${title}`).to.deep.equal([])
}

export async function expectMember(state: CocalcState, name: string, title: string): Promise<void> {
  const { id, email, firstName, lastName } = state.people.recall(name)
  await eventually(async () => {
    const found = (await membersOf(state, title)).find(({ account_id }) => account_id === id)
    expect(found, `${name} among the members of ${title}`).to.not.equal(undefined)
    expect(found, `${name} among the members of ${title}`).to.include({
      email_address: email,
      first_name: firstName,
      last_name: lastName,
    })
  })
}

export async function promote(state: CocalcState, who: string, whom: string, title: string): Promise<void> {
  await (await state.as(who)).org.addAdmin(state.organizations.recall(title), state.people.recall(whom).id)
}

export async function demote(state: CocalcState, who: string, whom: string, title: string): Promise<void> {
  await (await state.as(who)).org.removeAdmin(state.organizations.recall(title), state.people.recall(whom).id)
}

export async function tryToPromote(state: CocalcState, who: string, whom: string, title: string): Promise<void> {
  await state.world.attempt(() => promote(state, who, whom, title))
}

export async function tryToRemove(state: CocalcState, who: string, whom: string, title: string): Promise<void> {
  const hub = await state.as(who)
  await state.world.attempt(() => hub.org.removeUser(state.organizations.recall(title), state.people.recall(whom).id))
}

export async function moveAndPromote(state: CocalcState, who: string, whom: string, title: string): Promise<void> {
  const hub = await state.as(who)
  await hub.org.addUser(state.organizations.recall(title), state.people.recall(whom).id)
  await promote(state, who, whom, title)
}

export async function expectAdmin(state: CocalcState, name: string, title: string, isAdmin: boolean): Promise<void> {
  const hub = await state.as('Ada')
  const { id } = state.people.recall(name)
  await eventually(async () => {
    const { admin_account_ids } = await hub.org.get(state.organizations.recall(title))
    expect((admin_account_ids ?? []).includes(id), `${name} among the admins of ${title}`).to.equal(isAdmin)
  })
  if (isAdmin) await expectMember(state, name, title)
}
