import type { FastifyInstance } from 'fastify'
import { buildControl } from '../kit/control'
import type { FaultHooks } from '../kit/fault-hooks'
import type { FaultSwitch } from '../kit/faults'
import { Refusal } from '../kit/refusal'
import type { Cocalc } from './context'
import type { HostBehaviour } from './project/host'
import { existing, rowKeys, type Settled, settle } from './seed'
import { isRecord } from './values'

interface Wish {
  name: string
  lastName?: string
}

/**
 * Powers over this CoCalc. Ada is always the one site admin, as on a site of one's own; everybody else is a new account, Dan among
 * them. Whoever an admin makes through the API can be given a key.
 */
export function cocalcControl(cocalc: Cocalc, ada: Settled, faults: FaultSwitch, hooks: FaultHooks): FastifyInstance {
  const app = buildControl(faults, hooks)
  app.post<{ Body: { people: Wish[] } }>('/people', async ({ body }) => {
    const people: Record<string, Settled> = {}
    for (const { name, lastName = 'Example' } of body.people) {
      people[name] = name === 'Ada' ? ada : await settle(cocalc, { firstName: name, lastName })
    }
    return { people }
  })
  app.post<{ Body: { accountId: string; projectId?: string; expire?: string } }>('/keys', async ({ body }) => ({
    apiKey: (await cocalc.keys.make(cocalc.db, body)).secret,
  }))
  app.post<{ Body: { accountId: string; banned?: boolean; unlisted?: boolean; admin?: boolean } }>(
    '/accounts',
    async ({ body }, reply) => {
      await cocalc.db.query(
        `UPDATE accounts SET banned = coalesce($2, banned), unlisted = coalesce($3, unlisted),
       "groups" = CASE WHEN $4 THEN ARRAY['admin'] ELSE "groups" END WHERE account_id = $1`,
        [body.accountId, body.banned ?? null, body.unlisted ?? null, body.admin ?? null],
      )
      return reply.code(204).send()
    },
  )
  app.post<{ Body: Partial<HostBehaviour> }>('/host', async ({ body }) => Object.assign(cocalc.host.behaviour, behaviourIn(body)))
  app.get('/processes', async () => cocalc.host.processes())
  app.get('/rows', async () => rowKeys(cocalc))
  app.get<{ Querystring: { runId: string } }>('/existing', async ({ query }) => ({
    existing: await existing(cocalc, query.runId),
  }))
  return app
}

/** @throws Refusal where something is not understood */
function behaviourIn(body: unknown): Partial<HostBehaviour> {
  if (!isRecord(body)) throw new Refusal(400, { error: 'an object is needed' })
  const kinds: Record<keyof HostBehaviour, string> = {
    startTakes: 'number',
    stopTakes: 'number',
    ignoresDuringTransition: 'boolean',
    kernelsOutlive: 'boolean',
  }
  for (const [name, value] of Object.entries(body)) {
    const kind = (kinds as Record<string, string | undefined>)[name]
    if (kind === undefined) throw new Refusal(400, { error: `"${name}" is none of ${Object.keys(kinds).join(', ')}` })
    if (typeof value !== kind) throw new Refusal(400, { error: `"${name}" must be a ${kind}` })
  }
  return body
}
