import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { AuthOutput, HandlerContext, PreflightOutput } from '../service/app'
import { authInput, metadataInput, preflightInput } from '../service/contracts'
import type { Body, Pair } from '../service/credentials'
import { handlerFor } from '../service/dispatch'
import { type AppError, detail, detailsOf, HandlerError, masked, refusalOf } from '../service/errors'
import { envelope, formObjectOf } from '../service/http'
import { isNew, type Routes, type Service } from '../service/route'
import { checkedMetadata, checkedPreflight, preflightResponse, raisedPreflight } from './preflight-response'
import { probed, tiered, warmupData } from './warmup'

/** The calls of a connector's form: log in, check the set-up, wake the source, list its content. */
export const handlerRoutes: Routes = async (app, { service }) => {
  const release = isNew(service)
  app.post('/workflows/v1/auth', async (request, reply) => {
    const input = authInput(formObjectOf(request, release))
    const output = await boundary(service, async () => {
      const auth = handlerFor(service.app, input.entrypoint, 'auth')
      return checkedAuth(auth ? await auth(input, contextOf(service, input.credentials)) : { status: 'success' })
    })
    const success = output.status === 'success'
    const data = authData(output, release)
    return reply
      .code(success ? 200 : 401)
      .send(envelope(success, data, String(data.message) || `Authentication ${output.status}`))
  })
  app.post('/workflows/v1/check', async (request) => {
    const input = preflightInput(formObjectOf(request, release), release)
    const context = contextOf(service, input.credentials)
    const check = async (): Promise<PreflightOutput> => {
      const own = handlerFor(service.app, input.entrypoint, 'check')
      if (!own) return { status: 'ready', message: 'No preflight handler registered', checks: [] }
      return checkedPreflight(await own(input, context), release)
    }
    try {
      const { output, warmup } = await tiered(service.app, input, { context, check })
      return preflightResponse(output, service.dialect, warmup)
    } catch (error) {
      throw release ? raisedPreflight(error) : refusalOf(error, false)
    }
  })
  if (release) warmupRoute(app, service)
  app.post('/workflows/v1/metadata', async (request) => {
    const input = metadataInput(formObjectOf(request, release))
    const found = await boundary(service, async () => {
      const metadata = handlerFor(service.app, input.entrypoint, 'metadata')
      return metadata ? checkedMetadata(await metadata(input, contextOf(service, input.credentials))) : []
    })
    return envelope(true, found)
  })
}

/** Wakes the source's compute; there since 3.52. */
function warmupRoute(app: FastifyInstance, service: Service): void {
  app.post('/workflows/v1/warmup', async (request) => {
    const input = preflightInput(formObjectOf(request, true))
    const found = await boundary(service, () => probed(service.app, input, contextOf(service, input.credentials)), true)
    return envelope(found.state !== 'unavailable', warmupData(found), `Warmup ${found.state}`)
  })
}

/** The error boundary: only errors that a handler intended for the caller are shown. */
async function boundary<T>(service: Service, work: () => Promise<T>, isBare = false): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (isBare && error instanceof HandlerError) throw detail(500, masked(error.message))
    throw refusalOf(error, isNew(service))
  }
}

/** A new context for each request, which ends with the request. */
function contextOf({ app, infrastructure }: Service, credentials: readonly Pair[]): HandlerContext {
  return {
    appName: app.name,
    requestId: randomUUID(),
    credentials,
    infrastructure,
    secret: (name) => infrastructure.secrets.get(name),
  }
}

const STATUSES = ['success', 'failed', 'expired', 'invalid_credentials']

function checkedAuth(output: AuthOutput): AuthOutput {
  if (!STATUSES.includes(output.status)) throw new Error(`no status of a login: ${output.status}`)
  return output
}

/** Since 3.52 the response contains the typed details of an error, and their message replaces the plain one. */
function authData(
  { status, message = '', identities = [], scopes = [], expiresAt = '', error }: AuthOutput,
  isNewRelease: boolean,
): Body {
  const says = masked(isNewRelease && error && status !== 'success' ? error.message : message)
  const data = { status, message: says, identities, scopes, expires_at: expiresAt }
  return isNewRelease ? { ...data, error: error ? authError(error) : null } : data
}

function authError(error: AppError): Body {
  return { app_name: null, run_id: null, suggested_action: null, evidence: null, ...detailsOf(error) }
}
