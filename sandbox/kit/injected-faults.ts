import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Snapshots } from './state'

const on = z.string().min(1)

/**
 * The six kinds of defects that a server can be given. `on` names an operation the way the sandbox's `operation` function does
 * (by default `POST /api/v1/posts/:id/vote`: method and route pattern); a trailing `*` matches any ending.
 */
export const injectedFault = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('wrong-status'), on, status: z.int().min(200).max(599), body: z.unknown().optional() }),
  z.strictObject({ kind: z.literal('missing-field'), on, field: z.string().min(1) }),
  z.strictObject({ kind: z.literal('stale-read'), on }),
  z.strictObject({ kind: z.literal('lost-write'), on }),
  z.strictObject({ kind: z.literal('others-data'), on, set: z.record(z.string(), z.unknown()) }),
  z.strictObject({ kind: z.literal('event-never'), on }),
])

export type InjectedFault = z.infer<typeof injectedFault>
export type FaultKind = InjectedFault['kind']

/** The faults of one server, injected through its control API; none at the start. */
export class InjectedFaults {
  private active: InjectedFault[] = []

  inject(fault: InjectedFault): void {
    this.active.push(fault)
  }

  clear(): void {
    this.active = []
  }

  find<K extends FaultKind>(kind: K, operation: string): Extract<InjectedFault, { kind: K }> | undefined {
    return this.active.find(
      (fault): fault is Extract<InjectedFault, { kind: K }> => fault.kind === kind && covers(fault.on, operation),
    )
  }

  /** For servers that push: true where an event of this name must not be delivered. */
  suppresses(event: string): boolean {
    return this.find('event-never', event) !== undefined
  }

  has(kind: FaultKind): boolean {
    return this.active.some((fault) => fault.kind === kind)
  }

  /** A copy of the payload of a response or an event, changed by the faults that affect fields. */
  changed<T>(operation: string, payload: T): T {
    const missing = this.find('missing-field', operation)
    const others = this.find('others-data', operation)
    if (!missing && !others) return payload
    const copy = structuredClone(payload)
    if (missing) visit(copy, missing.field, (holder, key) => delete holder[key])
    for (const [path, value] of Object.entries(others?.set ?? {}))
      visit(copy, path, (holder, key) => {
        holder[key] = value
      })
    return copy
  }
}

function covers(pattern: string, operation: string): boolean {
  return pattern.endsWith('*') ? operation.startsWith(pattern.slice(0, -1)) : pattern === operation
}

export interface FaultOptions {
  faults: InjectedFaults
  /** Names the operation of a request; method and route pattern unless a service multiplexes many over one route. */
  operation?: ((request: FastifyRequest) => string) | undefined
  /** True where the request may change something; by default every method but GET, HEAD and OPTIONS. */
  writes?: ((request: FastifyRequest) => boolean) | undefined
  /** Absent where a database holds the state: such a server implements lost writes and stale reads itself. */
  state?: Snapshots | undefined
}

export interface FaultHooks {
  /** After a change made through the control API, which no stale read may hide. */
  forget(): void
}

/** Applies injected faults to a server's responses; costs one check per request while there are none. */
export function installFaults(app: FastifyInstance, options: FaultOptions): FaultHooks {
  const { faults, operation = operationOf } = options
  app.addHook('preHandler', async (request, reply) => {
    const wrong = faults.find('wrong-status', operation(request))
    if (wrong) return reply.code(wrong.status).send(wrong.body ?? { fault: 'wrong-status' })
    return undefined
  })
  app.addHook('preSerialization', async (request, { statusCode }, payload) =>
    statusCode < 400 ? faults.changed(operation(request), payload) : payload,
  )
  return options.state ? installStateFaults(app, options.state, options) : { forget: () => undefined }
}

function operationOf(request: FastifyRequest): string {
  return `${request.method} ${request.routeOptions.url ?? request.url}`
}

const readMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/** A lost write is undone after its response was sent; a stale read returns the state before the latest write. */
function installStateFaults(app: FastifyInstance, state: Snapshots, options: FaultOptions): FaultHooks {
  const { faults, operation = operationOf, writes = ({ method }) => !readMethods.has(method) } = options
  const undoAfter = new WeakMap<FastifyRequest, unknown>()
  let beforeLatestWrite: unknown
  app.addHook('preHandler', async (request) => {
    if (writes(request)) {
      if (faults.find('lost-write', operation(request))) undoAfter.set(request, state.snapshot())
      if (faults.has('stale-read')) beforeLatestWrite = state.snapshot()
    } else if (beforeLatestWrite !== undefined && faults.find('stale-read', operation(request))) {
      undoAfter.set(request, state.snapshot())
      state.restore(structuredClone(beforeLatestWrite) as never)
    }
  })
  app.addHook('onSend', async (request, _reply, payload) => {
    const before = undoAfter.get(request)
    if (before !== undefined) state.restore(before as never)
    undoAfter.delete(request)
    return payload
  })
  return {
    forget: () => {
      beforeLatestWrite = undefined
    },
  }
}

/** Calls `act` for the field at a dotted path; `*` matches every element of a list. */
function visit(value: unknown, path: string, act: (holder: Record<string, unknown>, key: string) => void): void {
  const [head = '', ...rest] = path.split('.')
  if (typeof value !== 'object' || value === null) return
  const holder = value as Record<string, unknown>
  for (const key of head === '*' ? Object.keys(holder) : [head]) {
    if (rest.length === 0) act(holder, key)
    else visit(holder[key], rest.join('.'), act)
  }
}
