import { expect } from '../../core/chai-checks'
import { ApiError } from '../../core/errors'
import type { Answer } from '../../core/http'
import { same } from '../../core/values'
import { type Arguments, type RunId, wireOf } from './client'
import { type Fields, fieldsOf, isFields } from './credentials'
import { followRun } from './following'
import { NAMED_BY_APP } from './proofs'
import { referenced, stored } from './provisioning'
import type { ConnectorScene } from './scene'
import { include } from './tasks-filters'
import { idOf } from './undo'

const LIVE_PATIENCE = 300
/** An app takes no credentials with a start. */
const WITHOUT = ' (it had no credentials: the app’s local vault, which takes them, is open only in a local deployment)'
/** A sandbox's source is small. */
const SANDBOX_PATIENCE = 8

/** Starts a run the way the SDK's own framework does: credentials first go to the local vault, and only their guid to the run. */
export async function startRun(scene: ConnectorScene, name: string, start = startIn(scene)): Promise<RunId> {
  const input = wireOf('workflow', { ...scene.input, metadata: { ...scene.metadata }, credentials: undefined })
  const { access } = scene.world
  const workflow = access.unique(`acceptance-${name}`, 120).replaceAll(/[^\w-]/g, '-')
  const whole = { ...input, ...(await credentialsFor(scene)) }
  const run = await access.undo.create('connector.run', workflow, { by: 'Ada' }, async (workflowId) => {
    const started = await start({ ...whole, workflow_id: workflowId })
    return { id: idOf(started), ...started }
  })
  expect(run.workflowId, 'the id the run was asked to have').to.equal(workflow)
  return scene.rememberRun(name, { workflowId: run.workflowId, runId: run.runId })
}

const startIn =
  (scene: ConnectorScene) =>
  (input: Fields): Promise<RunId> =>
    scene.api.start(scene.endpoint, input)

/** A start without an id of ours, for which the app names the run itself. @returns whatever came back, refusals included */
export async function startUnnamed(scene: ConnectorScene, input: Arguments): Promise<Answer<unknown>> {
  const whole = {
    ...wireOf('workflow', { ...input, credentials: undefined }),
    ...(await credentialsFor(scene, input.credentials)),
  }
  const { access } = scene.world
  const { answer } = await access.undo.create('connector.run', access.unique('unnamed'), NAMED_BY_APP, async () => {
    const answer = await scene.candid.post(scene.endpoint, whole)
    const run = startedIn(answer)
    if (run) scene.rememberRun('unnamed', run)
    return { id: idOf(run ?? NOBODYS), answer }
  })
  return answer
}

/** Where nothing was started there is nothing to end. */
const NOBODYS: RunId = { workflowId: '', runId: '' }

function startedIn({ data }: Answer<unknown>): RunId | undefined {
  const { data: ids } = isFields(data) ? data : {}
  if (!isFields(ids) || typeof ids.workflow_id !== 'string' || typeof ids.run_id !== 'string') return undefined
  return { workflowId: ids.workflow_id, runId: ids.run_id }
}

/** The source's own credentials are put into the vault once a run; those a scenario has changed, each time. */
async function credentialsFor(scene: ConnectorScene, given: Arguments['credentials'] = scene.credentials): Promise<Fields> {
  const { access } = scene.world
  const provide = async () => {
    if (same(given, scene.source.credentials.evaluate())) return access.once<string>('credential', scene.connector)
    return (await stored(access, fieldsOf(given))).id
  }
  const reference = await referenced(scene.extras, provide, () => fieldsOf(given))
  scene.vaultIsClosed = 'credentials' in reference
  return reference
}

/** Input that an app will not start with is answered by a general error of its own, which leaves no run behind. */
export async function tryToStart(scene: ConnectorScene): Promise<void> {
  await startRun(scene, 'refused', async (input) => {
    try {
      return await startIn(scene)(input)
    } catch (error) {
      if (!(error instanceof ApiError && [400, 500].includes(error.status))) throw error
      scene.notStarted = { status: error.status, says: error.failure.says ?? '' }
      return { workflowId: String(input.workflow_id), runId: '' }
    }
  })
}

