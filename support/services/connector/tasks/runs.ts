import { expect } from '../../../assertions/chai-checks'
import { same } from '../../../assertions/values'
import type { HttpResponse } from '../../../http/client'
import { ApiError } from '../../../http/errors'
import { type Arguments, type RunId, wireOf } from '../client'
import { type Fields, fieldsOf, isFields } from '../credentials'
import { followRun } from '../following'
import { namedByApp } from '../proofs'
import { referenced, stored } from '../provisioning'
import type { ConnectorState, StartedRun } from '../state'
import { idOf } from '../undo'
import { include } from './filters'

/** Timeout of a run in seconds unless `CONNECTOR_RUN_TIMEOUT` is set; a sandbox's source is small. */
const LIVE_TIMEOUT = 300
const SANDBOX_TIMEOUT = 8
/** An app accepts no credentials in a start. */
const WITHOUT = ' (it had no credentials: the app’s local vault, which takes them, is open only in a local deployment)'
const SECOND = 1_000

/** Starts a run the way the SDK's own framework does: credentials first go to the local vault, and only their guid to the run. */
export async function startRun(state: ConnectorState, name: string, start = startIn(state)): Promise<StartedRun> {
  const { access } = state.world
  const workflow = access.unique(`acceptance-${name}`, 120).replaceAll(/[^\w-]/g, '-')
  const base = await inputOf(state)
  const correlationId = access.unique('correlation').replaceAll(' ', '-')
  const startedAt = Date.now()
  const how = { by: 'Ada', data: { connector: state.connector, correlation: correlationId } }
  const run = await access.undo.create('connector.run', workflow, how, async (workflowId) => {
    const started = await start({ ...base, workflow_id: workflowId, correlation_id: correlationId })
    return { id: idOf(started), ...started }
  })
  expect(run.workflowId, 'the id the run was asked to have').to.equal(workflow)
  expect(run.correlationId, 'the correlation id the run was given').to.equal(correlationId)
  const { workflowId, runId } = run
  return state.rememberRun(name, {
    workflowId,
    runId,
    correlationId,
    connection: isFields(base.connection) ? base.connection : undefined,
    startedAt,
  })
}

const startIn =
  (state: ConnectorState) =>
  (input: Fields): Promise<Required<RunId>> =>
    state.api.start(state.startPath, input)

async function inputOf(state: ConnectorState): Promise<Fields> {
  const input = wireOf('workflow', { ...state.input, metadata: { ...state.metadata }, credentials: undefined })
  return { ...input, ...(await credentialsFor(state)) }
}

/** A start without an id, so that the app chooses it. @returns the response, also a refusal */
export async function startUnnamed(state: ConnectorState, input: Arguments): Promise<HttpResponse<unknown>> {
  const whole = {
    ...wireOf('workflow', { ...input, credentials: undefined }),
    ...(await credentialsFor(state, input.credentials)),
  }
  const { access } = state.world
  const startedAt = Date.now()
  const how = namedByApp(state.connector)
  const { response } = await access.undo.create('connector.run', access.unique('unnamed'), how, async () => {
    const response = await state.rawApi.post(state.startPath, whole)
    const run = startedIn(response)
    if (run) state.rememberRun('unnamed', { ...run, connection: input.connection, startedAt })
    return { id: idOf(run ?? NO_RUN), response }
  })
  return response
}

/** Where nothing was started, there is nothing to undo. */
const NO_RUN: RunId = { workflowId: '', runId: '' }

function startedIn({ data }: HttpResponse<unknown>): (RunId & { correlationId: string }) | undefined {
  const { data: ids, correlation_id: correlationId } = isFields(data) ? data : {}
  if (!isFields(ids) || typeof ids.workflow_id !== 'string' || typeof ids.run_id !== 'string') return undefined
  return { workflowId: ids.workflow_id, runId: ids.run_id, correlationId: String(correlationId) }
}

/** The source's own credentials are stored in the vault once per run; changed ones each time. */
async function credentialsFor(state: ConnectorState, given: Arguments['credentials'] = state.credentials): Promise<Fields> {
  const { access } = state.world
  const provide = async () => {
    if (same(given, state.source.credentials.evaluate())) return access.once<string>('credential', state.connector)
    return (await stored(access, state.connector, fieldsOf(given))).id
  }
  const reference = await referenced(state.extras, provide, () => fieldsOf(given))
  state.vaultIsClosed = 'credentials' in reference
  return reference
}

