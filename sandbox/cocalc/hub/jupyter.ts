import { createHash } from 'node:crypto'
import type { Arguments, HubCall, HubFunctions } from '../context'
import { type Db, json } from '../database'
import { mustBeMember } from '../members'
import type { Output } from '../project/driver'
import { cellIn, LIMITS } from '../project/kernels'
import { text } from '../values'

export const jupyter: HubFunctions = { kernels, execute }

async function projectOf(call: HubCall, { project_id }: Arguments): Promise<string> {
  if (project_id === undefined) throw new Error('Jupyter API is not enabled on this server.')
  return mustBeMember(call, project_id, 'permission denied -- user must be collaborator on project')
}

async function kernels(call: HubCall, args: Arguments): Promise<unknown> {
  const { host } = call.cocalc
  await host.start(await projectOf(call, args))
  return host.kernels.specs()
}

/** The same input after the same history in the same place is executed once; the result is remembered. */
async function execute(call: HubCall, args: Arguments): Promise<unknown> {
  const { cocalc, db } = call
  const asked = text(args.hash)
  if (asked !== undefined && args.input === undefined) return cocalc.results.find(db, asked)
  if (args.kernel === undefined) throw new Error('kernel must be specified in hash is not specified')
  const projectId = await projectOf(call, args)
  if (args.input === undefined) throw new Error('input or hash must not be null')
  const cell = cellIn(args)
  const hash = hashOf(projectId, cell)
  const known = args.noCache ? null : await cocalc.results.find(db, hash)
  if (known) return known
  const started = Date.now()
  await cocalc.host.start(projectId)
  const output = await cocalc.host.kernels.execute(projectId, { ...cell, limits: LIMITS, refusalPrefix: 'Error: ' })
  const created = await cocalc.results.keep(db, hash, output)
  await log(call, projectId, args, { hash, seconds: (Date.now() - started) / 1_000 })
  return { output, created }
}

function hashOf(projectId: string, { history, input, kernel, path = '' }: ReturnType<typeof cellIn>): string {
  const parts = [history.map((cell) => cell.trim()), input.trim(), kernel, projectId, path]
  return createHash('sha1').update(JSON.stringify(parts)).digest('hex')
}

async function log(call: HubCall, projectId: string, args: Arguments, { hash, seconds }: { hash: string; seconds: number }) {
  const { path = null, kernel, input, tag = null } = args
  await call.db.sql`
    INSERT INTO jupyter_api_log (created, hash, account_id, project_id, path, kernel, history, input, tag, total_time_s)
    VALUES (now(), ${hash}, ${call.accountId}, ${projectId}, ${path}, ${kernel}, ${cellIn(args).history}, ${input}, ${tag}, ${seconds})`
}

/** Results of executions by the hash of what was executed where. */
export class ResultCache {
  async find(db: Db, hash: string): Promise<{ id: number; output: unknown; created: Date } | null> {
    const [row] = await db.sql<{ output: unknown; created: Date; id: number }>`
      UPDATE jupyter_api_cache SET last_active = now(), count = count + 1 WHERE hash = ${hash}
      RETURNING to_jsonb(output) AS output, created, id`
    return row ?? null
  }

  async keep(db: Db, hash: string, output: Output[]): Promise<Date | undefined> {
    const [row] = await db.sql<{ created: Date }>`
      INSERT INTO jupyter_api_cache (hash, created, last_active, count, output)
      VALUES (${hash}, now(), now(), 1, ARRAY(SELECT jsonb_array_elements(${json(output)}::jsonb)))
      ON CONFLICT (hash) DO UPDATE SET output = excluded.output, last_active = now() RETURNING created`
    return row?.created
  }
}
