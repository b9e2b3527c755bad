import { expect } from '../../core/chai-checks'
import { promised } from '../../core/contract'
import { configMap, configMaps, manifest } from './contract'
import { isFields } from './credentials'
import { NAMED_BY_APP } from './proofs'
import type { ConnectorScene } from './scene'
import { filterFor } from './tasks-filters'
import { idOf } from './undo'

export async function expectHealthy(scene: ConnectorScene): Promise<void> {
  await scene.api.health()
}

export async function upload(scene: ConnectorScene, name: string): Promise<void> {
  const { access } = scene.world
  const content = 'from,to\n1,2\n'
  const file = await access.undo.create('connector.file', access.unique(name), { by: 'Ada' }, () =>
    scene.api.upload(name, content, 'text/csv'),
  )
  expect(file.fileSize, 'the size of the file').to.equal(content.length)
  scene.examine({ success: true, data: file })
}

export function tryToUploadNothing(scene: ConnectorScene): Promise<void> {
  return scene.world.attempt(() => scene.api.post('/file', undefined))
}

export async function readManifest(scene: ConnectorScene, entrypoint?: string): Promise<void> {
  const query = entrypoint === undefined ? '' : `?entrypoint=${entrypoint}`
  const { data } = await scene.api.get(`/manifest${query}`)
  scene.examine(promised(manifest, data, 'a manifest'))
}

export function tryToReadManifest(scene: ConnectorScene, entrypoint: string): Promise<void> {
  return scene.world.attempt(() => readManifest(scene, entrypoint))
}

/** A manifest that is to be used says where it runs: no name in it is left open. */
export function expectResolved(scene: ConnectorScene): void {
  const text = JSON.stringify(scene.answer)
  expect(text.length, 'the length of the manifest').to.be.greaterThan(2)
  expect(text, 'names left open in the manifest').to.not.match(/\{(app_name|deployment_name)\}/)
}

export async function readInputContract(scene: ConnectorScene, entrypoint?: string): Promise<void> {
  const query = entrypoint === undefined ? '' : `?entrypoint=${entrypoint}`
  scene.examine((await scene.api.get(`/input-contract${query}`)).data)
}

export function tryToReadInputContract(scene: ConnectorScene, entrypoint: string): Promise<void> {
  return scene.world.attempt(() => readInputContract(scene, entrypoint))
}

export function expectContractNames(scene: ConnectorScene, names: readonly string[]): void {
  const { properties } = scene.answerFields()
  expect(isFields(properties) ? Object.keys(properties) : [], 'the fields of the input').to.include.members([...names])
}

/** Every form the app lists can be read, and holds what it is named by. */
export async function expectFormsReadable(scene: ConnectorScene): Promise<void> {
  const { data } = promised(configMaps, (await scene.api.get('/configmaps')).data, 'the list of forms')
  expect(data.configmaps, 'the forms').to.not.have.length(0)
  for (const name of data.configmaps) {
    const form = promised(configMap, (await scene.api.get(`/configmap/${encodeURIComponent(name)}`)).data, 'a form').data
    expect(form.metadata.name).to.equal(name)
    expect(JSON.parse(form.data.config), `what ${name} holds`).to.satisfy(isFields)
  }
}

export function rememberChanged(scene: ConnectorScene, schema: string): void {
  scene.changed = schema
}

/** An event of the source starts a run by itself. */
export async function takeEvent(scene: ConnectorScene, id: string): Promise<void> {
  const { access } = scene.world
  const data = {
    credential_guid: await access.once<string>('credential', scene.connector),
    include_filter: filterFor(scene, [scene.changed]),
  }
  const run = await access.undo.create('connector.run', access.unique('event'), NAMED_BY_APP, async () => {
    const taken = await scene.api.event(id, { data })
    return { ...taken, id: idOf(taken) }
  })
  expect(run.workflowId, 'the id of the run the event started').to.contain(`-event-${id}-`)
  scene.rememberRun('event', { workflowId: run.workflowId, runId: run.runId })
}
