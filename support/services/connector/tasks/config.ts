import { expect } from '../../../assertions/chai-checks'
import { isFields } from '../credentials'
import { fingerprintOf } from '../proofs'
import type { ConnectorState } from '../state'

/** A document as a table of a feature gives it: JSON where it reads as JSON. */
export type Document = Readonly<Record<string, unknown>>

export async function save(state: ConnectorState, name: string, document: unknown, type = 'workflows'): Promise<void> {
  const { access } = state.world
  const id = state.documents.has(name) ? state.documents.recall(name) : newId(state, name)
  const data = { type, content: fingerprintOf(document) }
  const answer = await access.undo.create('connector.config', id, { by: 'Ada', data }, async () => {
    return { id, saved: await state.api.saveConfig(id, type, document) }
  })
  state.documents.remember(name, id)
  expect(answer.saved, 'what the app says it has saved').to.deep.equal(document)
}

function newId(state: ConnectorState, name: string): string {
  return state.world.access.unique(`acceptance-${name}`, 128).replaceAll(/[^\w-]/g, '-')
}

export async function expectStored(state: ConnectorState, name: string, document: unknown, type = 'workflows'): Promise<void> {
  const read = await state.api.config(state.documents.recall(name), type)
  expect(read, `what is stored as ${name}`).to.deep.equal(document)
}

export function tryToRead(state: ConnectorState, name: string, type = 'workflows'): Promise<void> {
  const id = state.documents.has(name) ? state.documents.recall(name) : newId(state, name)
  return state.world.attempt(() => state.api.config(id, type))
}

export function tryToSaveUnder(state: ConnectorState, id: string): Promise<void> {
  return state.world.attempt(() => state.api.saveConfig(id, 'workflows', {}))
}

export function tryToReadUnder(state: ConnectorState, id: string): Promise<void> {
  return state.world.attempt(() => state.api.config(id, 'workflows'))
}

/** What of provisioned credentials stands where everybody who may configure the app can read it: nothing secret. */
export async function expectOnlyOpenPart(state: ConnectorState): Promise<void> {
  const guid = await state.world.access.once<string>('credential', state.connector)
  const open = await state.api.config(guid, 'credentials')
  expect(open).to.satisfy(isFields)
  const { host, username, password } = state.credentials
  expect(open, 'the open half of the credentials').to.include({ host, credentialSource: 'direct' })
  expect(open, 'the open half of the credentials').to.not.have.any.keys('username', 'password', 'extra')
  for (const secret of [username, password])
    expect(JSON.stringify(open).includes(String(secret)), 'a secret in it').to.equal(false)
}
