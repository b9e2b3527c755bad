import type { Path } from './tree'

/** One call through the proxy. `request` is the tree that mutations edit. */
export interface Call {
  operation: string
  method: string
  /** Without query, below the service's address. */
  path: string
  headers: Readonly<Record<string, string | string[] | undefined>>
  request: { tree: RequestTree }
}

/** Ids and names in the path by position, query parameters, and the body. */
export interface RequestTree {
  path: Record<string, string>
  query: Record<string, string | string[]>
  body: unknown
}

export interface Reply {
  status: number
  headers: Record<string, string | string[]>
  /** Holder of the body's tree. */
  body: { tree: unknown }
}

/** An event that the service sends: a gateway event, a webhook, a message of a broker. */
export interface WireEvent {
  operation: string
  body: { tree: unknown }
}

/** A field, or a whole operation, about which neither service nor features promise anything. `*` matches any text. */
export interface Unpromised {
  /** Affected operations; all unless given. */
  on?: string
  /** The path as the report shows it, e.g. `items[].author.avatar_url`. */
  field?: string
  /** Affected changes, e.g. `reversed`; all unless given. */
  change?: string
  because: string
}

/** The protocol of one service and its fields that are not promised: everything that `npm run mutate` needs to know of a service. */
export interface Wire {
  /** Path templates where a segment is a name and not an id, e.g. `/users/by-username/:name`. */
  routes?: readonly string[]
  /** Names the operation where method and path template do not. */
  operation?(call: Omit<Call, 'operation'>, template: string): string | undefined
  /** Whether the call changes something; every method but GET, HEAD and OPTIONS unless given. */
  writes?(call: Call): boolean
  /** Names an event of a socket by its message; messages without a name are not changed. */
  received?(message: unknown): string | undefined
  /** Names messages that the suite sends over a socket; messages without a name are not changed. */
  sent?(message: unknown): string | undefined
  /** The path to the list of events in a response. */
  eventsIn?(call: Call): Path | undefined
  /** Names an event in a response. */
  nameOfCarried?(event: unknown): string
  /** Names a call of the service to a listener of the suite. */
  callback?(body: unknown, headers: Call['headers']): string
  /** Variables with the address of an AMQP broker. */
  brokers?: readonly string[]
  /** The variable that names a file of authorities, where some of the service's addresses are HTTPS on loopback. */
  authorities?: string
  /** Names a message of a broker by its routing key; messages without a name are not changed. */
  message?(routingKey: string): string | undefined
  /** Headers of responses on which clients rely, in lower case. */
  headers?: readonly string[]
  /** Whether a response is a failure; by its status unless given. */
  isFailure?(reply: Reply): boolean
  /** Turns a response into a failure of the service; status 500 unless given. */
  fail?(reply: Reply): void
  /** Turns a refusal into a success where no success is recorded; status 200 and an empty object unless given. */
  accept?(reply: Reply): void
  /** Turns a refusal into another one: another status unless given. */
  refuseOtherwise?(reply: Reply): void
  /** Fields of requests and responses whose names are in no contract, but which features promise. */
  promisedNames?: readonly string[]
  /** Paths in tables of the features are promised as well. */
  promisesInTables?: boolean
  unpromised: readonly Unpromised[]
  /** Tags of scenarios whose messages are too large to be altered hundreds of times; what they touch, others touch as well. */
  leavesOut?: readonly string[]
  /** How many runs one sandbox serves, where starting one takes long; one unless given. */
  sandboxServes?: number
  /** Longest wait of `eventually` during mutation, in milliseconds. */
  eventually?: number
}

const READS = new Set(['GET', 'HEAD', 'OPTIONS'])

export function isWrite(wire: Wire, call: Call): boolean {
  return wire.writes ? wire.writes(call) : !READS.has(call.method)
}

export function isFailure(wire: Wire, reply: Reply): boolean {
  return wire.isFailure ? wire.isFailure(reply) : reply.status >= 400
}

/** A pattern in which `*` matches any text. */
export function matches(pattern: string | undefined, text: string): boolean {
  if (pattern === undefined) return true
  const source = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${source.join('.*')}$`).test(text)
}

// One encoded id in six hundred has no digit.
const ID_SEGMENT =
  /^(?:[0-9a-f]{8}-[0-9a-f-]{27}|\d+|[0-9a-f]{16,}|[A-Z]{1,2}[A-Z0-9]{7,}|(?=.*\d)(?=.*[A-Za-z])[\w-]{20,}={0,2}|(?=.*[a-z])(?=.*[A-Z])[\w-]{30,}={0,2})$/
const RUN_ID = /\d{10}-[0-9a-f]{6}/

/** Splits a path into its template and its variable parts: `/posts/:1/comments` with `{ 1: '8c3…' }`. */
export function templateOf(wire: Wire, path: string): { template: string; variables: Record<string, string> } {
  const segments = path.split('/')
  const route = (wire.routes ?? []).map((known) => known.split('/')).find((known) => fits(known, segments))
  const variables: Record<string, string> = {}
  const template = segments.map((segment, at) => {
    const isVariable = route ? route[at]?.startsWith(':') : ID_SEGMENT.test(decoded(segment)) || RUN_ID.test(segment)
    if (!isVariable) return segment
    const name = route?.[at]?.slice(1) ?? String(Object.keys(variables).length + 1)
    variables[name] = decoded(segment)
    return `:${name}`
  })
  return { template: template.join('/'), variables }
}

/** The path with other values for its variable parts. */
export function fillTemplate(template: string, variables: Readonly<Record<string, string>>): string {
  return template
    .split('/')
    .map((segment) => (segment.startsWith(':') ? encodeURIComponent(variables[segment.slice(1)] ?? '') : segment))
    .join('/')
}

function fits(route: readonly string[], segments: readonly string[]): boolean {
  return route.length === segments.length && route.every((known, at) => known.startsWith(':') || known === segments[at])
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
