import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type FaultHooks, type InjectedFaults, injectedFault } from './injected-faults'
import { Refusal } from './refusal'
import { addRoutes, type PathParameters } from './routes'

type Method = 'GET' | 'POST' | 'DELETE'
type Shape = Record<string, z.ZodType>

/** One route of a control API, for a service `S`. */
export interface ControlRoute<S> {
  readonly method: Method
  readonly path: string
  /** One sentence for the README. */
  readonly description: string
  /** Path parameters and body; for GET, path parameters and query. */
  readonly input: z.ZodType
  handle(service: S, input: never): unknown
}

/**
 * Declares the routes of a control API: endpoint, description, fields and handler. Path parameters are strings
 * unless the fields say more. A handler that returns nothing responds with 204.
 */
export function controlRoute<S>() {
  return <P extends `${Method} /${string}`, T extends Shape>(
    endpoint: P,
    description: string,
    fields: T,
    handle: (service: S, input: PathParameters<P> & z.output<z.ZodObject<T>>) => unknown,
  ): ControlRoute<S> => {
    const [method, path] = endpoint.split(' ') as [Method, string]
    const parameters = Object.fromEntries([...path.matchAll(/:(\w+)/g)].map(([, name]) => [name, z.string()]))
    return { method, path, description, input: z.strictObject({ ...parameters, ...fields }), handle }
  }
}

interface Faulty {
  faults: InjectedFaults
}

/** The routes that every control API has. */
export const COMMON_ROUTES: readonly ControlRoute<Faulty>[] = [
  {
    method: 'POST',
    path: '/faults',
    description: 'Injects a fault, which lasts until the faults are cleared.',
    input: injectedFault,
    handle: ({ faults }, fault: never) => faults.inject(fault),
  },
  controlRoute<Faulty>()('DELETE /faults', 'Clears all injected faults.', {}, ({ faults }) => faults.clear()),
]

/** The app of a control API, not yet listening. It validates requests and responds to an invalid one with 400 and the reason. */
export function buildControl<S>(
  service: S,
  routes: readonly ControlRoute<S>[],
  faults: InjectedFaults,
  hooks: FaultHooks,
): FastifyInstance {
  const app = Fastify({ logger: false, forceCloseConnections: true })
  app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
    if (error instanceof Refusal) return reply.code(error.status).send(error.body)
    return reply.code(error.statusCode ?? 500).send({ error: error.message })
  })
  app.setNotFoundHandler(({ method, url }, reply) => {
    const known = [...COMMON_ROUTES, ...routes].map((route) => `${route.method} ${route.path}`)
    return reply.code(404).send({ error: `There is no ${method} ${url.split('?')[0]}. There are: ${known.join(', ')}.` })
  })
  for (const route of routes) add(app, route, service, hooks)
  for (const route of COMMON_ROUTES) add(app, route, { faults }, hooks)
  return app
}

function add<S>(app: FastifyInstance, { method, path, input, handle }: ControlRoute<S>, service: S, hooks: FaultHooks): void {
  const run = async (_service: S, request: FastifyRequest): Promise<unknown> => {
    const given = method === 'GET' ? request.query : (request.body ?? {})
    const result = await handle(service, checked(input, given, request.params as object) as never)
    if (method !== 'GET') hooks.forget()
    return result
  }
  addRoutes(app, service, { [`${method} ${path}`]: run })
}

/** @throws 404 for what does not exist */
export function existingOf<T>(what: string, name: string, found: T | undefined): T {
  if (found === undefined) throw new Refusal(404, { error: `There is no ${what} ${name}.` })
  return found
}

function checked(schema: z.ZodType, given: unknown, params: object): unknown {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new Refusal(400, { error: 'The body must be a JSON object.' })
  const result = schema.safeParse({ ...given, ...params })
  if (result.success) return result.data
  const problems = result.error.issues.map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message))
  throw new Refusal(400, { error: problems.join('; ') })
}
