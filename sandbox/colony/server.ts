import { randomUUID } from 'node:crypto'
import { readBodies } from '../kit/bodies'
import { failure, parseBody, unrouted } from '../kit/fastapi'
import type { InjectedFaults } from '../kit/injected-faults'
import { defineSandbox, type SandboxOptions, type Setup } from '../kit/sandbox'
import { type Built, newServer } from '../kit/server'
import { installUnrouted } from '../kit/unrouted'
import { TokenStore } from './auth'
import { addPerson, colonyControl } from './control'
import { Deliveries } from './deliveries'
import { installDeprecations } from './deprecations'
import { installIdempotency } from './idempotency'
import { Limits } from './limits'
import type { Colony } from './route'
import { authRoutes } from './routes/auth'
import { colonyRoutes } from './routes/colonies'
import { commentRoutes } from './routes/comments'
import { emailRoutes } from './routes/email'
import { followRoutes } from './routes/follows'
import { messageActionRoutes } from './routes/message-actions'
import { messageRoutes } from './routes/messages'
import { notificationRoutes } from './routes/notifications'
import { personalFeedRoutes } from './routes/personal-feed'
import { pollRoutes } from './routes/polls'
import { postActionRoutes } from './routes/post-actions'
import { postRoutes } from './routes/posts'
import { reactionRoutes } from './routes/reactions'
import { searchRoutes } from './routes/search'
import { twoFactorRoutes } from './routes/two-factor'
import { userRoutes } from './routes/users'
import { viewRoutes } from './routes/views'
import { voteRoutes } from './routes/votes'
import { webhookRoutes } from './routes/webhooks'
import { seedInbox } from './seed'
import { ColonyStore } from './store'

const PREFIX = '/api/v1'
/** Longer than the router's default, so that a name that is too long is looked up and not found. */
const LONGEST_PARAMETER = 8_000
const ROUTES = [
  authRoutes,
  twoFactorRoutes,
  emailRoutes,
  userRoutes,
  followRoutes,
  postRoutes,
  postActionRoutes,
  personalFeedRoutes,
  viewRoutes,
  commentRoutes,
  voteRoutes,
  reactionRoutes,
  pollRoutes,
  messageRoutes,
  messageActionRoutes,
  notificationRoutes,
  searchRoutes,
  colonyRoutes,
  webhookRoutes,
]

/** The app of one Colony server, not yet listening. */
function buildColony(colony: Colony, faults: InjectedFaults): Built {
  const { app, hooks } = newServer({
    fastify: {
      bodyLimit: 2 * 1024 * 1024,
      routerOptions: { ignoreTrailingSlash: true, maxParamLength: LONGEST_PARAMETER },
      rewriteUrl: ({ url = '/' }) => readable(url),
    },
    failure,
    faults,
    state: colony.store.state,
    operation: (request) => `${request.method} ${(request.routeOptions.url ?? request.url).replace(PREFIX, '')}`,
  })
  readBodies(app, parseBody)
  app.addHook('onRequest', async (request, reply) => {
    void reply.header('X-Request-Id', `req_${randomUUID().replaceAll('-', '')}`)
    await colony.tokens.verify(request)
    colony.limits.request(colony.tokens.visitor(request)?.id ?? request.ip, reply)
  })
  installDeprecations(app, PREFIX)
  installUnrouted(app, (_request, routesAt, path) =>
    unrouted(routesAt(path.replace(/\/$/, '')).flatMap(({ methods }) => methods)),
  )
  installIdempotency(app, colony)
  for (const routes of ROUTES) app.register(routes, { prefix: PREFIX, colony })
  return { app, hooks }
}

/** Starts a Colony with two seeded testers. */
export const startColony = defineSandbox({
  service: 'colony',
  control: colonyControl,
  build: buildColony,
  open: ({ options, faults }: Setup<SandboxOptions>): Colony => {
    const store = new ColonyStore(options.seed ?? randomUUID())
    const tokens = new TokenStore(store, randomUUID())
    const webhooks = new Deliveries(store, (event) => faults.suppresses(event))
    return { store, tokens, limits: new Limits(options.limits ?? false), webhooks }
  },
  ready: ({ store, webhooks }, { options, origin, onStop }) => {
    onStop(() => webhooks.stop())
    // Under limits the two are newcomers, with just enough karma to write to each other.
    const karma = options.limits ? 9 : 25
    const [ada, ben] = [addPerson(store, { name: 'Ada', karma }), addPerson(store, { name: 'Ben', karma })]
    seedInbox(store, ada.id)
    const address = `${origin}${PREFIX}`
    return {
      address,
      variables: { COLONY_BASE_URL: address, COLONY_TEST_API_KEY: ada.apiKey, COLONY_TEST_API_KEY_2: ben.apiKey },
    }
  },
})

/** A path whose escapes cannot be decoded is used literally, and then not found. */
function readable(url: string): string {
  const [path = '', ...query] = url.split('?')
  try {
    decodeURIComponent(path)
    return url
  } catch {
    return [path.replaceAll('%', '%25'), ...query].join('?')
  }
}
