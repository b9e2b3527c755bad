import { expect } from '../../../assertions/chai-checks'
import { parseResponse } from '../../../assertions/contract'
import { configMap, configMaps, manifest } from '../contract'
import { isFields } from '../credentials'
import { NAMED_BY_APP } from '../proofs'
import type { ConnectorState } from '../state'
import { idOf } from '../undo'
import { filterFor } from './filters'

export async function expectHealthy(state: ConnectorState): Promise<void> {
  await state.api.health()
}

export async function upload(state: ConnectorState, name: string): Promise<void> {
  const { access } = state.world
  const content = 'from,to\n1,2\n'
  const file = await access.undo.create('connector.file', access.unique(name), { by: 'Ada' }, () =>
    state.api.upload(name, content, 'text/csv'),
  )
  expect(file.fileSize, 'the size of the file').to.equal(content.length)
  state.examine({ success: true, data: file })
}

export function tryToUploadNothing(state: ConnectorState): Promise<void> {
  return state.world.attempt(() => state.api.post('/file', undefined))
}

export async function readManifest(state: ConnectorState, entrypoint?: string): Promise<void> {
  const query = entrypoint === undefined ? '' : `?entrypoint=${entrypoint}`
  const { data } = await state.api.get(`/manifest${query}`)
  state.examine(parseResponse(manifest, data, 'a manifest'))
}

export function tryToReadManifest(state: ConnectorState, entrypoint: string): Promise<void> {
  return state.world.attempt(() => readManifest(state, entrypoint))
}

/** A manifest that is to be used says where it runs: no name in it is left open. */
export function expectResolved(state: ConnectorState): void {
  const text = JSON.stringify(state.answer)
  expect(text.length, 'the length of the manifest').to.be.greaterThan(2)
  expect(text, 'names left open in the manifest').to.not.match(/\{(app_name|deployment_name)\}/)
}

export async function readInputContract(state: ConnectorState, entrypoint?: string): Promise<void> {
  const query = entrypoint === undefined ? '' : `?entrypoint=${entrypoint}`
  state.examine((await state.api.get(`/input-contract${query}`)).data)
}

export function tryToReadInputContract(state: ConnectorState, entrypoint: string): Promise<void> {
  return state.world.attempt(() => readInputContract(state, entrypoint))
}

export function expectContractNames(state: ConnectorState, names: readonly string[]): void {
  const { properties } = state.answerFields()
  expect(isFields(properties) ? Object.keys(properties) : [], 'the fields of the input').to.include.members([...names])
}

/** Every form the app lists can be read, and holds what it is named by. */
export async function expectFormsReadable(state: ConnectorState): Promise<void> {
  const { data } = parseResponse(configMaps, (await state.api.get('/configmaps')).data, 'the list of forms')
  expect(data.configmaps, 'the forms').to.not.have.length(0)
  for (const name of data.configmaps) {
    const form = parseResponse(configMap, (await state.api.get(`/configmap/${encodeURIComponent(name)}`)).data, 'a form').data
    expect(form.metadata.name).to.equal(name)
    expect(JSON.parse(form.data.config), `what ${name} holds`).to.satisfy(isFields)
  }
}

export function rememberChanged(state: ConnectorState, schema: string): void {
  state.changed = schema
}

/** An event of the source starts a run by itself. */
export async function takeEvent(state: ConnectorState, id: string): Promise<void> {
  const { access } = state.world
  const data = {
    credential_guid: await access.once<string>('credential', state.connector),
    include_filter: filterFor(state, [state.changed]),
  }
  const run = await access.undo.create('connector.run', access.unique('event'), NAMED_BY_APP, async () => {
    const taken = await state.api.event(id, { data })
    return { ...taken, id: idOf(taken) }
  })
  expect(run.workflowId, 'the id of the run the event started').to.contain(`-event-${id}-`)
  state.rememberRun('event', { workflowId: run.workflowId, runId: run.runId })
}
