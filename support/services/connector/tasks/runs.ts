import { expect } from '../../../assertions/chai-checks'
import { same } from '../../../assertions/values'
import type { HttpResponse } from '../../../http/client'
import { ApiError } from '../../../http/errors'
import { type Arguments, type RunId, wireOf } from '../client'
import { type Fields, fieldsOf, isFields } from '../credentials'
import { followRun } from '../following'
import { NAMED_BY_APP } from '../proofs'
import { referenced, stored } from '../provisioning'
import type { ConnectorState } from '../state'
import { idOf } from '../undo'
import { include } from './filters'

const LIVE_PATIENCE = 300
/** An app takes no credentials with a start. */
const WITHOUT = ' (it had no credentials: the app’s local vault, which takes them, is open only in a local deployment)'
/** A sandbox's source is small. */
const SANDBOX_PATIENCE = 8

/** Starts a run the way the SDK's own framework does: credentials first go to the local vault, and only their guid to the run. */
export async function startRun(state: ConnectorState, name: string, start = startIn(state)): Promise<RunId> {
  const input = wireOf('workflow', { ...state.input, metadata: { ...state.metadata }, credentials: undefined })
  const { access } = state.world
  const workflow = access.unique(`acceptance-${name}`, 120).replaceAll(/[^\w-]/g, '-')
  const whole = { ...input, ...(await credentialsFor(state)) }
  const run = await access.undo.create('connector.run', workflow, { by: 'Ada' }, async (workflowId) => {
    const started = await start({ ...whole, workflow_id: workflowId })
    return { id: idOf(started), ...started }
  })
  expect(run.workflowId, 'the id the run was asked to have').to.equal(workflow)
  return state.rememberRun(name, { workflowId: run.workflowId, runId: run.runId })
}

const startIn =
  (state: ConnectorState) =>
  (input: Fields): Promise<RunId> =>
    state.api.start(state.endpoint, input)

/** A start without an id of ours, for which the app names the run itself. @returns whatever came back, refusals included */
export async function startUnnamed(state: ConnectorState, input: Arguments): Promise<HttpResponse<unknown>> {
  const whole = {
    ...wireOf('workflow', { ...input, credentials: undefined }),
    ...(await credentialsFor(state, input.credentials)),
  }
  const { access } = state.world
  const { answer } = await access.undo.create('connector.run', access.unique('unnamed'), NAMED_BY_APP, async () => {
    const answer = await state.candid.post(state.endpoint, whole)
    const run = startedIn(answer)
    if (run) state.rememberRun('unnamed', run)
    return { id: idOf(run ?? NOBODYS), answer }
  })
  return answer
}

/** Where nothing was started there is nothing to end. */
const NOBODYS: RunId = { workflowId: '', runId: '' }

function startedIn({ data }: HttpResponse<unknown>): RunId | undefined {
  const { data: ids } = isFields(data) ? data : {}
  if (!isFields(ids) || typeof ids.workflow_id !== 'string' || typeof ids.run_id !== 'string') return undefined
  return { workflowId: ids.workflow_id, runId: ids.run_id }
}

/** The source's own credentials are put into the vault once a run; those a scenario has changed, each time. */
async function credentialsFor(state: ConnectorState, given: Arguments['credentials'] = state.credentials): Promise<Fields> {
  const { access } = state.world
  const provide = async () => {
    if (same(given, state.source.credentials.evaluate())) return access.once<string>('credential', state.connector)
    return (await stored(access, fieldsOf(given))).id
  }
  const reference = await referenced(state.extras, provide, () => fieldsOf(given))
  state.vaultIsClosed = 'credentials' in reference
  return reference
}

/** Input that an app will not start with is answered by a general error of its own, which leaves no run behind. */
export async function tryToStart(state: ConnectorState): Promise<void> {
  await startRun(state, 'refused', async (input) => {
    try {
      return await startIn(state)(input)
    } catch (error) {
      if (!(error instanceof ApiError && [400, 500].includes(error.status))) throw error
      state.notStarted = { status: error.status, says: error.failure.says ?? '' }
      return { workflowId: String(input.workflow_id), runId: '' }
    }
  })
}

