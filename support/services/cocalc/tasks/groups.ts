import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import { ApiError } from '../../../http/errors'
import type { Hub } from '../client/client'
import type { Group } from '../groups'
import type { CocalcState } from '../state'
import { idOf, join } from './accounts'

const UUIDS = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

/** Adds people one after the other. */
export async function add(state: CocalcState, who: string, whom: readonly string[], group: Group): Promise<void> {
  for (const name of whom) await addOne(state, who, name, group)
}

async function addOne(state: CocalcState, who: string, whom: string, { kind, title }: Group): Promise<void> {
  const hub = await state.as(who)
  const id = await idOf(state, whom)
  if (kind === 'project') await addCollaborator(hub, state.projects.recall(title).id, id)
  else if (kind === 'admins') await hub.org.addAdmin(state.organizations.recall(title), id)
  else if (state.people.has(whom)) await hub.org.addUser(state.organizations.recall(title), id)
  else await join(state, who, whom, title)
}

async function addCollaborator(hub: Hub, project: string, account: string): Promise<void> {
  expect(await hub.projects.addCollaborator(project, account), 'the projects in the response').to.deep.equal([project])
}

export async function tryToAdd(state: CocalcState, who: string, whom: string, group: Group): Promise<void> {
  const ids = [await idOf(state, who), await idOf(state, whom)]
  if (group.kind === 'project') ids.push(state.projects.recall(group.title).id)
  await state.world.attempt(() => add(state, who, [whom], group).catch((error: unknown) => expectNamed(error, ids)))
}

/** Checks that ids in a refusal are those of the request: accounts and project. @throws the refusal */
function expectNamed(error: unknown, ids: readonly string[]): never {
  const says = error instanceof ApiError ? (error.failure.says ?? '') : ''
  expect(ids, 'ids that the refusal may name').to.include.members(says.match(UUIDS) ?? [])
  throw error
}

export async function remove(state: CocalcState, who: string, whom: string, { kind, title }: Group): Promise<void> {
  const hub = await state.as(who)
  const id = await idOf(state, whom)
  if (kind === 'project') await hub.projects.removeCollaborator(state.projects.recall(title).id, id)
  else if (kind === 'admins') await hub.org.removeAdmin(state.organizations.recall(title), id)
  else await hub.org.removeUser(state.organizations.recall(title), id)
}

export async function tryToRemove(state: CocalcState, who: string, whom: string, group: Group): Promise<void> {
  await state.world.attempt(() => remove(state, who, whom, group))
}

/** These people belong to it and no others; a project belongs to the person who created it. */
export async function expectExactly(state: CocalcState, names: readonly string[], group: Group): Promise<void> {
  const check = { project: expectOnProject, organization: expectMembers, admins: expectAdmins }[group.kind]
  await check(state, names, group.title)
}

async function expectOnProject(state: CocalcState, names: readonly string[], title: string): Promise<void> {
  const hub = await state.as('Ada')
  const { id, owner } = state.projects.recall(title)
  const expected: Record<string, string> = {}
  for (const name of names) expected[await idOf(state, name)] = name === owner ? 'owner' : 'collaborator'
  await eventually(async () => {
    const [row] = await hub.projects.get({ all: true, projectId: id })
    const groups = Object.fromEntries(Object.entries(row?.users ?? {}).map(([account, { group }]) => [account, group]))
    expect(groups, `who belongs to the project ${title}`).to.deep.equal(expected)
  })
}

interface Details {
  account_id: string
  first_name: string | null
  last_name: string | null
  email_address: string | null
}

async function expectMembers(state: CocalcState, names: readonly string[], title: string): Promise<void> {
  const hub = await state.as('Ada')
  const expected = sorted(await Promise.all(names.map((name) => detailsOf(state, name))))
  await eventually(async () => {
    const members = await hub.org.getUsers(state.organizations.recall(title))
    expect(sorted(members), `the members of ${title}`).to.deep.equal(expected)
  })
}

/** For an account that the scenario created: as requested; for another: as its owner sees it. */
async function detailsOf(state: CocalcState, name: string): Promise<Details> {
  if (!state.people.has(name)) return (await state.as(name)).system.ownAccount()
  const { id, email, firstName, lastName } = state.people.recall(name)
  return { account_id: id, first_name: firstName, last_name: lastName, email_address: email }
}

function sorted(accounts: readonly Details[]): Details[] {
  return accounts
    .map(({ account_id, first_name, last_name, email_address }) => ({ account_id, first_name, last_name, email_address }))
    .sort((one, other) => one.account_id.localeCompare(other.account_id))
}

async function expectAdmins(state: CocalcState, names: readonly string[], title: string): Promise<void> {
  const hub = await state.as('Ada')
  const expected = (await Promise.all(names.map((name) => idOf(state, name)))).sort()
  await eventually(async () => {
    const { admin_account_ids } = await hub.org.get(state.organizations.recall(title))
    expect([...(admin_account_ids ?? [])].sort(), `the admins of ${title}`).to.deep.equal(expected)
  })
}
