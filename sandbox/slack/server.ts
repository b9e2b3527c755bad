import { randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { readBodies } from '../kit/bodies'
import type { InjectedFaults } from '../kit/injected-faults'
import { Refusal } from '../kit/refusal'
import { addRoutes } from '../kit/routes'
import { defineSandbox, type SandboxOptions, type Setup } from '../kit/sandbox'
import { type Built, newServer } from '../kit/server'
import { installUnrouted } from '../kit/unrouted'
import type { Slack } from './context'
import { slackControl } from './control'
import { isWrite, respond } from './dispatch'
import { Events } from './events'
import { fileRoutes } from './file-routes'
import { Limits } from './limits'
import { addPeople, person } from './seed'
import { SocketMode } from './socket'
import { SlackStore } from './store'

const NO_PAGE = new Refusal(404, '<!DOCTYPE html><title>There’s been a glitch… | Slack</title>', { 'content-type': 'text/html' })

/** Each method is an operation; uploading and downloading files are one operation each. */
function operationOf(request: FastifyRequest): string {
  const { method } = request.params as { method?: string }
  return method ?? `${request.method} ${(request.routeOptions.url ?? request.url).split('/')[1]}`
}

/** The app of one Slack server, not yet listening. */
function buildSlack(slack: Slack, faults: InjectedFaults): Built {
  const { app, hooks } = newServer({
    fastify: {
      bodyLimit: 64 * 1024 * 1024,
      exposeHeadRoutes: false,
      routerOptions: { ignoreDuplicateSlashes: true, maxParamLength: 2_000 },
    },
    failure: (status) =>
      status === 413
        ? new Refusal(413, { ok: false, error: 'request_too_large' })
        : new Refusal(500, { ok: false, error: 'internal_error' }),
    faults,
    state: slack.store.state,
    operation: operationOf,
    writes: (request) => isWrite(operationOf(request)),
  })
  readBodies(app, (bytes) => bytes)
  app.addHook('onRequest', async (_request, reply) => {
    void reply.header('x-slack-req-id', randomUUID().replaceAll('-', ''))
  })
  installUnrouted(app, (_request, _routesAt, path) => (/^\/api\/[^/]/.test(path) ? new Refusal(405, undefined) : NO_PAGE))
  addRoutes(app, slack, { 'GET /api/:method': respond, 'POST /api/:method': respond, ...fileRoutes })
  return { app, hooks }
}

/** Starts a Slack with one workspace that contains people, channels and messages. */
export const startSlack = defineSandbox({
  service: 'slack',
  control: slackControl,
  build: buildSlack,
  open: ({ options, faults }: Setup<SandboxOptions>): Slack => {
    const store = new SlackStore(options.seed ?? randomUUID())
    const sockets = new SocketMode()
    return { store, sockets, events: new Events(store, sockets, faults), limits: new Limits(options.limits ?? false) }
  },
  ready: (slack, { app, origin, onStop }) => {
    slack.sockets.attach(app.server)
    onStop(() => slack.sockets.stop())
    slack.store.origin = origin
    const people = ['Ada', 'Ben', 'Cleo'].map((name) => person.parse({ name }))
    const { Ada = {}, Ben = {}, Cleo = {} } = addPeople(slack, 'seeded', people, { sample: true })
    const address = `${origin}/api/`
    return {
      address,
      variables: {
        SLACK_API_URL: address,
        SLACK_BOT_TOKEN: Ada.botToken ?? '',
        SLACK_APP_TOKEN: Ada.appToken ?? '',
        SLACK_USER_TOKEN: Ben.userToken ?? '',
        SLACK_TEST_CHANNEL_NAME: Ada.channelName ?? '',
        SLACK_TEST_USER_NAME: Ben.userName ?? '',
        SLACK_SECOND_USER_NAME: Cleo.userName ?? '',
      },
    }
  },
})
