import { z } from 'zod'
import { controlRoute } from '../kit/control'
import type { Cocalc } from './context'
import { type AddedPerson, addPerson, existing, rowKeys } from './seed'

/** A CoCalc and its one site admin. */
export interface Controlled extends Cocalc {
  ada: AddedPerson
}

const route = controlRoute<Controlled>()
const accountId = z.uuid()

export const cocalcControl = [
  route(
    'POST /people',
    'Creates accounts; Ada is always the one site admin. The response has id, e-mail address and API key of each by name.',
    {
      group: z.string().optional(),
      people: z.array(z.strictObject({ name: z.string().min(1), lastName: z.string().default('Example') })),
    },
    async (cocalc, { people }) => {
      const added: Record<string, AddedPerson> = {}
      for (const { name, lastName } of people)
        added[name] = name === 'Ada' ? cocalc.ada : await addPerson(cocalc, { firstName: name, lastName })
      return { people: added }
    },
  ),
  route(
    'POST /keys',
    'Creates an API key of an account, for one project if given; `expire` is a date.',
    { accountId, projectId: z.uuid().optional(), expire: z.string().optional() },
    async ({ keys, db }, options) => ({ apiKey: (await keys.make(db, options)).secret }),
  ),
  route(
    'POST /accounts',
    'Bans an account, hides it from searches, or makes it a site admin.',
    { accountId, banned: z.boolean().optional(), unlisted: z.boolean().optional(), admin: z.boolean().optional() },
    async ({ db }, { accountId: id, banned, unlisted, admin }) =>
      void (await db.sql`UPDATE accounts SET banned = coalesce(${banned}, banned), unlisted = coalesce(${unlisted}, unlisted),
        "groups" = CASE WHEN ${admin} THEN ARRAY['admin'] ELSE "groups" END WHERE account_id = ${id}`),
  ),
  route(
    'POST /host',
    'Changes how projects start and stop: `startTakes` and `stopTakes` in milliseconds, whether calls during a transition are ignored, whether kernels outlive their project.',
    {
      startTakes: z.number().min(0).optional(),
      stopTakes: z.number().min(0).optional(),
      ignoresDuringTransition: z.boolean().optional(),
      kernelsOutlive: z.boolean().optional(),
    },
    ({ host }, behaviour) => Object.assign(host.behaviour, behaviour),
  ),
  route('GET /processes', 'Lists the processes of projects and kernels that run.', {}, ({ host }) => host.processes()),
  route('GET /rows', 'Lists the keys of all rows by table.', {}, (cocalc) => rowKeys(cocalc)),
  route(
    'GET /existing',
    'Lists what still exists of a run, by the run id in its names.',
    { runId: z.string().min(1) },
    async (cocalc, { runId }) => ({ existing: await existing(cocalc, runId) }),
  ),
]
