import type { TLSSocket } from 'node:tls'
import type { FastifyRequest } from 'fastify'
import type { Handler, Routes } from '../../kit/routes'
import type { Symphony } from '../context'
import { invalidSession, lacking, refuse } from '../errors'
import type { SessionRow, UserRow } from '../model'

const byKey =
  (kind: SessionRow['kind']): Handler<Symphony> =>
  async ({ sessions }, { body }) =>
    sessions.issue(await sessions.accountOf((body as { token?: unknown } | undefined)?.token), kind)

const byCertificate =
  (kind: SessionRow['kind']): Handler<Symphony> =>
  (symphony, request) =>
    symphony.sessions.issue(certified(symphony, request), kind)

export const authRoutes: Routes<Symphony> = {
  'POST /login/pubkey/authenticate': byKey('session'),
  'POST /relay/pubkey/authenticate': byKey('keyManager'),
  'POST /sessionauth/v1/authenticate': byCertificate('session'),
  'POST /keyauth/v1/authenticate': byCertificate('keyManager'),
  'POST /sessionauth/v1/logout': ({ sessions }, { headers }) => {
    if (!sessions.read(headers.sessiontoken, 'session')) throw invalidSession()
    sessions.end(headers.sessiontoken)
    return { message: 'Session ended' }
  },
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
