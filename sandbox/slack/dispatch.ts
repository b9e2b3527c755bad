import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../kit/refusal'
import { Args } from './args'
import { callerOf, type Method, type Methods, requireScope, type Slack } from './context'
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

/** Accepts a token only in the header, and only POST. */
const STRICT = 'apps.connections.open'
const DEFAULT_TOKENS = ['bot', 'user'] as const

export function isWrite(operation: string): boolean {
  return methodCalled(operation)?.writes ?? operation.startsWith('POST ')
}

function methodCalled(name: string): Method | undefined {
  return Object.hasOwn(METHODS, name) ? METHODS[name] : undefined
}

type Body = Record<string, unknown>

/** The response to one call. Errors have status 200. */
export function respond(slack: Slack, request: FastifyRequest, reply: FastifyReply): Body {
  const warnings: string[] = []
  try {
    return withWarnings(perform(slack, request, reply, warnings), warnings)
  } catch (error) {
    if (!(error instanceof Refusal) || error.status !== 200) throw error
    return withWarnings(error.body as Body, warnings)
  }
}

/** Checks a call in Slack's order: method, caller, kind of token and scope, rate limit, arguments. */
function perform(slack: Slack, request: FastifyRequest, reply: FastifyReply, warnings: string[]): Body {
  const { store } = slack
  const { method: name } = request.params as { method: string }
  const received = receive(request)
  warnings.push(...received.warnings)
  if (name === 'api.test') return testApi(received)
  const method = methodCalled(name)
  if (!method) throw refused('unknown_method', { req_method: name })
  if (name === STRICT && request.method !== 'POST') throw refused('insecure_request')
  const caller = callerOf(store, name === STRICT ? received.headerToken : received.token)
  void reply.header('x-oauth-scopes', caller.token.scopes.join(','))
  if (method.scopes) void reply.header('x-accepted-oauth-scopes', method.scopes.join(','))
  if (!(method.tokens ?? DEFAULT_TOKENS).some((kind) => kind === caller.token.kind)) throw refused('not_allowed_token_type')
  const args = new Args(received.values)
  requireScope(caller, ...(method.needs?.({ store, caller, args }) ?? method.scopes ?? []))
  slack.limits.spend({ app: caller.app, method: name, tier: method.tier, channel: args.text('channel') })
  const warn = (code: string): void => void warnings.push(code)
  return { ok: true, ...method.run({ slack, store, caller, args, warn }) }
}

/** Returns its arguments; needs no token. */
function testApi({ values }: Received): Body {
  const args = Object.keys(values).length > 0 ? { args: values } : {}
  const error = values.error
  return typeof error === 'string' && error !== '' ? { ok: false, error, ...args } : { ok: true, ...args }
}

function withWarnings(body: Body, warnings: readonly string[]): Body {
  if (warnings.length === 0) return body
  const metadata = (body.response_metadata ?? {}) as Body
  return { ...body, warning: warnings.join(','), response_metadata: { ...metadata, warnings } }
}
