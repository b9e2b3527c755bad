import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { Entrypoint } from '../service/app'
import { type Body, isThere, normalised } from '../service/credentials'
import { chosenEntrypoint, namedByType, workflowType } from '../service/dispatch'
import { detail } from '../service/errors'
import { objectOf } from '../service/http'
import { canonicalJson } from '../service/python'
import { isNew, type Routes, type Service } from '../service/route'

const NOT_CONFIGURED = 'Workflow execution not configured. Set ATLAN_TEMPORAL_HOST.'

export interface Started {
  workflow_id: string
  run_id: string
}

/** Starts a run. Credentials are removed from the body before anything else reads it: a run finds them by their guid. */
export const startRoutes: Routes = async (app, { service }) => {
  app.post<{ Querystring: { entrypoint?: string } }>('/workflows/v1/start', async (request) => {
    if (!service.infrastructure.engine) throw detail(503, NOT_CONFIGURED)
    const body = withoutCredentials(objectOf(request))
    if (service.app.isRegistered === false) throw detail(404, `App '${service.app.name}' not registered`)
    const entrypoint = chosenEntrypoint(service.app, request.query.entrypoint || typeIn(service, nameOf(body.workflow_type)))
    const correlation = textOf(body.correlation_id) || randomUUID()
    const data = await begun(service, entrypoint, body, correlation)
    return { success: true, message: 'Workflow started successfully', data, correlation_id: correlation }
  })
}

/** @throws Refusal the generic 400 or 500: only the app's log contains what is wrong with the input */
async function begun(service: Service, entrypoint: Entrypoint, body: Body, correlation: string): Promise<Started> {
  try {
    const { workflow_id: id, correlation_id: given = '', ...fields } = body
    if (typeof given !== 'string') throw new Error('a correlation id is a text')
    const { input, given: beyond } = entrypoint.contract(fields)
    if (isThere(id) && typeof id !== 'string') throw new TypeError('the id of a run is a text')
    const workflowId = isThere(id) ? String(id) : `${service.app.name}-${hashOf(beyond)}-${randomBytes(4).toString('hex')}`
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
    work: (run) => entrypoint.run({ ...run, appName: app.name, workflowId, correlationId: correlation, input, infrastructure }),
  })
  return { workflow_id: workflowId, run_id: runId }
}

/** Any of the three forms is recognised, and removed. */
function withoutCredentials(body: Body): Body {
  const { credentials: _secret, ...rest } = normalised(body)
  return rest
}

/** Sixteen hex digits of a hash of the fields that differ from the defaults. */
function hashOf(given: Body): string {
  return createHash('sha256').update(canonicalJson(given)).digest('hex').slice(0, 16)
}

/** Before 3.52 only the name of an entrypoint counted. */
function typeIn(service: Service, name: string): string {
  return isNew(service) ? namedByType(service.app, name) : name
}

/** The name of an entrypoint in a body: a value that is not a text becomes a name that no entrypoint has. */
function nameOf(value: unknown): string {
  return isThere(value) ? String(value) : ''
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
