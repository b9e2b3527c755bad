import type { FastifyInstance } from 'fastify'
import { buildControl } from '../kit/control'
import type { FaultHooks } from '../kit/fault-hooks'
import type { FaultSwitch } from '../kit/faults'
import type { Cocalc } from './context'
import { existing, rowKeys, type Settled, settle } from './seed'

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
  app.get('/rows', async () => rowKeys(cocalc))
  app.get<{ Querystring: { mark: string } }>('/existing', async ({ query }) => ({ existing: await existing(cocalc, query.mark) }))
  return app
}
