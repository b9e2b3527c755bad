import { randomUUID } from 'node:crypto'
import type { AuthOutput, HandlerContext } from '../service/app'
import { authInput, metadataInput, preflightInput } from '../service/contracts'
import type { Body, Pair } from '../service/credentials'
import { handlerFor } from '../service/dispatch'
import { refusalOf } from '../service/errors'
import { envelope, objectOf } from '../service/http'
import type { Routes, Service } from '../service/service'
import { checkedMetadata, checkedPreflight, preflightAnswer } from './preflight-answer'

/** The three calls a connector's form makes: log in, check the set-up, list what is there. */
export const handlerRoutes: Routes = async (app, { service }) => {
  app.post('/workflows/v1/auth', async (request, reply) => {
    const input = authInput(objectOf(request))
    const output = await asked(async () => {
      const auth = handlerFor(service.app, input.entrypoint, 'auth')
      return checkedAuth(auth ? await auth(input, contextOf(service, input.credentials)) : { status: 'success' })
    })
    const success = output.status === 'success'
    const message = output.message || `Authentication ${output.status}`
    return reply.code(success ? 200 : 401).send(envelope(success, authData(output), message))
  })
  app.post('/workflows/v1/check', async (request) => {
    const input = preflightInput(objectOf(request))
    const output = await asked(async () => {
      const check = handlerFor(service.app, input.entrypoint, 'check')
      if (!check) return { status: 'ready' as const, message: 'No preflight handler registered', checks: [] }
      return checkedPreflight(await check(input, contextOf(service, input.credentials)))
    })
    return preflightAnswer(output, service.dialect)
  })
  app.post('/workflows/v1/metadata', async (request) => {
    const input = metadataInput(objectOf(request))
    const found = await asked(async () => {
      const metadata = handlerFor(service.app, input.entrypoint, 'metadata')
      return metadata ? checkedMetadata(await metadata(input, contextOf(service, input.credentials))) : []
    })
    return envelope(true, found)
  })
}

/** The error boundary: only what a handler meant for the caller is told. */
async function asked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw refusalOf(error)
  }
}

/** A context of its own for each request; it ends with the request, since nobody else holds it. */
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

function authData({ status, message = '', identities = [], scopes = [], expiresAt = '' }: AuthOutput): Body {
  return { status, message, identities, scopes, expires_at: expiresAt }
}