export function tryToStart(state: ConnectorState, request: 'a run' | 'the same run again'): Promise<void> {
  return request === 'a run' ? tryToStartNew(state) : tryToStartAgain(state)
}

/** The response to input that an app does not accept is 400, or a 500 with that reason: neither leaves a run behind. */
async function tryToStartNew(state: ConnectorState): Promise<void> {
  await state.world.attempt(() =>
    startRun(state, 'refused', (input) =>
      orNotStarted(state, startIn(state)(input), {
        workflowId: String(input.workflow_id),
        runId: '',
        correlationId: String(input.correlation_id),
      }),
    ),
  )
}

async function tryToStartAgain(state: ConnectorState): Promise<void> {
  const input = { ...(await inputOf(state)), workflow_id: state.run.workflowId }
  const starting = () => state.api.startAgain(state.startPath, input)
  await state.world.attempt(() => orNotStarted(state, starting(), { ...state.run }))
}

const NOT_STARTED = /^(Failed to start workflow|Invalid input)$/

async function orNotStarted<T>(state: ConnectorState, starting: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await starting
  } catch (error) {
    if (!(error instanceof ApiError && NOT_STARTED.test(error.failure.says ?? ''))) throw error
    state.notStarted = { status: error.status, says: error.failure.says ?? '' }
    return otherwise
  }
}

export async function expectNotStarted(state: ConnectorState): Promise<void> {
  const refusal = state.world.takeRefusal()
  if (refusal) throw refusal
  const { status, says } = state.notStarted ?? { status: 0, says: 'the run was started' }
  expect([400, 500], `the status of a start that was not accepted: ${says}`).to.include(status)
  expect(says).to.match(NOT_STARTED)
}

function runToEnd(state: ConnectorState, run = state.run): Promise<string> {
  return followRun(state.api, run, timeoutOf(state))
}

function timeoutOf({ world }: ConnectorState): number {
  const set = world.access.setting('CONNECTOR_RUN_TIMEOUT')
  if (set !== undefined) return Number(set)
  return world.access.isLive ? LIVE_TIMEOUT : SANDBOX_TIMEOUT
}

/** A run of each schema, named like it. */
export async function startTogether(state: ConnectorState, schemas: readonly string[]): Promise<void> {
  await Promise.all(
    schemas.map((schema) => {
      include(state, { kind: 'names', names: [schema] })
      return startRun(state, schema)
    }),
  )
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
  const elapsed = Math.ceil((Date.now() - state.run.startedAt) / SECOND)
  expect(seconds, 'whole seconds since it began').to.be.within(0, elapsed)
  const { success, data } = await state.api.result(state.run.workflowId)
  expect([success, data.status, data.workflow_id], 'the result of a run in progress').to.deep.equal([
    true,
    'running',
    state.run.workflowId,
  ])
}

/** A refusal is examined by the next step, or fails the scenario at its end. */
export function tryToStop(state: ConnectorState): Promise<void> {
  return state.world.attempt(() => state.api.stop(state.run))
}

export function tryToReadMissingStatus(state: ConnectorState): Promise<void> {
  const { access } = state.world
  const run = { workflowId: access.unique('never-started').replaceAll(' ', '-'), runId: 'b5a7c2de-0f57-4a08-9d52-1d0c4b1d2f10' }
  return state.world.attempt(() => state.api.status(run))
}

/** Words for each end of a run in its result, in addition to the general words. */
const FAILURES: Readonly<Record<string, string>> = {
  FAILED: 'Workflow failed',
  TERMINATED: 'Workflow terminated',
  CANCELED: 'Workflow canceled',
  TIMED_OUT: 'Workflow timed out',
}

/** The result of a failed run is a response with the reason, not an error. */
export async function expectFailureReported(state: ConnectorState): Promise<void> {
  const status = await runToEnd(state)
  const { success, data } = await state.api.result(state.run.workflowId)
  expect([success, data.status, data.workflow_id]).to.deep.equal([false, 'failed', state.run.workflowId])
  expect(['Workflow execution failed.', FAILURES[status]], `what the result says of a run that ended as ${status}`).to.include(
    data.error,
  )
}

export async function endByEngine(state: ConnectorState, status: string): Promise<void> {
  await state.world.access.control?.post(`/runs/${state.run.runId}/end`, { status })
}
