import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import type { OrganizationProfile } from '../client/organizations'
import type { CocalcState } from '../state'

const NONEXISTENT = 'nonexistent-org-for-testing-12345'

const FIELDS: Readonly<Record<string, keyof OrganizationProfile>> = {
  title: 'title',
  description: 'description',
  'email address': 'email_address',
  link: 'link',
}
const EMPTY: OrganizationProfile = { title: null, description: null, email_address: null, link: null }

export async function listAll(state: CocalcState, who: string): Promise<void> {
  state.listedOrganizations = await (await state.as(who)).org.getAll()
}

/** Organizations as the scenario created them: without title and admins. */
export function expectListed(state: CocalcState, titles: readonly string[]): void {
  const names = (state.listedOrganizations ?? []).map(({ name }) => name)
  expect([...new Set(names)], 'the organizations listed, each once').to.deep.equal(names)
  for (const title of titles) {
    const name = state.organizations.recall(title)
    const rows = (state.listedOrganizations ?? []).filter((listed) => listed.name === name)
    const shown = rows.map((row) => ({ name: row.name, title: row.title, admins: row.admin_account_ids ?? [] }))
    expect(shown, `${title} in the list of organizations`).to.deep.equal([{ name, title: null, admins: [] }])
  }
}

function profileOf(rows: Readonly<Record<string, string>>): OrganizationProfile {
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

/** What is not described is empty. */
export async function expectDescribed(state: CocalcState, title: string, rows: Readonly<Record<string, string>>): Promise<void> {
  const hub = await state.as('Ada')
  const name = state.organizations.recall(title)
  await eventually(async () => {
    const { name: shown, title: heading, description, email_address, link } = await hub.org.get(name)
    const profile = { name: shown, title: heading, description, email_address, link }
    expect(profile, `how ${title} is described`).to.deep.equal({ name, ...EMPTY, ...profileOf(rows) })
  })
}

/** A name that is taken is refused however often it is asked for. */
export async function tryToCreateAgain(state: CocalcState, who: string, title: string): Promise<void> {
  const hub = await state.as(who)
  await state.world.attempt(() => hub.org.create(state.organizations.recall(title), { idempotent: true }))
}

/** @param title an organization of the scenario; one that does not exist where there is none */
export async function tryToView(state: CocalcState, who: string, title: string | undefined): Promise<void> {
  const hub = await state.as(who)
  const name = title === undefined ? NONEXISTENT : state.organizations.recall(title)
  await state.world.attempt(() => hub.org.get(name))
}
