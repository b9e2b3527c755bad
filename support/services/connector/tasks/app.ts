import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '../../../assertions/chai-checks'
import { parseResponse } from '../../../assertions/contract'
import { configMap, configMaps, inputContract, manifest } from '../contract'
import { isFields } from '../credentials'
import { namedByApp } from '../proofs'
import { isBefore, offered } from '../settings'
import type { ConnectorState } from '../state'
import { idOf } from '../undo'
import { filterFor } from './filters'
import { storeOf } from './records'

export async function expectHealthy(state: ConnectorState): Promise<void> {
  await state.api.health()
}

const CONTENT = 'from,to\n1,2\n3'

export async function upload(state: ConnectorState, name: string): Promise<void> {
  const { access } = state.world
  const how = { by: 'Ada', data: { connector: state.connector } }
  const file = await access.undo.create('connector.file', access.unique(name), how, () =>
    state.api.upload(name, CONTENT, 'text/csv'),
  )
  if (file.fileName !== undefined) {
    expect(file.fileName, 'the name of the stored file').to.equal(`${file.id}.${file.extension}`)
    expect(file.key.split('/').at(-1), 'the last part of the key').to.equal(file.fileName)
  }
  const store = storeOf(state)
  if (store !== undefined) expect(readFileSync(join(store, file.key), 'utf8'), 'the content of the stored file').to.equal(CONTENT)
  state.examine({ success: true, data: file })
}

/** Each description that an app has of itself: its path, and the setting that says that the app has it. */
export async function read(state: ConnectorState, what: string, entrypoint?: string): Promise<void> {
  const { settings, connector, api } = state
  const query = entrypoint === undefined ? '' : `?entrypoint=${encodeURIComponent(entrypoint)}`
  if (what === 'manifest') {
    offered(connector, settings.hasManifest, 'has no manifest', 'hasManifest')
    state.examine(parseResponse(manifest, (await api.get(`/manifest${query}`)).data, 'a manifest'))
  } else if (what === 'input contract')
    state.examine(parseResponse(inputContract, (await api.get(`/input-contract${query}`)).data, 'an input contract'))
  else if (what === 'list of forms') {
    offered(connector, settings.hasForms, 'has no forms', 'hasForms')
    state.examine(parseResponse(configMaps, (await api.get('/configmaps')).data, 'the list of forms'))
  } else {
    offered(connector, !isBefore(connector, '3.52'), 'has no build identity (its SDK is older than 3.52)', 'sdkVersion')
    state.examine(await api.buildIdentity())
  }
}

export function tryToRead(state: ConnectorState, what: string, entrypoint: string): Promise<void> {
  return state.world.attempt(() => read(state, what, entrypoint))
}

/** A usable manifest contains no placeholders. */
export function expectResolved(state: ConnectorState): void {
  const text = JSON.stringify(state.response)
  const { dag } = parseResponse(manifest, state.response, 'a manifest')
  if (dag) expect(Object.values(dag), 'the steps of the manifest').to.satisfy((steps: unknown[]) => steps.every(isFields))
  expect(text.length, 'the length of the manifest').to.be.greaterThan(2)
  expect(text, 'placeholders in the manifest').to.not.match(/\{(app_name|deployment_name)\}/)
}

/** The name is the one that the manifest was filled with. */
export async function expectAppNamed(state: ConnectorState): Promise<void> {
  const identity = state.responseFields()
  const { app_name: name } = isFields(identity.data) ? identity.data : identity
  expect(name, 'the name of the app').to.be.a('string').and.match(/\S/)
  if (!state.settings.hasManifest) return
  const names = valuesOf('app_name', (await state.api.get('/manifest')).data)
  if (names.length > 0) expect(names, 'the names of apps in the manifest').to.include(name)
}

/** All values that a key has, at any depth. */
function valuesOf(key: string, value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => (name === key ? [inner] : valuesOf(key, inner)))
}

/** Every form that the app lists can be read and has the requested id. */
export async function expectFormsReadable(state: ConnectorState): Promise<void> {
  const { data } = parseResponse(configMaps, state.response, 'the list of forms')
  expect(data.configmaps, 'the forms').to.not.have.length(0)
  expect(data.configmaps, 'the forms, each once').to.have.length(new Set(data.configmaps).size)
  const { forms } = state.settings
  if (forms) expect(data.configmaps, 'the forms of the app').to.have.members([...forms])
  for (const name of data.configmaps) {
    const form = parseResponse(configMap, (await state.api.get(`/configmap/${encodeURIComponent(name)}`)).data, 'a form').data
    expect(form.metadata.name).to.equal(name)
    expect(jsonIn(form.data.config), `the configuration of ${name}`).to.satisfy(isFields)
  }
}

/** Nothing where the text is no JSON. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** An event of the source starts a run. */
export async function notifyOfChange(state: ConnectorState, schema: string): Promise<void> {
  const id = 'source-changed'
  const { access } = state.world
  const data = {
    credential_guid: await access.once<string>('credential', state.connector),
    connection: state.connection,
    include_filter: filterFor(state, [schema]),
  }
  const startedAt = Date.now()
  const run = await access.undo.create('connector.run', access.unique('event'), namedByApp(state.connector), async () => {
    const accepted = await state.api.event(id, { data })
    return { ...accepted, id: idOf(accepted) }
  })
  const { workflowId, runId, correlationId } = run
  expect(workflowId, 'the id of the run the event started').to.contain(`-event-${id}-`)
  state.rememberRun('event', { workflowId, runId, correlationId, connection: state.connection, startedAt })
}
