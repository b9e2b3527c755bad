import { randomUUID } from 'node:crypto'
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply } from 'fastify'
import { type FaultHooks, installFaults } from '../kit/fault-hooks'
import { FaultSwitch } from '../kit/faults'
import { Refusal } from '../kit/refusal'
import { listen, type RunningSandbox, type SandboxOptions } from '../kit/sandbox'
import { TokenStore } from './auth'
import { installBodies } from './bodies'
import type { Colony } from './context'
import { colonyControl, settle } from './control'
import { Deliveries } from './deliveries'
import { installDeprecations } from './deprecations'
import { installIdempotency } from './idempotency'
import { Limits } from './limits'
import { installNotFound } from './not-found'
import { authRoutes } from './routes/auth'
import { colonyRoutes } from './routes/colonies'
import { commentRoutes } from './routes/comments'
import { followRoutes } from './routes/follows'
import { messageRoutes } from './routes/messages'
import { notificationRoutes } from './routes/notifications'
import { pollRoutes } from './routes/polls'
import { postRoutes } from './routes/posts'
import { reactionRoutes } from './routes/reactions'
import { registrationRoutes, twoStepRoutes } from './routes/registration'
import { searchRoutes } from './routes/search'
import { userRoutes } from './routes/users'
import { viewRoutes } from './routes/views'
import { voteRoutes } from './routes/votes'
import { webhookRoutes } from './routes/webhooks'
import { welcome } from './seed'
import { ColonyStore } from './store'

const PREFIX = '/api/v1'
/** A name too long to be anybody's is looked for like any other. */
const LONGEST_PARAMETER = 8_000
const ROUTES = [
  authRoutes,
  registrationRoutes,
  twoStepRoutes,
  userRoutes,
  followRoutes,
  postRoutes,
  viewRoutes,
  commentRoutes,
  voteRoutes,
  reactionRoutes,
  pollRoutes,
  messageRoutes,
  notificationRoutes,
  searchRoutes,
  colonyRoutes,
  webhookRoutes,
]

/** The app of one Colony, not yet listening. */
export function buildColony(colony: Colony, faults: FaultSwitch): { app: FastifyInstance; hooks: FaultHooks } {
  const app = Fastify({
    logger: false,
    forceCloseConnections: true,
    bodyLimit: 2 * 1024 * 1024,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: LONGEST_PARAMETER },
    rewriteUrl: ({ url = '/' }) => readable(url),
  })
  installBodies(app)
  app.addHook('onRequest', async (request, reply) => {
    void reply.header('X-Request-Id', `req_${randomUUID().replaceAll('-', '')}`)
    await colony.tokens.verify(request)
    colony.limits.request(colony.tokens.visitor(request)?.id ?? request.ip, reply)
  })
  installDeprecations(app, PREFIX)
  app.setErrorHandler((error: FastifyError, _request, reply) => answer(error, reply))
  installNotFound(app)
  const hooks = installFaults(app, {
    faults,
    state: colony.store.state,
    operation: (request) => `${request.method} ${(request.routeOptions.url ?? request.url).replace(PREFIX, '')}`,
  })
  installIdempotency(app, colony)
  for (const routes of ROUTES) app.register(routes, { prefix: PREFIX, colony })
  return { app, hooks }
}

/** Starts a Colony with two seeded testers, whose keys `variables` holds. */
export async function startColony(options: SandboxOptions = {}): Promise<RunningSandbox> {
  const store = new ColonyStore(options.seed ?? randomUUID())
  const faults = new FaultSwitch()
  const colony: Colony = {
    store,
    tokens: new TokenStore(store, randomUUID()),
    limits: new Limits(options.limits ?? false),
    webhooks: new Deliveries(store, (event) => faults.swallows(event)),
  }
  const { app, hooks } = buildColony(colony, faults)
  const controlApp = colonyControl(colony, faults, hooks)
  const [origin, control] = await Promise.all([listen(app, options.port), listen(controlApp, options.controlPort)])
  // Under limits the two are newcomers, with just enough karma to write to each other.
  const karma = options.limits ? 9 : 25
  const [ada, ben] = ['Ada', 'Ben'].map((name) => settle(store, { name, karma }))
  if (ada) welcome(store, ada.id)
  const address = `${origin}${PREFIX}`
  return {
    service: 'colony',
    address,
    control,
    variables: { COLONY_BASE_URL: address, COLONY_TEST_API_KEY: ada?.apiKey ?? '', COLONY_TEST_API_KEY_2: ben?.apiKey ?? '' },
    backing: [],
    stop: async () => {
      colony.webhooks.stop()
      await Promise.all([app.close(), controlApp.close()])
    },
  }
}

/** Escapes that stand for no text are taken as they stand, which is the name of nothing. */
function readable(url: string): string {
  const [path = '', ...query] = url.split('?')
  try {
    decodeURIComponent(path)
    return url
  } catch {
    return [path.replaceAll('%', '%25'), ...query].join('?')
  }
}

function answer(error: FastifyError | Refusal, reply: FastifyReply): FastifyReply {
  if (error instanceof Refusal) return reply.code(error.status).headers(error.headers).send(error.body)
  const status = error.statusCode ?? 500
  return reply.code(status).send({ detail: status === 500 ? 'Internal Server Error' : error.message })
}
