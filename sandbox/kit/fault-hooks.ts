import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { dropField, type FaultSwitch, setField } from './faults'
import type { Snapshots } from './state'

export interface FaultHookOptions {
  faults: FaultSwitch
  /** Names the operation of a request; method and route pattern unless a service multiplexes many over one route. */
  operation?: (request: FastifyRequest) => string
  /** True where the request may change something; by default every method but GET, HEAD and OPTIONS. */
  writes?: (request: FastifyRequest) => boolean
  /** Absent where a database holds the state: such a server loses writes and serves stale reads by itself. */
  state?: Snapshots
}

export interface FaultHooks {
  /** After a change made by the control port, which no stale read may hide. */
  forget(): void
}

const readMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

export function operationOf(request: FastifyRequest): string {
  return `${request.method} ${request.routeOptions.url ?? request.url}`
}

/** Makes a server commit the faults its switch holds; costs one look per request while none is armed. */
export function installFaults(app: FastifyInstance, options: FaultHookOptions): FaultHooks {
  const { faults, operation = operationOf } = options
  app.addHook('preHandler', async (request, reply) => {
    const wrong = faults.find('wrong-status', operation(request))
    if (wrong) return reply.code(wrong.status).send(wrong.body ?? { fault: 'wrong-status' })
    return undefined
  })
  app.addHook('preSerialization', async (request, reply, payload) => spoil(faults, operation(request), reply, payload))
  return options.state ? installStateFaults(app, { ...options, state: options.state, operation }) : { forget: () => undefined }
}

function spoil(faults: FaultSwitch, operation: string, reply: FastifyReply, payload: unknown): unknown {
  const missing = faults.find('missing-field', operation)
  const others = faults.find('others-data', operation)
  if ((!missing && !others) || reply.statusCode >= 400) return payload
  const copy = structuredClone(payload)
  if (missing) dropField(copy, missing.field)
  for (const [path, value] of Object.entries(others?.set ?? {})) setField(copy, path, value)
  return copy
}

/** A lost write is undone once answered; a stale read is answered from the state before the latest write. */
function installStateFaults(
  app: FastifyInstance,
  options: FaultHookOptions & { state: Snapshots; operation: (request: FastifyRequest) => string },
): FaultHooks {
  const { faults, state, operation, writes = (request) => !readMethods.has(request.method) } = options
  const undoAfter = new WeakMap<FastifyRequest, unknown>()
  let beforeLatestWrite: unknown
  app.addHook('preHandler', async (request) => {
    const lost = faults.find('lost-write', operation(request))
    if (writes(request)) {
      if (lost) undoAfter.set(request, state.snapshot())
      if (faults.isArmed('stale-read')) beforeLatestWrite = state.snapshot()
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
