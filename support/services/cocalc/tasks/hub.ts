import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import { Hub } from '../client/client'
import type { Found } from '../contract'
import { patiently, starting } from '../patience'
import type { CocalcState } from '../state'

/** An id nobody and nothing has. */
export const NOBODYS = '00000000-0000-4000-8000-000000000000'
const WORD = 'xqzvjkwpfh'

/** A server that is still starting is given time to come up. */
export async function ask(state: CocalcState, who: string, times: number): Promise<void> {
  const hub = await state.as(who)
  for (let time = 0; time < times; time++) {
    await patiently(() => hub.system.ping(), starting(state.world.access))
    state.answers++
  }
}

export function expectAnswers(state: CocalcState, times: number): void {
  expect(state.answers, 'how often CoCalc answered').to.equal(times)
}

export async function tryMadeUpKey(state: CocalcState): Promise<void> {
  const hub = new Hub({ access: state.world.access, key: 'invalid_key' })
  await state.world.attempt(() => hub.system.ping())
}

export async function lookUpFirstName(state: CocalcState, who: string): Promise<void> {
  const { accounts } = await (await state.as(who)).db.query({ accounts: { first_name: null } })
  state.firstName = (accounts as { first_name?: unknown } | undefined)?.first_name
}

/** On a sandbox it is known whose it must be. */
export function expectFirstName(state: CocalcState): void {
  expect(state.firstName, 'the own first name').to.be.a('string')
  if (!state.world.access.isLive) expect(state.firstName, 'the own first name').to.equal('Ada')
}

export async function searchFor(state: CocalcState, who: string, whom: string, way: 'email' | 'first' | 'last'): Promise<void> {
  const { email, firstName, lastName } = state.people.recall(whom)
  const hub = await state.as(who)
  state.search = () => hub.system.userSearch({ email, first: firstName, last: lastName }[way])
  state.found = await state.search()
}

export async function searchForNobody(state: CocalcState, who: string): Promise<void> {
  state.found = await (await state.as(who)).system.userSearch(WORD)
}

export async function expectExactly(state: CocalcState, whom: string): Promise<void> {
  const { id, email, firstName, lastName } = state.people.recall(whom)
  await untilFound(state, (found) => {
    expect(found, 'how many were found').to.have.length(1)
    expect(found[0], 'who was found').to.include({
      account_id: id,
      email_address: email,
      first_name: firstName,
      last_name: lastName,
    })
  })
}

export async function expectFound(state: CocalcState, whom: string): Promise<void> {
  const { id } = state.people.recall(whom)
  await untilFound(state, (found) => {
    expect(
      found.map(({ account_id }) => account_id),
      'the people found',
    ).to.include(id)
  })
}

/** A new account may take a moment to be found; what has not been found is asked for again. */
async function untilFound({ found, search }: CocalcState, check: (found: readonly Found[]) => void): Promise<void> {
  let latest: readonly Found[] | undefined = found
  await eventually(
    async () => {
      const seen = latest ?? (await search())
      latest = undefined
      check(seen)
    },
    { timeout: 3_000 },
  )
}

export function expectNobody(state: CocalcState): void {
  expect(state.found, 'the people found').to.deep.equal([])
}

export async function lookUpName(state: CocalcState, who: string, whom: string): Promise<void> {
  state.names = await (await state.as(who)).system.getNames([state.people.recall(whom).id])
}

export function expectName(state: CocalcState, whom: string): void {
  const { id, firstName, lastName } = state.people.recall(whom)
  expect(Object.keys(state.names), 'whose name was told').to.deep.equal([id])
  expect(state.names[id], 'the name').to.include({ first_name: firstName, last_name: lastName })
}

export async function lookUpNobodysName(state: CocalcState, who: string): Promise<void> {
  state.names = await (await state.as(who)).system.getNames([NOBODYS])
}

export function expectDeletedName(state: CocalcState): void {
  expect(state.names[NOBODYS], 'the name').to.include({ first_name: 'Deleted', last_name: 'User' })
}
