import { randomUUID } from 'node:crypto'
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import { buildControl } from '../kit/control'
import { installFaults } from '../kit/fault-hooks'
import { FaultSwitch } from '../kit/faults'
import { seededUuids } from '../kit/ids'
import { Refusal } from '../kit/refusal'
import { listen, type RunningSandbox, type SandboxOptions } from '../kit/sandbox'
import { State } from '../kit/state'

interface Thing {
  id: string
  title: string
  owner: string
}

interface Data {
  things: Map<string, Thing>
  /** Token to the name of its owner. */
  tokens: Map<string, string>
}

const refuse = (status: number, code: string, message: string): Refusal => new Refusal(status, { error: { code, message } })

/** Starts a __title__ with two people, whose tokens `variables` holds. */
export async function start__Name__(options: SandboxOptions = {}): Promise<RunningSandbox> {
  const uuid = seededUuids(options.seed ?? randomUUID())
  const state = new State<Data>({ things: new Map(), tokens: new Map() })
  const faults = new FaultSwitch()
  const app = Fastify({ logger: false, forceCloseConnections: true })
  const hooks = installFaults(app, { faults, state })
  app.setErrorHandler((error: Error, _request, reply) => {
    if (error instanceof Refusal) return reply.code(error.status).headers(error.headers).send(error.body)
    return reply.code(500).send({ error: { code: 'internal', message: 'Internal error' } })
  })
  routes(app, state, uuid)
  const control = controlOf(buildControl(faults, hooks), state, uuid)
  const [address, controlAddress] = await Promise.all([listen(app, options.port), listen(control, options.controlPort)])
  const [ada = '', ben = ''] = ['Ada', 'Ben'].map((name) => settle(state, uuid, name))
  return {
    service: '__name__',
    address,
    control: controlAddress,
    variables: { __NAME___URL: address, __NAME___TOKEN: ada, __NAME___SECOND_TOKEN: ben },
    backing: [],
    stop: async () => void (await Promise.all([app.close(), control.close()])),
  }
}

function settle(state: State<Data>, uuid: () => string, name: string): string {
  const token = uuid()
  state.now.tokens.set(token, name)
  return token
}

function routes(app: FastifyInstance, state: State<Data>, uuid: () => string): void {
  const caller = ({ headers }: FastifyRequest): string => {
    const name = state.now.tokens.get((headers.authorization ?? '').replace(/^Bearer /, ''))
    if (name === undefined) throw refuse(401, 'unauthorized', 'A valid token is needed')
    return name
  }
  const find = (id: string): Thing => {
    const thing = state.now.things.get(id)
    if (!thing) throw refuse(404, 'not_found', 'There is no such thing')
    return thing
  }
  app.get('/things', async (request) => caller(request) && [...state.now.things.values()])
  app.get<{ Params: { id: string } }>('/things/:id', async (request) => caller(request) && find(request.params.id))
  app.post<{ Body: { title?: unknown } | undefined }>('/things', async (request, reply) => {
    const owner = caller(request)
    const title = request.body?.title
    if (typeof title !== 'string' || title === '') throw refuse(400, 'bad_title', 'A title is needed')
    const thing = { id: uuid(), title, owner }
    state.now.things.set(thing.id, thing)
    return reply.code(201).send(thing)
  })
  app.delete<{ Params: { id: string } }>('/things/:id', async (request, reply) => {
    const who = caller(request)
    const { id, owner } = find(request.params.id)
    if (owner !== who) throw refuse(403, 'forbidden', 'This thing is not yours')
    state.now.things.delete(id)
    return reply.code(204).send()
  })
}

function controlOf(app: FastifyInstance, state: State<Data>, uuid: () => string): FastifyInstance {
  app.post<{ Body: { people: { name: string }[] } }>('/people', async ({ body }) => ({
    people: Object.fromEntries(body.people.map(({ name }) => [name, { token: settle(state, uuid, name) }])),
  }))
  app.get<{ Querystring: { runId: string } }>('/existing', async ({ query }) => ({
    existing: [...state.now.things.values()].filter(({ title }) => title.includes(query.runId)),
  }))
  return app
}
