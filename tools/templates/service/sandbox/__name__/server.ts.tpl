import { randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { controlRoute } from '../kit/control'
import { seededUuids } from '../kit/ids'
import type { InjectedFaults } from '../kit/injected-faults'
import { Refusal } from '../kit/refusal'
import { defineSandbox, type SandboxOptions, type Setup } from '../kit/sandbox'
import { type Built, newServer } from '../kit/server'
import { State } from '../kit/state'
import { installUnrouted } from '../kit/unrouted'

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

interface __Name__ {
  state: State<Data>
  uuid: () => string
}

const refuse = (status: number, code: string, message: string): Refusal => new Refusal(status, { error: { code, message } })

const route = controlRoute<__Name__>()

const control = [
  route(
    'POST /people',
    'Creates accounts; the response has the token of each by name.',
    { group: z.string().optional(), people: z.array(z.strictObject({ name: z.string().min(1) })) },
    (service, { people }) => ({
      people: Object.fromEntries(people.map(({ name }) => [name, { token: addToken(service, name) }])),
    }),
  ),
  route(
    'GET /existing',
    'Lists the things that still exist of a run, by the run id in their titles.',
    { runId: z.string().min(1) },
    ({ state }, { runId }) => ({
      existing: [...state.now.things.values()].filter(({ title }) => title.includes(runId)),
    }),
  ),
]

/** Starts a __title__ with two people. */
export const start__Name__ = defineSandbox({
  service: '__name__',
  control,
  build: build__Name__,
  open: ({ options }: Setup<SandboxOptions>): __Name__ => ({
    uuid: seededUuids(options.seed ?? randomUUID()),
    state: new State<Data>({ things: new Map(), tokens: new Map() }),
  }),
  ready: (service, { origin }) => ({
    variables: {
      __NAME___URL: origin,
      __NAME___TOKEN: addToken(service, 'Ada'),
      __NAME___SECOND_TOKEN: addToken(service, 'Ben'),
    },
  }),
})

function addToken({ state, uuid }: __Name__, name: string): string {
  const token = uuid()
  state.now.tokens.set(token, name)
  return token
}

function build__Name__({ state, uuid }: __Name__, faults: InjectedFaults): Built {
  const failure = (status: number, message: string): Refusal => refuse(status, status === 500 ? 'internal' : 'invalid', message)
  const { app, hooks } = newServer({ failure, faults, state })
  installUnrouted(app, () => refuse(404, 'not_found', 'There is no such route'))
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
    const name = caller(request)
    const { id, owner } = find(request.params.id)
    if (owner !== name) throw refuse(403, 'forbidden', 'This thing is not yours')
    state.now.things.delete(id)
    return reply.code(204).send()
  })
  return { app, hooks }
}
