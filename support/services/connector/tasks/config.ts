import { expect } from '../../../assertions/chai-checks'
import type { HttpResponse } from '../../../http/client'
import { ConnectorClient } from '../client'
import { type Fields, isFields, pairsOf } from '../credentials'
import { fingerprintOf } from '../proofs'
import { stored } from '../provisioning'
import type { ConnectorState } from '../state'

/** The name of a configuration in a scenario; each type has its own names. */
export interface ConfigurationName {
  name: string
  type: string
}

const LONGEST_ID = 128

export async function save(state: ConnectorState, { name, type }: ConfigurationName, document: unknown): Promise<void> {
  const saved = await create(state, { name, type }, document, (id) => state.api.saveConfig(id, type, document))
  expect(saved, 'what the app reports to have saved').to.deep.equal(document)
}

/** Journalled, because a configuration stays until it is emptied. */
async function create<T>(
  state: ConnectorState,
  { name, type }: ConfigurationName,
  document: unknown,
  post: (id: string) => Promise<T>,
): Promise<T> {
  const { access } = state.world
  const id = idOf(state, { name, type }) ?? newId(state, name)
  const data = { type, content: fingerprintOf(document), connector: state.connector }
  const { response } = await access.undo.create('connector.config', id, { by: 'Ada', data }, async () => {
    return { id, response: await post(id) }
  })
  state.configurations.remember(`${type}/${name}`, id)
  return response
}

/** The id of a configuration this scenario has saved under any type: the types of one name share it, so that they can collide. */
function idOf(state: ConnectorState, { name, type }: ConfigurationName): string | undefined {
  const keys = [`${type}/${name}`, `workflows/${name}`, `credentials/${name}`]
  const key = keys.find((one) => state.configurations.has(one))
  return key === undefined ? undefined : state.configurations.recall(key)
}

/** Special characters of the name stay in the id, so that a name that is not allowed is refused. */
function newId(state: ConnectorState, name: string): string {
  const [before = '', after = ''] = state.world.access.unique('acceptance-…', LONGEST_ID - name.length).split('…')
  return `${before}${name}${after.replaceAll(/[^\w-]/g, '-')}`
}

export async function expectStored(state: ConnectorState, { name, type }: ConfigurationName, document: unknown): Promise<void> {
  const id = state.configurations.recall(`${type}/${name}`)
  expect(await state.api.config(id, type), `what is stored as ${name}`).to.deep.equal(document)
}

export function tryToRead(state: ConnectorState, { name, type }: ConfigurationName): Promise<void> {
  return state.world.attempt(() => state.api.config(idOf(state, { name, type }) ?? newId(state, name), type))
}

export function tryToSave(state: ConnectorState, { name, type }: ConfigurationName): Promise<void> {
  return state.world.attempt(() => save(state, { name, type }, {}))
}

/**
 * The config call of a declarative scenario: `config_action` get or update, `config_workflow_id` the name of a configuration of this
 * scenario or an existing id, `config_type`, and `config_payload`.
 */
export async function callConfig(state: ConnectorState, input: Fields): Promise<HttpResponse<unknown>> {
  const { config_action: action, config_workflow_id: name, config_type: type = 'workflows', config_payload: payload = {} } = input
  if (action !== 'get' && action !== 'update')
    throw new Error(`config_action must be get or update for a call of config, not ${JSON.stringify(action) ?? 'left out'}.`)
  if (typeof name !== 'string' || name === '') throw new Error('config_workflow_id is missing: a call of config needs one.')
  const which = { name, type: String(type) }
  if (action === 'get') return state.rawApi.get(ConnectorClient.configPath(idOf(state, which) ?? name, which.type))
  const response = await create(state, which, payload, (id) =>
    state.rawApi.post(ConnectorClient.configPath(id, which.type), JSON.stringify(payload)),
  )
  if (response.status === 200)
    expect(isFields(response.data) ? response.data.data : undefined, 'what the app reports to have saved').to.deep.equal(payload)
  return response
}

export async function storeCredentials(state: ConnectorState): Promise<void> {
  state.guid = (await stored(state.world.access, state.connector, state.credentials)).id
}

/** Stored credentials as readable through the configuration: they must not contain secrets. */
export async function expectNoSecretStored(state: ConnectorState): Promise<void> {
  if (state.guid === undefined) throw new Error('The scenario has stored no credentials.')
  const open = await state.api.config(state.guid, 'credentials')
  expect(open).to.satisfy(isFields)
  const { username, password, extra: _, ...shown } = state.credentials
  expect(open, 'the stored configuration').to.deep.include({ ...shown, credentialSource: 'direct' })
  expect(open, 'the stored configuration').to.not.have.any.keys('username', 'password', 'extra')
  const secrets = pairsOf({ username, password }).map(({ value }) => value)
  for (const secret of secrets) expect(JSON.stringify(open).includes(secret), 'whether it holds a secret').to.equal(false)
}
