import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import type { RunContext } from '../service/app'
import { type Body, isObject } from '../service/credentials'
import { scopeOf } from './filters'
import { loggedIn, type Source, sourceOf } from './login'
import { ENTITIES, type Entity, rawRecords } from './queries'
import { transformFile, writeRows } from './records'
import { catalogued, type Sync, transformer } from './transform'

interface Job {
  context: RunContext
  source: Source
  folder: string
}

interface Manner {
  /** 3.52 and later. */
  isNew: boolean
  usesCreators: boolean
}

/** Since 3.52 a run that fails leaves no file, unless it was interrupted: then its raw files stay and nothing was uploaded. */
export async function extract(context: RunContext, base: string, manner: Manner): Promise<Body> {
  if (manner.isNew) expectUsableConnection(context)
  const job = await primed(context, base)
  try {
    const output = await extracted(job, base, manner)
    context.signal.throwIfAborted()
    return output
  } catch (error) {
    if (manner.isNew) await cleaned(job)
    throw error
  }
}

async function cleaned({ folder, context }: Job): Promise<void> {
  const transient = context.signal.aborted ? ['transformed'] : ['raw', 'transformed']
  for (const name of transient) await rm(join(folder, name), { recursive: true, force: true })
}

/**
 * The gate before a run: a connection that is named needs a qualified name of at least three parts, neither empty nor padded. One that is
 * not named passes.
 */
function expectUsableConnection({ input }: RunContext): void {
  const { attributes } = isObject(input.connection) ? input.connection : {}
  if (!isObject(attributes)) return
  const parts = String(attributes.qualifiedName ?? '').split('/')
  if (parts.length >= 3 && parts.every((part) => part !== '' && part === part.trim())) return
  throw new Error('PreflightFailed: connection_qualified_name is missing or malformed')
}

/** Logs in once, extracts all entities in parallel, then transforms all entities in parallel. */
async function extracted(job: Job, base: string, { isNew, usesCreators }: Manner): Promise<Body> {
  const { context } = job
  const scope = scopeIn(context)
  await each(ENTITIES, (entity) => extractTo(job, rawRecords(entity, scope), rawPath(job, entity)))
  const sync = syncOf(context, isNew)
  if (usesCreators && sync.connection.qualifiedName === '') throw new Error('connection_qualified_name cannot be blank')
  const counts = await each(ENTITIES, (entity) => {
    return transformFile(
      rawPath(job, entity),
      join(job.folder, 'transformed', entity, 'entities.json'),
      isNew ? catalogued(transformer(entity, sync)) : transformer(entity, sync),
    )
  })
  const [databases = 0, schemas = 0, tables = 0, columns = 0] = counts
  // Since 3.52 only transformed files are kept, each with its checksum.
  const files = isNew ? await kept(job) : undefined
  return outputOf(job, base, sync, {
    databases_extracted: databases,
    schemas_extracted: schemas,
    tables_extracted: tables,
    columns_extracted: columns,
    ...(files === undefined
      ? { records_uploaded: databases + schemas + tables + columns }
      : { transformed_files: files, metrics: null, artifacts: null, workflow_id: '', output_prefix: '' }),
  })
}

/** Removes the raw files of a run that has ended, and describes the transformed ones. */
async function kept({ folder, context }: Job): Promise<Body[]> {
  await rm(join(folder, 'raw'), { recursive: true, force: true })
  const prefix = `artifacts/apps/${context.appName}/workflows/${context.workflowId}/${context.runId}`
  const found: Body[] = []
  for (const entity of ENTITIES) {
    const name = join('transformed', entity, 'entities.json')
    const path = join(folder, name)
    if (!existsSync(path)) continue
    await writeFile(
      `${path}.sha256`,
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    )
    const { size } = await stat(path)
    found.push({
      local_path: `local/tmp/${prefix}/${name}`,
      storage_path: `${prefix}/${name}`,
      is_durable: true,
      file_count: 1,
      tier: 'retained',
      auto_materialize: true,
      manifest_path: null,
      store: 'deployment',
      size_bytes: size,
    })
  }
  return found
}

