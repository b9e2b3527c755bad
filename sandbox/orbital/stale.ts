import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { InjectedFaults } from '../kit/injected-faults'

/** The reads that each write makes stale. */
const SEEN_BY: Readonly<Record<string, readonly string[]>> = {
  'PUT /courier/status': ['/courier', '/users/me'],
  'POST /courier/location': ['/courier', '/courier/location/history'],
  'POST /deliveries/:id/complete': ['/deliveries/:id', '/courier'],
}
const MARK = 'x-before-write'

interface Remembered {
  status: number
  body: unknown
}

/** Returns reads as they were before the latest write of the same caller, while that fault is injected. */
export function installStaleReads(app: FastifyInstance, faults: InjectedFaults): void {
  const before = new Map<string, Remembered>()
  const secret = randomUUID()
  const keyOf = ({ headers, url }: FastifyRequest, path = url.split('?')[0]): string =>
    `${subjectOf(headers.authorization)} ${path}`
  app.addHook('preHandler', async (request, reply) => {
    if (!faults.has('stale-read') || request.headers[MARK] === secret) return undefined
    const operation = `${request.method} ${request.routeOptions.url}`
    const remembered = faults.find('stale-read', operation) && before.get(keyOf(request))
    if (remembered) return reply.code(remembered.status).send(remembered.body)
    for (const pattern of SEEN_BY[operation] ?? []) {
      const path = pattern.replace(':id', (request.params as { id?: string }).id ?? '')
      const headers = { authorization: request.headers.authorization ?? '', [MARK]: secret }
      const response = await app.inject({ method: 'GET', url: path, headers })
      before.set(keyOf(request, path), { status: response.statusCode, body: response.json() })
    }
    return undefined
  })
}

/** A caller may have a new token for each call. */
function subjectOf(header = ''): unknown {
  const payload = Buffer.from(header.split('.')[1] ?? '', 'base64url').toString('utf8')
  try {
    return (JSON.parse(payload) as { sub?: unknown }).sub
  } catch {
    return header
  }
}
