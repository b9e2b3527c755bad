import { expect } from '../../core/chai-checks'
import { isFields } from './credentials'
import { fingerprintOf } from './proofs'
import type { ConnectorScene } from './scene'

/** A document as a table of a feature gives it: JSON where it reads as JSON. */
export type Document = Readonly<Record<string, unknown>>

export async function save(scene: ConnectorScene, name: string, document: unknown, type = 'workflows'): Promise<void> {
  const { access } = scene.world
  const id = scene.documents.has(name) ? scene.documents.recall(name) : newId(scene, name)
  const data = { type, content: fingerprintOf(document) }
  const answer = await access.undo.create('connector.config', id, { by: 'Ada', data }, async () => {
    return { id, saved: await scene.api.saveConfig(id, type, document) }
  })
  scene.documents.remember(name, id)
  expect(answer.saved, 'what the app says it has saved').to.deep.equal(document)
}

function newId(scene: ConnectorScene, name: string): string {
  return scene.world.access.unique(`acceptance-${name}`, 128).replaceAll(/[^\w-]/g, '-')
}

export async function expectStored(scene: ConnectorScene, name: string, document: unknown, type = 'workflows'): Promise<void> {
  const read = await scene.api.config(scene.documents.recall(name), type)
  expect(read, `what is stored as ${name}`).to.deep.equal(document)
}

export function tryToRead(scene: ConnectorScene, name: string, type = 'workflows'): Promise<void> {
  const id = scene.documents.has(name) ? scene.documents.recall(name) : newId(scene, name)
  return scene.world.attempt(() => scene.api.config(id, type))
}

export function tryToSaveUnder(scene: ConnectorScene, id: string): Promise<void> {
  return scene.world.attempt(() => scene.api.saveConfig(id, 'workflows', {}))
}

export function tryToReadUnder(scene: ConnectorScene, id: string): Promise<void> {
  return scene.world.attempt(() => scene.api.config(id, 'workflows'))
}

/** What of provisioned credentials stands where everybody who may configure the app can read it: nothing secret. */
export async function expectOnlyOpenPart(scene: ConnectorScene): Promise<void> {
  const guid = await scene.world.access.once<string>('credential', scene.connector)
  const open = await scene.api.config(guid, 'credentials')
  expect(open).to.satisfy(isFields)
  const { host, username, password } = scene.credentials
  expect(open, 'the open half of the credentials').to.include({ host, credentialSource: 'direct' })
  expect(open, 'the open half of the credentials').to.not.have.any.keys('username', 'password', 'extra')
  for (const secret of [username, password])
    expect(JSON.stringify(open).includes(String(secret)), 'a secret in it').to.equal(false)
}
