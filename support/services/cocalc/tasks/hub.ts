import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import { Hub } from '../client/client'
import type { Found } from '../contract'
import { patiently, starting } from '../patience'
import type { CocalcScene } from '../state'

/** An id nobody and nothing has. */
export const NOBODYS = '00000000-0000-4000-8000-000000000000'
const WORD = 'xqzvjkwpfh'

/** A server that is still starting is given time to come up. */
export async function ask(scene: CocalcScene, who: string, times: number): Promise<void> {
  const hub = await scene.as(who)
  for (let time = 0; time < times; time++) {
    await patiently(() => hub.system.ping(), starting(scene.world.access))
    scene.answers++
  }
}

export function expectAnswers(scene: CocalcScene, times: number): void {
  expect(scene.answers, 'how often CoCalc answered').to.equal(times)
}

export async function tryMadeUpKey(scene: CocalcScene): Promise<void> {
  const hub = new Hub({ access: scene.world.access, key: 'invalid_key' })
  await scene.world.attempt(() => hub.system.ping())
}

export async function lookUpFirstName(scene: CocalcScene, who: string): Promise<void> {
  const { accounts } = await (await scene.as(who)).db.query({ accounts: { first_name: null } })
  scene.firstName = (accounts as { first_name?: unknown } | undefined)?.first_name
}

/** On a sandbox it is known whose it must be. */
export function expectFirstName(scene: CocalcScene): void {
  expect(scene.firstName, 'the own first name').to.be.a('string')
  if (!scene.world.access.isLive) expect(scene.firstName, 'the own first name').to.equal('Ada')
}

export async function searchFor(scene: CocalcScene, who: string, whom: string, way: 'email' | 'first' | 'last'): Promise<void> {
  const { email, firstName, lastName } = scene.people.recall(whom)
  const hub = await scene.as(who)
  scene.search = () => hub.system.userSearch({ email, first: firstName, last: lastName }[way])
  scene.found = await scene.search()
}

export async function searchForNobody(scene: CocalcScene, who: string): Promise<void> {
  scene.found = await (await scene.as(who)).system.userSearch(WORD)
}

export async function expectExactly(scene: CocalcScene, whom: string): Promise<void> {
  const { id, email, firstName, lastName } = scene.people.recall(whom)
  await untilFound(scene, (found) => {
    expect(found, 'how many were found').to.have.length(1)
    expect(found[0], 'who was found').to.include({
      account_id: id,
      email_address: email,
      first_name: firstName,
      last_name: lastName,
    })
  })
}

export async function expectFound(scene: CocalcScene, whom: string): Promise<void> {
  const { id } = scene.people.recall(whom)
  await untilFound(scene, (found) => {
    expect(
      found.map(({ account_id }) => account_id),
      'the people found',
    ).to.include(id)
  })
}

/** A new account may take a moment to be found; what has not been found is asked for again. */
async function untilFound({ found, search }: CocalcScene, check: (found: readonly Found[]) => void): Promise<void> {
  let latest: readonly Found[] | undefined = found
  await eventually(
    async () => {
      const seen = latest ?? (await search())
      latest = undefined
      check(seen)
    },
    { for: 3_000 },
  )
}

export function expectNobody(scene: CocalcScene): void {
  expect(scene.found, 'the people found').to.deep.equal([])
}

export async function lookUpName(scene: CocalcScene, who: string, whom: string): Promise<void> {
  scene.names = await (await scene.as(who)).system.getNames([scene.people.recall(whom).id])
}

export function expectName(scene: CocalcScene, whom: string): void {
  const { id, firstName, lastName } = scene.people.recall(whom)
  expect(Object.keys(scene.names), 'whose name was told').to.deep.equal([id])
  expect(scene.names[id], 'the name').to.include({ first_name: firstName, last_name: lastName })
}

export async function lookUpNobodysName(scene: CocalcScene, who: string): Promise<void> {
  scene.names = await (await scene.as(who)).system.getNames([NOBODYS])
}

export function expectDeletedName(scene: CocalcScene): void {
  expect(scene.names[NOBODYS], 'the name').to.include({ first_name: 'Deleted', last_name: 'User' })
}
