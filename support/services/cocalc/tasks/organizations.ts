import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import type { Profile } from '../client/organizations'
import type { CocalcState } from '../state'

export async function listAll(state: CocalcState, who: string): Promise<void> {
  state.organizationNames = (await (await state.as(who)).org.getAll()).map(({ name }) => name)
}

/** The contract of the list says that each has a name. */
export function expectSomeList(state: CocalcState): void {
  expect(state.organizationNames, 'the organizations').to.be.an('array')
}

export function expectAmong(state: CocalcState, title: string): void {
  expect(state.organizationNames, 'the organizations').to.include(state.organizations.recall(title))
}

const FIELDS: Readonly<Record<string, keyof Profile>> = {
  title: 'title',
  description: 'description',
  'email address': 'email_address',
  link: 'link',
}

function profileOf(rows: Readonly<Record<string, string>>): Profile {
  const unknown = Object.keys(rows).filter((word) => !(word in FIELDS))
  if (unknown.length > 0) throw new Error(`An organization has no ${unknown.join(', ')}.`)
  return Object.fromEntries(Object.entries(rows).map(([word, value]) => [FIELDS[word], value]))
}

export async function describe(
  state: CocalcState,
  who: string,
  title: string,
  rows: Readonly<Record<string, string>>,
): Promise<void> {
  await (await state.as(who)).org.set(state.organizations.recall(title), profileOf(rows))
}

export async function expectDescribed(state: CocalcState, title: string, rows: Readonly<Record<string, string>>): Promise<void> {
  const hub = await state.as('Ada')
  const name = state.organizations.recall(title)
  await eventually(async () => {
    expect(await hub.org.get(name), `how ${title} is described`).to.include({ name, ...profileOf(rows) })
  })
}

export async function tryToFoundAgain(state: CocalcState, who: string, title: string): Promise<void> {
  const hub = await state.as(who)
  await state.world.attempt(() => hub.org.create(state.organizations.recall(title)))
}

export async function tryToLookAt(state: CocalcState, who: string, title: string): Promise<void> {
  const hub = await state.as(who)
  await state.world.attempt(() => hub.org.get(state.organizations.recall(title)))
}

export async function tryToLookAtNone(state: CocalcState, who: string): Promise<void> {
  const hub = await state.as(who)
  await state.world.attempt(() => hub.org.get('nonexistent-org-for-testing-12345'))
}