export function expectNotStarted(state: ConnectorState): void {
  expect(state.notStarted, 'what was said instead of starting the run').to.be.an('object')
  expect(state.notStarted?.says).to.match(/^(Failed to start workflow|Invalid input)$/)
}

export async function startAgain(state: ConnectorState): Promise<void> {
  try {
    await state.api.start('/start', { workflow_id: state.run.workflowId })
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    state.notStarted = { status: error.status, says: error.failure.says ?? '' }
  }
}

export function runToEnd(state: ConnectorState, run = state.run): Promise<string> {
  return followRun(state.api, run, patienceOf(state))
}

function patienceOf({ world }: ConnectorState): number {
  const set = world.access.setting('CONNECTOR_RUN_TIMEOUT')
  if (set !== undefined) return Number(set)
  return world.access.isLive ? LIVE_PATIENCE : SANDBOX_PATIENCE
}

/** A run of one schema, called by the schema's name. */
export async function startRunOf(state: ConnectorState, schema: string): Promise<void> {
  include(state, [schema])
  await startRun(state, schema)
}

export async function startTogether(state: ConnectorState, schemas: readonly string[]): Promise<void> {
  await Promise.all(schemas.map((schema) => startRunOf(state, schema)))
}

export async function tryToStartAt(state: ConnectorState, endpoint: string): Promise<void> {
  state.endpoint = endpoint
  await state.world.attempt(() => startRun(state, 'elsewhere'))
}

export async function runAndWait(state: ConnectorState, name: string): Promise<void> {
  await startRun(state, name)
  await runToEnd(state)
}

export async function expectEnd(state: ConnectorState, status: string, run = state.run): Promise<void> {
  const ended = await runToEnd(state, run)
  expect(ended, `the run did not complete successfully${state.vaultIsClosed ? WITHOUT : ''}: its status`).to.equal(status)
}

export async function expectRunning(state: ConnectorState): Promise<void> {
  const { status, execution_duration_seconds: seconds } = await state.api.status(state.run)
  expect(status, 'the status of a run that has begun').to.equal('RUNNING')
  expect(seconds, 'whole seconds since it began').to.be.within(0, 60)
  const { success, data } = await state.api.result(state.run.workflowId)
  expect([success, data.status], 'the result of a run that still runs').to.deep.equal([true, 'running'])
}

export async function stopRun(state: ConnectorState): Promise<void> {
  await state.api.stop(state.run)
}

/** Waits for the end first: only a run that is over cannot be stopped. */
export async function tryToStopEnded(state: ConnectorState): Promise<void> {
  await runToEnd(state)
  await state.world.attempt(() => stopRun(state))
}

export function tryToFollowNobodys(state: ConnectorState): Promise<void> {
  const { access } = state.world
  const run = { workflowId: access.unique('never-started').replaceAll(' ', '-'), runId: 'b5a7c2de-0f57-4a08-9d52-1d0c4b1d2f10' }
  return state.world.attempt(() => state.api.status(run))
}

/** What comes of a run that ended badly: told as an answer, not as an error. */
export async function expectFailureTold(state: ConnectorState): Promise<void> {
  const { success, data } = await state.api.result(state.run.workflowId)
  expect([success, data.status, data.workflow_id]).to.deep.equal([false, 'failed', state.run.workflowId])
  expect(data.error, 'what is told of the failure').to.match(
    /^Workflow (failed|terminated|canceled|timed out|execution failed\.)$/,
  )
}

/** The engine ends it by its own hand. */
export async function endByEngine(state: ConnectorState, status: string): Promise<void> {
  await state.world.access.control?.post(`/runs/${state.run.runId}/end`, { status })
}
