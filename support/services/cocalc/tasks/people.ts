import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import type { Found } from '../contract'
import type { Searched, SearchResult } from '../parameter-types'
import type { CocalcState } from '../state'

/** A valid id that no account has. */
const UNUSED_ID = '00000000-0000-4000-8000-000000000000'
const UNUSED_NAME = 'xqzvjkwpfh'

export async function searchFor(state: CocalcState, who: string, searched: Searched): Promise<void> {
  const query = queryFor(state, searched)
  const hub = await state.as(who)
  state.search = () => hub.system.userSearch(query)
  state.found = await state.search()
}

function queryFor(state: CocalcState, { person, key = '' }: Searched): string {
  if (person === undefined) return UNUSED_NAME
  const { email, firstName, lastName } = state.people.recall(person)
  const query = { 'e-mail address': email, 'first name': firstName, 'last name': lastName }[key]
  if (query === undefined) throw new Error(`An account has no ${key} to search for.`)
  return query
}

export async function expectFound(state: CocalcState, { names, amongOthers }: SearchResult): Promise<void> {
  if (!amongOthers) return expectExactlyFound(state, names)
  for (const name of names) await expectAmongFound(state, name)
}

/** By their e-mail address accounts are found together with it. New accounts have no user name. */
async function expectExactlyFound(state: CocalcState, names: readonly string[]): Promise<void> {
  const expected = names.map((name) => {
    const { id, email, firstName, lastName } = state.people.recall(name)
    return { account_id: id, name: null, email_address: email, first_name: firstName, last_name: lastName }
  })
  await untilFound(state, (found) => {
    const shown = found.map(({ account_id, name, email_address, first_name, last_name }) => {
      return { account_id, name, email_address, first_name, last_name }
    })
    expect(shown, 'the accounts found').to.deep.equal(expected)
    for (const account of found) expectNew(state, account)
  })
}

async function expectAmongFound(state: CocalcState, name: string): Promise<void> {
  const { id, firstName, lastName } = state.people.recall(name)
  await untilFound(state, (found) => {
    const same = found.filter(({ account_id }) => account_id === id)
    expect(same, `${name} among the accounts found`).to.have.length(1)
    expect(same[0], `${name} among the accounts found`).to.include({ name: null, first_name: firstName, last_name: lastName })
    for (const account of same) expectNew(state, account)
  })
}

/** Accounts that a scenario searches for were created in it. */
function expectNew(state: CocalcState, { created }: Found): void {
  if (created != null) state.expectDuringScenario(created, 'when the account was created')
}

/** It may take a moment until a new account is found: the search is repeated. */
async function untilFound(state: CocalcState, check: (found: Found[]) => void): Promise<void> {
  let isFirst = true
  await eventually(async () => {
    if (!isFirst) state.found = await state.search()
    isFirst = false
    check(state.found)
  })
}

/** @param whom an account of the scenario; one that does not exist where there is none */
export async function lookUpName(state: CocalcState, who: string, whom: string | undefined): Promise<void> {
  const id = whom === undefined ? UNUSED_ID : state.people.recall(whom).id
  state.names = await (await state.as(who)).system.getNames([id])
}

/** @param whom undefined for an account that does not exist, which is shown as deleted */
export function expectName(state: CocalcState, whom: string | undefined): void {
  const { id, firstName, lastName } =
    whom === undefined ? { id: UNUSED_ID, firstName: 'Deleted', lastName: 'User' } : state.people.recall(whom)
  const names = Object.entries(state.names).map(([account, { first_name, last_name }]) => ({ account, first_name, last_name }))
  expect(names, 'the names shown').to.deep.equal([{ account: id, first_name: firstName, last_name: lastName }])
}
