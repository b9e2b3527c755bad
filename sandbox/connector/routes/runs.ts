import { z } from 'zod'
import { bool, checked } from '../../kit/fastapi'
import { NoSuchRun, RunFailed, type RunRow, UndecodableResult } from '../service/engine'
import { detail } from '../service/errors'
import { envelope } from '../service/http'
import type { Routes, Service } from '../service/route'

const UNCONFIGURED = 'Workflow execution not configured.'
const waiting = z.object({ wait: bool.optional() })
const CLOSED_BADLY = ['FAILED', 'TERMINATED', 'CANCELED', 'TIMED_OUT']

interface RunPath {
  workflowId: string
  /** May contain slashes. */
  '*': string
}

/** Status, result and termination of runs. */
export const runRoutes: Routes = async (app, { service }) => {
  app.get<{ Params: RunPath }>('/workflows/v1/status/:workflowId/*', async ({ params }) => {
    const row = await asked(service, params.workflowId, 'Failed to get workflow status', (engine) =>
      engine.describe(params.workflowId, params['*']),
    )
    const status = row.status || 'UNKNOWN'
    const data = { workflow_id: params.workflowId, run_id: params['*'], status, execution_duration_seconds: seconds(row) }
    return envelope(true, data, `Workflow status: ${status}`)
  })
  app.get<{ Params: { workflowId: string } }>('/workflows/v1/result/:workflowId', async ({ params, query }) => {
    const { wait } = checked(waiting, query, 'query')
    return asked(service, params.workflowId, 'Failed to get workflow result', (engine) =>
      resultOf(engine, params.workflowId, wait ?? false),
    )
  })
  app.post<{ Params: RunPath }>('/workflows/v1/stop/:workflowId/*', async ({ params }) => {
    await asked(service, params.workflowId, 'Failed to stop workflow', (engine) =>
      engine.terminate(params.workflowId, params['*']),
    )
    return { success: true, message: 'Workflow terminated successfully' }
  })
}

type Engine = NonNullable<Service['infrastructure']['engine']>

async function asked<T>(service: Service, workflowId: string, failure: string, ask: (engine: Engine) => Promise<T>): Promise<T> {
  const { engine } = service.infrastructure
  if (!engine) throw detail(503, UNCONFIGURED)
  try {
    return await ask(engine)
  } catch (error) {
    throw error instanceof NoSuchRun ? detail(404, `Workflow not found: ${workflowId}`) : detail(500, failure)
  }
}

/** Always the latest run of the id. */
async function resultOf(engine: Engine, workflowId: string, wait: boolean): Promise<unknown> {
  const { status } = await engine.describe(workflowId)
  if (wait || status === 'COMPLETED') return outputOf(engine, workflowId)
  const lower = (status || 'UNKNOWN').toLowerCase()
  if (status === 'RUNNING')
    return envelope(true, { status: 'running', workflow_id: workflowId, message: 'Workflow is still running' })
  if (CLOSED_BADLY.includes(status)) return failed(workflowId, `Workflow ${lower.replaceAll('_', ' ')}`)
  return envelope(true, { status: lower, workflow_id: workflowId, message: `Workflow status: ${status || 'UNKNOWN'}` })
}

async function outputOf(engine: Engine, workflowId: string): Promise<unknown> {
  try {
    const result = await engine.result(workflowId)
    return envelope(true, { status: 'completed', workflow_id: workflowId, result }, 'Workflow completed')
  } catch (error) {
    if (error instanceof RunFailed) return failed(workflowId, 'Workflow execution failed.')
    if (!(error instanceof UndecodableResult)) throw error
    const data = { status: 'result_decode_failed', workflow_id: workflowId, error_type: error.name }
    return envelope(false, data, 'Workflow result could not be decoded')
  }
}

function failed(workflowId: string, error: string): unknown {
  return envelope(false, { status: 'failed', workflow_id: workflowId, error }, 'Workflow failed')
}

/** Whole seconds from the start to the end, or until now; 0 where it has not begun. */
function seconds({ startedAt, closedAt }: RunRow): number {
  return startedAt === undefined ? 0 : Math.max(0, Math.floor(((closedAt ?? Date.now()) - startedAt) / 1000))
}
