import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../kit/refusal'
import { refuse } from './errors'
import type { Colony } from './route'

const LIFETIME = 24 * 3_600_000
const LONGEST_KEY = 255
const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

interface Replay {
  payload: string
  /** Absent while the first call is in progress. */
  response?: { status: number; body: string; type: string | undefined }
  at: number
}

/**
 * `Idempotency-Key`: the same call with the same key gets the stored response for 24 hours. Scope: user, method, path and key.
 * Failures are not stored.
 */
export function installIdempotency(app: FastifyInstance, colony: Colony): void {
  const known = new Map<string, Replay>()
  const scopes = new WeakMap<FastifyRequest, string>()
  app.addHook('preHandler', async (request, reply) => {
    const scope = scopeOf(request, colony)
    if (scope === undefined) return undefined
    const payload = createHash('sha256')
      .update(JSON.stringify(request.body ?? null))
      .digest('hex')
    const first = known.get(scope)
    if (first && first.at + LIFETIME >= Date.now()) return replay(first, payload, reply)
    forgetOld(known)
    known.set(scope, { payload, at: Date.now() })
    scopes.set(request, scope)
    return undefined
  })
  app.addHook('onSend', async (request, reply, payload) => {
    const scope = scopes.get(request)
    const first = scope === undefined ? undefined : known.get(scope)
    if (scope === undefined || !first) return payload
    const type = reply.getHeader('content-type') as string | undefined
    if (reply.statusCode >= 400) known.delete(scope)
    else first.response = { status: reply.statusCode, body: typeof payload === 'string' ? payload : '', type }
    return payload
  })
}

function scopeOf(request: FastifyRequest, colony: Colony): string | undefined {
  const key = request.headers['idempotency-key'] || undefined
  const user = typeof key === 'string' && WRITES.has(request.method) ? colony.tokens.visitor(request) : undefined
  if (typeof key !== 'string' || !user) return undefined
  if (key.length <= LONGEST_KEY) return `${user.id} ${request.method} ${request.url.split('?')[0]} ${key}`
  throw refuse(400, 'idempotency_key_invalid', `Idempotency-Key may have at most ${LONGEST_KEY} characters`)
}

function inProgress(): Refusal {
  const { status, body } = refuse(409, 'idempotency_in_progress', 'The first call with this key is still under way')
  return new Refusal(status, body, { 'Retry-After': '1' })
}

/** Expired responses are at the front, because responses are stored in order of time. */
function forgetOld(known: Map<string, Replay>): void {
  for (const [scope, { at }] of known) {
    if (at + LIFETIME >= Date.now()) return
    known.delete(scope)
  }
}

function replay(first: Replay, payload: string, reply: FastifyReply): FastifyReply {
  if (first.payload !== payload) throw refuse(409, 'idempotency_payload_mismatch', 'This key was used with another body')
  if (!first.response) throw inProgress()
  const { status, body, type } = first.response
  void reply.code(status).header('Idempotent-Replay', 'true')
  if (type) void reply.type(type)
  return reply.send(body)
}