/** Collects the queries behind views; nothing is transformed. */
export async function mine(context: RunContext, base: string, isNew: boolean): Promise<Body> {
  if (isNew) expectUsableConnection(context)
  const job = await primed(context, base)
  const queries = await extractTo(job, rawRecords('query', scopeIn(context)), join(job.folder, 'raw', 'query', 'records.json'))
  return outputOf(job, base, syncOf(context, true), { processes_extracted: queries, records_uploaded: queries })
}

/** One login without a retry: a run that cannot log in fails before it extracts anything. */
async function primed(context: RunContext, base: string): Promise<Job> {
  const { infrastructure, input, appName, workflowId, runId, signal } = context
  const guid = guidIn(input)
  const open = infrastructure.objects?.document(appName, 'credentials', guid)
  const source = sourceOf({ ...(isObject(open) ? open : {}), ...infrastructure.secrets.get(guid) })
  await loggedIn(source, async () => undefined, signal)
  signal.throwIfAborted()
  const folder = resolve(base, workflowId, runId)
  if (relative(base, folder).startsWith('..')) throw new Error('the id of a run names a folder, not a way out of it')
  return { context, source, folder }
}

/** Newer callers give a credential by reference. */
function guidIn({ credential_guid: guid, credential_ref: reference }: Body): string {
  return String(guid || (isObject(reference) ? (reference.credential_guid ?? '') : ''))
}

function extractTo({ context, source }: Job, question: ReturnType<typeof rawRecords>, path: string): Promise<number> {
  return loggedIn(source, (client) => writeRows(client, question, path, context.signal), context.signal)
}

/** Waits for all of them, even if one fails, so that none is still running afterwards. */
async function each<T>(entities: readonly Entity[], work: (entity: Entity) => Promise<T>): Promise<T[]> {
  const outcomes = await Promise.allSettled(entities.map(work))
  return outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason
    return outcome.value
  })
}

function rawPath({ folder }: Job, entity: Entity): string {
  return join(folder, 'raw', entity, 'records.json')
}

function scopeIn({ input }: RunContext) {
  return scopeOf(input.include_filter, input.exclude_filter, input.temp_table_regex)
}

/** Before 3.52 records named the run, since then the correlation id it was started with. */
function syncOf({ input, workflowId, runId, correlationId }: RunContext, isNew: boolean): Sync {
  const attributes = isObject(input.connection) && isObject(input.connection.attributes) ? input.connection.attributes : {}
  const text = (key: string): string => (typeof attributes[key] === 'string' ? attributes[key] : '')
  return {
    connection: { qualifiedName: text('qualifiedName'), name: text('name') },
    workflowName: workflowId,
    runId: isNew ? correlationId : runId,
    at: Date.now(),
  }
}

/** `status` is the field to read: the template's own `success` is always false. */
function outputOf({ context, folder }: Job, base: string, { connection }: Sync, counts: Body): Body {
  const { appName, workflowId, runId } = context
  const prefix = `artifacts/apps/${appName}/workflows/${workflowId}/${runId}`
  const name = connection.qualifiedName
  const state = `persistent-artifacts/apps/atlan-publish-app/state/${name}`
  return {
    status: 'success',
    metrics: {},
    artifacts: {},
    workflow_id: workflowId,
    success: false,
    databases_extracted: 0,
    schemas_extracted: 0,
    tables_extracted: 0,
    views_extracted: 0,
    columns_extracted: 0,
    procedures_extracted: 0,
    processes_extracted: 0,
    records_uploaded: 0,
    error: '',
    output_path: join('local', 'tmp', relative(resolve(base, '..', '..', '..', '..'), folder)),
    output_prefix: prefix,
    ...counts,
    transformed_data_prefix: `${prefix}/transformed`,
    connection_qualified_name: name,
    publish_state_prefix: name && `${state}/publish-state`,
    staging_data_prefix: name && state,
    current_state_prefix: name && `argo-artifacts/${name}/current-state`,
  }
}
