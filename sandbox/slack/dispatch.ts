import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../kit/refusal'
import { Args } from './args'
import { type Call, callerOf, type Method, type Methods, requireScope, type Slack } from './context'
import { refused } from './errors'
import { authMethods } from './methods/auth'
import { chatMethods } from './methods/chat'
import { fileMethods } from './methods/files'
import { membershipMethods } from './methods/membership'
import { profileMethods } from './methods/profile'
import { reactionMethods } from './methods/reactions'
import { readingMethods } from './methods/reading'
import { userMethods } from './methods/users'
import { type Received, receive } from './request'

const METHODS: Methods = {
  ...authMethods,
  ...readingMethods,
  ...membershipMethods,
  ...userMethods,
  ...profileMethods,
  ...chatMethods,
  ...reactionMethods,
  ...fileMethods,
}

/** Methods that accept a token only in the header, and only POST. */
const STRICT = new Set(['apps.connections.open'])
const DEFAULT_TOKENS = ['bot', 'user'] as const

export function isWrite(operation: string): boolean {
  return methodCalled(operation)?.writes ?? operation.startsWith('POST ')
}

function methodCalled(name: string): Method | undefined {
  return Object.hasOwn(METHODS, name) ? METHODS[name] : undefined
}

/**
 * One call, checked in Slack's order: method, caller, kind of token and scope, rate limit,
 * arguments. Errors have status 200.
 */
export function answer(slack: Slack, request: FastifyRequest<{ Params: { method: string } }>, reply: FastifyReply): object {
  const { method: name } = request.params
  const warnings: string[] = []
  try {
    const received = receive(request)
    warnings.push(...received.warnings)
    if (name === 'api.test') return withWarnings(testApi(received), warnings)
    const method = methodCalled(name)
    if (!method) throw refused('unknown_method', { req_method: name })
    return withWarnings(perform(slack, { name, method, received, request, reply, warnings }), warnings)
  } catch (error) {
    if (!(error instanceof Refusal) || error.status !== 200) throw error
    return withWarnings(error.body as Record<string, unknown>, warnings)
  }
}

interface Performance {
  name: string
  method: Method
  received: Received
  request: FastifyRequest
  reply: FastifyReply
  warnings: string[]
}

function perform(slack: Slack, { name, method, received, request, reply, warnings }: Performance): Record<string, unknown> {
  if (STRICT.has(name) && request.method !== 'POST') throw refused('insecure_request')
  const caller = callerOf(slack.store, STRICT.has(name) ? received.headerToken : received.token)
  void reply.header('x-oauth-scopes', caller.token.scopes.join(','))
  if (method.scopes) void reply.header('x-accepted-oauth-scopes', method.scopes.join(','))
  if (!(method.tokens ?? DEFAULT_TOKENS).some((kind) => kind === caller.token.kind)) throw refused('not_allowed_token_type')
  const args = new Args(received.values)
  requireScope(caller, ...(method.needs?.({ store: slack.store, caller, args }) ?? method.scopes ?? []))
  const { id: appId, commercial } = caller.app
  slack.limits.spend({ appId, commercial, method: name, tier: method.tier, channel: args.text('channel') })
  const call: Call = {
    slack,
    store: slack.store,
    caller,
    args,
    warn: (code) => void warnings.push(code),
  }
  return { ok: true, ...method.run(call) }
}

/** Returns its arguments; needs no token. */
function testApi({ values }: Received): Record<string, unknown> {
  const args = Object.keys(values).length > 0 ? { args: values } : {}
  const error = values.error
  return typeof error === 'string' && error !== '' ? { ok: false, error, ...args } : { ok: true, ...args }
}

function withWarnings(body: Record<string, unknown>, warnings: readonly string[]): Record<string, unknown> {
  if (warnings.length === 0) return body
  const metadata = (body.response_metadata ?? {}) as Record<string, unknown>
  return { ...body, warning: warnings.join(','), response_metadata: { ...metadata, warnings } }
}