export function expectNotStarted(scene: ConnectorScene): void {
  expect(scene.notStarted, 'what was said instead of starting the run').to.be.an('object')
  expect(scene.notStarted?.says).to.match(/^(Failed to start workflow|Invalid input)$/)
}

export async function startAgain(scene: ConnectorScene): Promise<void> {
  try {
    await scene.api.start('/start', { workflow_id: scene.run.workflowId })
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    scene.notStarted = { status: error.status, says: error.failure.says ?? '' }
  }
}

export function runToEnd(scene: ConnectorScene, run = scene.run): Promise<string> {
  return followRun(scene.api, run, patienceOf(scene))
}

function patienceOf({ world }: ConnectorScene): number {
  const set = world.access.setting('CONNECTOR_RUN_TIMEOUT')
  if (set !== undefined) return Number(set)
  return world.access.isLive ? LIVE_PATIENCE : SANDBOX_PATIENCE
}

/** A run of one schema, called by the schema's name. */
export async function startRunOf(scene: ConnectorScene, schema: string): Promise<void> {
  include(scene, [schema])
  await startRun(scene, schema)
}

export async function startTogether(scene: ConnectorScene, schemas: readonly string[]): Promise<void> {
  await Promise.all(schemas.map((schema) => startRunOf(scene, schema)))
}

export async function tryToStartAt(scene: ConnectorScene, endpoint: string): Promise<void> {
  scene.endpoint = endpoint
  await scene.world.attempt(() => startRun(scene, 'elsewhere'))
}

export async function runAndWait(scene: ConnectorScene, name: string): Promise<void> {
  await startRun(scene, name)
  await runToEnd(scene)
}

export async function expectEnd(scene: ConnectorScene, status: string, run = scene.run): Promise<void> {
  const ended = await runToEnd(scene, run)
  expect(ended, `the run did not complete successfully${scene.vaultIsClosed ? WITHOUT : ''}: its status`).to.equal(status)
}

export async function expectRunning(scene: ConnectorScene): Promise<void> {
  const { status, execution_duration_seconds: seconds } = await scene.api.status(scene.run)
  expect(status, 'the status of a run that has begun').to.equal('RUNNING')
  expect(seconds, 'whole seconds since it began').to.be.within(0, 60)
  const { success, data } = await scene.api.result(scene.run.workflowId)
  expect([success, data.status], 'the result of a run that still runs').to.deep.equal([true, 'running'])
}

export async function stopRun(scene: ConnectorScene): Promise<void> {
  await scene.api.stop(scene.run)
}

/** Waits for the end first: only a run that is over cannot be stopped. */
export async function tryToStopEnded(scene: ConnectorScene): Promise<void> {
  await runToEnd(scene)
  await scene.world.attempt(() => stopRun(scene))
}

export function tryToFollowNobodys(scene: ConnectorScene): Promise<void> {
  const { access } = scene.world
  const run = { workflowId: access.unique('never-started').replaceAll(' ', '-'), runId: 'b5a7c2de-0f57-4a08-9d52-1d0c4b1d2f10' }
  return scene.world.attempt(() => scene.api.status(run))
}

/** What comes of a run that ended badly: told as an answer, not as an error. */
export async function expectFailureTold(scene: ConnectorScene): Promise<void> {
  const { success, data } = await scene.api.result(scene.run.workflowId)
  expect([success, data.status, data.workflow_id]).to.deep.equal([false, 'failed', scene.run.workflowId])
  expect(data.error, 'what is told of the failure').to.match(
    /^Workflow (failed|terminated|canceled|timed out|execution failed\.)$/,
  )
}

/** The engine ends it by its own hand. */
export async function endByEngine(scene: ConnectorScene, status: string): Promise<void> {
  await scene.world.access.powers?.post(`/runs/${scene.run.runId}/end`, { status })
}
