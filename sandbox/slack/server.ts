import { randomUUID } from 'node:crypto'
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { type FaultHooks, installFaults } from '../kit/fault-hooks'
import { FaultSwitch } from '../kit/faults'
import { Refusal } from '../kit/refusal'
import { listen, type RunningSandbox, type SandboxOptions } from '../kit/sandbox'
import type { Slack } from './context'
import { slackControl } from './control'
import { answer, isWrite } from './dispatch'
import { Events } from './events'
import { fileRoutes } from './file-routes'
import { Limits } from './limits'
import { settleGroup } from './seed'
import { SocketMode } from './socket'
import { SlackStore } from './store'

const BODY_LIMIT = 64 * 1024 * 1024

/** Something of a server's own for each operation: the method, or what is done with a file. */
function operationOf(request: FastifyRequest): string {
  const { method } = request.params as { method?: string }
  return method ?? `${request.method} ${(request.routeOptions.url ?? request.url).split('/')[1]}`
}

/** The app of one Slack, not yet listening. */
export function buildSlack(slack: Slack, faults: FaultSwitch): { app: FastifyInstance; hooks: FaultHooks } {
  const app = Fastify({
    logger: false,
    forceCloseConnections: true,
    bodyLimit: BODY_LIMIT,
    exposeHeadRoutes: false,
    routerOptions: { ignoreDuplicateSlashes: true, maxParamLength: 2_000 },
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.addHook('onRequest', async (_request, reply) => {
    void reply.header('x-slack-req-id', randomUUID().replaceAll('-', ''))
  })
  app.setErrorHandler((error: FastifyError, _request, reply) => explain(error, reply))
  app.setNotFoundHandler((request, reply) => {
    const name = /^\/api\/([^/?]+)/.exec(request.url)?.[1]
    if (name !== undefined) return reply.code(405).send()
    return reply.code(404).type('text/html').send('<!DOCTYPE html><title>There’s been a glitch… | Slack</title>')
  })
  const hooks = installFaults(app, {
    faults,
    state: slack.store.state,
    operation: operationOf,
    writes: (request) => isWrite(operationOf(request)),
  })
  for (const method of ['GET', 'POST'] as const)
    app.route<{ Params: { method: string } }>({
      method,
      url: '/api/:method',
      handler: (request, reply) => answer(slack, request, reply),
    })
  app.register(fileRoutes, { slack })
  slack.sockets.attach(app.server)
  return { app, hooks }
}

/** Starts a Slack with one workspace that has been lived in; `variables` holds its tokens and names. */
export async function startSlack(options: SandboxOptions = {}): Promise<RunningSandbox> {
  const store = new SlackStore(options.seed ?? randomUUID())
  const faults = new FaultSwitch()
  const sockets = new SocketMode()
  const events = new Events(store, sockets, faults)
  const slack: Slack = { store, sockets, events, limits: new Limits(options.limits ?? false) }
  const { app, hooks } = buildSlack(slack, faults)
  const controlApp = slackControl(slack, faults, hooks)
  const [origin, control] = await Promise.all([listen(app, options.port), listen(controlApp, options.controlPort)])
  store.origin = origin
  return {
    service: 'slack',
    address: `${origin}/api/`,
    control,
    variables: { SLACK_API_URL: `${origin}/api/`, ...seededVariables(slack) },
    backing: [],
    stop: async () => {
      sockets.stop()
      await Promise.all([app.close(), controlApp.close()])
    },
  }
}

function seededVariables(slack: Slack): Record<string, string> {
  const people = [{ name: 'Ada' }, { name: 'Ben' }, { name: 'Cleo' }]
  const { Ada = {}, Ben = {}, Cleo = {} } = settleGroup(slack, 'seeded', people, { livedIn: true })
  return {
    SLACK_BOT_TOKEN: Ada.botToken ?? '',
    SLACK_APP_TOKEN: Ada.appToken ?? '',
    SLACK_USER_TOKEN: Ben.userToken ?? '',
    SLACK_TEST_CHANNEL_NAME: Ada.channelName ?? '',
    SLACK_TEST_USER_NAME: Ben.userName ?? '',
    SLACK_SECOND_USER_NAME: Cleo.userName ?? '',
  }
}

function explain(error: FastifyError | Refusal, reply: FastifyReply): FastifyReply {
  if (error instanceof Refusal) return reply.code(error.status).headers(error.headers).send(error.body)
  if (error.statusCode === 413) return reply.code(413).send({ ok: false, error: 'request_too_large' })
  return reply.code(500).send({ ok: false, error: 'internal_error' })
}
