import type { TLSSocket } from 'node:tls'
import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import type { RouteOptions, Symphony } from '../context'
import { invalidSession, lacking, refuse } from '../errors'
import type { UserRow } from '../model'

/** RSA: `/login` for the session, `/relay` for the key manager; certificates: `/sessionauth` and `/keyauth`. */
export const authRoutes: FastifyPluginAsync<RouteOptions> = async (app, { symphony }) => {
  const { sessions } = symphony
  for (const [context, kind] of [
    ['/login', 'session'],
    ['/relay', 'keyManager'],
  ] as const) {
    app.post<{ Body: { token?: unknown } | undefined }>(`${context}/pubkey/authenticate`, async ({ body }) =>
      sessions.issue(await sessions.accountOf(body?.token), kind),
    )
  }
  for (const [context, kind] of [
    ['/sessionauth', 'session'],
    ['/keyauth', 'keyManager'],
  ] as const) {
    app.post(`${context}/v1/authenticate`, async (request) => sessions.issue(certified(symphony, request), kind))
  }
  app.post('/sessionauth/v1/logout', async ({ headers }) => {
    if (!sessions.read(headers.sessiontoken, 'session')) throw invalidSession()
    sessions.end(headers.sessiontoken)
    return { message: 'Session ended' }
  })
}

/**
 * The service account of a client certificate, by its common name.
 * @throws 400 without one, 403 for one that is not trusted or whose account may not use it, 401 for one without an account
 */
function certified({ store }: Symphony, { raw }: FastifyRequest): UserRow {
  const socket = raw.socket as Partial<TLSSocket>
  const certificate = socket.getPeerCertificate?.()
  if (!certificate?.subject) throw refuse(400, 'No client certificate was presented')
  if (!socket.authorized) throw refuse(403, 'The client certificate is not trusted by this pod')
  const user = store.usernamed(String(certificate.subject.CN))
  if (user?.accountType !== 'SYSTEM') throw refuse(401, 'The certificate names no service account of this pod')
  if (!user.active) throw refuse(401, 'The account is deactivated')
  if (!user.entitlements.includes('certificateAuthentication')) throw lacking('certificateAuthentication')
  return user
}
