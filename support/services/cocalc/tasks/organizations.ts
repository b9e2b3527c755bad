import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import type { Profile } from '../client/organizations'
import type { CocalcScene } from '../state'

export async function listAll(scene: CocalcScene, who: string): Promise<void> {
  scene.organizationNames = (await (await scene.as(who)).org.getAll()).map(({ name }) => name)
}

/** The contract of the list says that each has a name. */
export function expectSomeList(scene: CocalcScene): void {
  expect(scene.organizationNames, 'the organizations').to.be.an('array')
}

export function expectAmong(scene: CocalcScene, title: string): void {
  expect(scene.organizationNames, 'the organizations').to.include(scene.organizations.recall(title))
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
  scene: CocalcScene,
  who: string,
  title: string,
  rows: Readonly<Record<string, string>>,
): Promise<void> {
  await (await scene.as(who)).org.set(scene.organizations.recall(title), profileOf(rows))
}

export async function expectDescribed(scene: CocalcScene, title: string, rows: Readonly<Record<string, string>>): Promise<void> {
  const hub = await scene.as('Ada')
  const name = scene.organizations.recall(title)
  await eventually(async () => {
    expect(await hub.org.get(name), `how ${title} is described`).to.include({ name, ...profileOf(rows) })
  })
}

export async function tryToFoundAgain(scene: CocalcScene, who: string, title: string): Promise<void> {
  const hub = await scene.as(who)
  await scene.world.attempt(() => hub.org.create(scene.organizations.recall(title)))
}

export async function tryToLookAt(scene: CocalcScene, who: string, title: string): Promise<void> {
  const hub = await scene.as(who)
  await scene.world.attempt(() => hub.org.get(scene.organizations.recall(title)))
}

export async function tryToLookAtNone(scene: CocalcScene, who: string): Promise<void> {
  const hub = await scene.as(who)
  await scene.world.attempt(() => hub.org.get('nonexistent-org-for-testing-12345'))
}
