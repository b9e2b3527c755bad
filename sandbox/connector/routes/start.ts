import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { Entrypoint, RunContext } from '../service/app'
import { type Body, isObject, normalised } from '../service/credentials'
import { chosenEntrypoint, workflowType } from '../service/dispatch'
import { detail } from '../service/errors'
import { objectOf } from '../service/http'
import { canonicalJson } from '../service/python'
import type { Routes, Service } from '../service/service'

const NOT_CONFIGURED = 'Workflow execution not configured. Set ATLAN_TEMPORAL_HOST.'

export interface Started {
  workflow_id: string
  run_id: string
}

/** Starts a run. Credentials in the body are taken out before anything else sees it: a run finds its own by their guid. */
export const startRoutes: Routes = async (app, { service }) => {
  app.post<{ Querystring: { entrypoint?: string } }>('/workflows/v1/start', async (request) => {
    if (!service.infrastructure.engine) throw detail(503, NOT_CONFIGURED)
    const body = withoutCredentials(objectOf(request))
    const entrypoint = chosenEntrypoint(service.app, request.query.entrypoint || textOf(body.workflow_type))
    if (service.app.isRegistered === false) throw detail(404, `App '${service.app.name}' not registered`)
    const correlation = textOf(body.correlation_id) || randomUUID()
    const data = await begun(service, entrypoint, body, correlation)
    return { success: true, message: 'Workflow started successfully', data, correlation_id: correlation }
  })
}

/** @throws Refusal the generic 400 or 500: what was wrong with the input is in the app's log only */
async function begun(service: Service, entrypoint: Entrypoint, body: Body, correlation: string): Promise<Started> {
  try {
    for (const id of [body.workflow_id, body.correlation_id]) {
      if (id !== undefined && typeof id !== 'string') throw new Error('an id is a text')
    }
    const { input, given } = entrypoint.contract(lifted(body))
    const workflowId = textOf(body.workflow_id) || `${service.app.name}-${hashOf(given)}-${randomBytes(4).toString('hex')}`
    return await startRun(service, entrypoint, { workflowId, input, correlation })
  } catch (error) {
    throw error instanceof TypeError ? detail(400, 'Invalid input') : detail(500, 'Failed to start workflow')
  }
}

interface Beginning {
  workflowId: string
  input: Body
  correlation: string
}

export async function startRun(
  { app, infrastructure }: Service,
  entrypoint: Entrypoint,
  { workflowId, input, correlation }: Beginning,
): Promise<Started> {
  if (!infrastructure.engine) throw detail(503, NOT_CONFIGURED)
  const { runId } = await infrastructure.engine.start({
    workflowId,
    type: workflowType(app, entrypoint),
    input,
    memo: { correlation_id: correlation },
    timeout: infrastructure.executionTimeout,
    work: ({ runId, signal }) => {
      const context: RunContext = { appName: app.name, workflowId, runId, input, signal, infrastructure }
      return entrypoint.run(context)
    },
  })
  return { workflow_id: workflowId, run_id: runId }
}

/** Any of the three forms is recognised, and removed. */
function withoutCredentials(body: Body): Body {
  const { credentials: _secret, ...rest } = normalised(body)
  return rest
}

/** Keys of `metadata`, hyphens as underscores, stand in for what the top level lacks. */
function lifted(body: Body): Body {
  const { metadata, ...rest } = body
  if (!isObject(metadata)) return body
  const inner = Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key.replaceAll('-', '_'), value]))
  return { ...inner, ...rest, metadata }
}

/** Sixteen hex digits of what the caller gave beyond the defaults; the same input gives the same digits. */
function hashOf(given: Body): string {
  return createHash('sha256').update(canonicalJson(given)).digest('hex').slice(0, 16)
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
