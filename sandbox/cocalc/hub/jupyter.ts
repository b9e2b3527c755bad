import { createHash } from 'node:crypto'
import type { Arguments, HubCall, HubFunctions } from '../context'
import { type Db, json } from '../database'
import { isMember } from '../members'
import type { Output } from '../project/driver'
import { text } from '../values'

export const jupyter: HubFunctions = {
  kernels: {
    run: async (call, args) => {
      const projectId = await projectOf(call, args)
      await call.cocalc.host.start(projectId)
      return call.cocalc.host.kernels.specs()
    },
  },
  execute: { run: execute },
}

/** Limits of an execution within a project: seconds and characters. */
const LIMITS = { totalSeconds: 45, cellSeconds: 30, cellCharacters: 1_000_000, totalCharacters: 5_000_000 }

async function projectOf({ db, accountId }: HubCall, { project_id }: Arguments): Promise<string> {
  if (project_id === undefined) throw new Error('Jupyter API is not enabled on this server.')
  if (!(await isMember(db, accountId, project_id))) throw new Error('permission denied -- user must be collaborator on project')
  return String(project_id).toLowerCase()
}

/** The same input after the same history in the same place is executed once; the result is remembered. */
async function execute(call: HubCall, args: Arguments): Promise<unknown> {
  const { cocalc, db } = call
  const asked = text(args.hash)
  if (asked !== undefined && args.input === undefined) return cocalc.results.find(db, asked)
  if (args.kernel === undefined) throw new Error('kernel must be specified in hash is not specified')
  const projectId = await projectOf(call, args)
  if (args.input === undefined) throw new Error('input or hash must not be null')
  const hash = hashOf(projectId, args)
  const known = args.noCache ? null : await cocalc.results.find(db, hash)
  if (known) return known
  const started = Date.now()
  await cocalc.host.start(projectId)
  const output = await cocalc.host.kernels.execute(projectId, {
    kernel: String(args.kernel).trim().toLowerCase(),
    history: historyOf(args),
    input: String(args.input),
    path: text(args.path),
    limits: LIMITS,
    refusalPrefix: 'Error: ',
  })
  const created = await cocalc.results.keep(db, hash, output)
  await log(call, projectId, args, { hash, seconds: (Date.now() - started) / 1_000 })
  return { output, created }
}

function historyOf({ history }: Arguments): string[] {
  return Array.isArray(history) ? history.map(String) : []
}

function hashOf(projectId: string, args: Arguments): string {
  const parts = [
    historyOf(args).map((cell) => cell.trim()),
    String(args.input).trim(),
    String(args.kernel).trim().toLowerCase(),
    projectId,
    args.path ?? '',
  ]
  return createHash('sha1').update(JSON.stringify(parts)).digest('hex')
}

async function log(
  { db, accountId }: HubCall,
  projectId: string,
  args: Arguments,
  { hash, seconds }: { hash: string; seconds: number },
): Promise<void> {
  await db.query(
    `INSERT INTO jupyter_api_log (created, hash, account_id, project_id, path, kernel, history, input, tag, total_time_s)
     VALUES (now(), $1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [hash, accountId, projectId, args.path ?? null, args.kernel, historyOf(args), args.input, args.tag ?? null, seconds],
  )
}

/** Results of executions by the hash of what was executed where. */
export class ResultCache {
  async find(db: Db, hash: string): Promise<{ id: number; output: unknown; created: Date } | null> {
    const [row] = await db.query<{ id: number; output: unknown; created: Date }>(
      `UPDATE jupyter_api_cache SET last_active = now(), count = count + 1 WHERE hash = $1
       RETURNING id, to_jsonb(output) AS output, created`,
      [hash],
    )
    return row ? { output: row.output, created: row.created, id: row.id } : null
  }

  async keep(db: Db, hash: string, output: Output[]): Promise<Date | undefined> {
    const [row] = await db.query<{ created: Date }>(
      `INSERT INTO jupyter_api_cache (hash, created, last_active, count, output)
       VALUES ($1, now(), now(), 1, ARRAY(SELECT jsonb_array_elements($2::jsonb)))
       ON CONFLICT (hash) DO UPDATE SET output = excluded.output, last_active = now() RETURNING created`,
      [hash, json(output)],
    )
    return row?.created
  }
}
