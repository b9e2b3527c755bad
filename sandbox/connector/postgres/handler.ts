import type { Client } from 'pg'
import type { AuthOutput, CheckResult, Handler, HandlerContext, PreflightOutput } from '../service/app'
import type { PreflightInput } from '../service/contracts'
import { type Body, objectOf } from '../service/credentials'
import { AppError } from '../service/errors'
import { namedIn, type Scope, scopeOf } from './filters'
import { loggedIn, sourceOf } from './login'
import { REACHABLE, SCHEMATA, tableCount } from './queries'
import type { Shape } from './shape'

const TREE = 'SQL client authentication failed'

/** The form's three calls, each with a real login to the source. */
export function postgresHandler(minimumVersion?: number, shape: Shape = {}): Handler {
  return {
    auth: (_input, context) => logIn(context, shape),
    check: (input, context) => preflight(input, context, { minimumVersion, shape }),
    metadata: async ({ max_objects }, context) => {
      try {
        const { rows } = await loggedIn(sourceOf(objectOf(context.credentials)), (client) => client.query(SCHEMATA))
        return rows.slice(0, Math.max(0, max_objects))
      } catch (error) {
        throw error instanceof AppError ? new AppError('AUTH', TREE) : error
      }
    },
  }
}

async function logIn({ credentials }: HandlerContext, shape: Shape): Promise<AuthOutput> {
  const { namesIdentities = true } = shape
  try {
    const source = sourceOf(objectOf(credentials))
    await loggedIn(source, async () => undefined)
    return { status: 'success', ...(namesIdentities ? { identities: [source.username] } : {}) }
  } catch (error) {
    return { status: 'failed', message: refusalOf(error, shape).message }
  }
}

/** What the response says of a failed login. @throws it where this app raises it, and every other error */
function refusalOf(error: unknown, { refuses, givesReasons = true }: Shape): AppError {
  if (!(error instanceof AppError)) throw error
  const reason = givesReasons ? error : new AppError(error.category, 'The source is not available to this app')
  if (refuses === 'raises') throw reason
  return reason
}

type Check = (client: Client, metadata: Body) => Promise<{ passed: boolean; message: string }>

async function preflight(
  { metadata, checks_to_run }: PreflightInput,
  { credentials }: HandlerContext,
  { minimumVersion, shape }: { minimumVersion: number | undefined; shape: Shape },
): Promise<PreflightOutput> {
  const { checks: names = CHECKS, selectsChecks = true } = shape
  const all: [string | undefined, Check][] = [
    [names.names, checkNames],
    [names.tables, countTables],
    [names.version, (client) => checkVersion(client, minimumVersion)],
  ]
  const made = all.flatMap(([name, check]): [string, Check][] => (name === undefined ? [] : [[name, check]]))
  const chosen = made.filter(([name]) => !selectsChecks || checks_to_run.length === 0 || checks_to_run.includes(name))
  const started = performance.now()
  try {
    const checks = await loggedIn(sourceOf(objectOf(credentials)), async (client) => {
      const results: CheckResult[] = []
      for (const [name, check] of chosen) results.push(await timed(name, () => check(client, metadata), shape))
      return results
    })
    return { status: verdictOf(checks, shape), checks, totalDurationMs: since(started) }
  } catch (error) {
    const reason = refusalOf(error, shape)
    const checks = chosen.map(([name]) => ({ name, passed: false, error: reason }))
    return { status: 'not_ready', message: reason.message, checks, totalDurationMs: since(started) }
  }
}

async function timed(name: string, check: () => ReturnType<Check>, { measuresChecks = true }: Shape): Promise<CheckResult> {
  const started = performance.now()
  return { name, ...(await check()), ...(measuresChecks ? { durationMs: since(started) } : {}) }
}

function since(started: number): number {
  return Math.round((performance.now() - started) * 100) / 100
}

/** The names of the SDK's older base handler. */
const CHECKS = { names: 'databaseSchemaCheck', tables: 'tablesCheck', version: 'versionCheck' }

function verdictOf(checks: readonly CheckResult[], { failedVerdict = 'by count' }: Shape): PreflightOutput['status'] {
  const passed = checks.filter((check) => check.passed).length
  if (passed === checks.length) return 'ready'
  if (failedVerdict !== 'by count') return failedVerdict
  return passed === 0 ? 'not_ready' : 'partial'
}

/** Whether the credentials reach every given database, and every given schema is in it. */
async function checkNames(client: Client, metadata: Body): ReturnType<Check> {
  const [reachable, schemata] = [await client.query(REACHABLE), await client.query(SCHEMATA)]
  const databases = reachable.rows.map(({ name }: { name: string }) => name)
  const schemas = schemata.rows.map(
    (row: { TABLE_CATALOG: string; TABLE_SCHEMA: string }) => `${row.TABLE_CATALOG}.${row.TABLE_SCHEMA}`,
  )
  for (const { database, schemas: wanted } of wantedBy(metadata)) {
    if (!databases.includes(database)) return failedFor(`${database} database`)
    const lacking = wanted.find((schema) => !['*', ''].includes(schema) && !schemas.includes(`${database}.${schema}`))
    if (lacking !== undefined) return failedFor(`${database}.${lacking} schema`)
  }
  return { passed: true, message: 'Schemas and Databases check successful' }
}

function failedFor(what: string): { passed: false; message: string } {
  return { passed: false, message: `Schemas and Databases check failed for ${what}` }
}

function wantedBy(metadata: Body): { database: string; schemas: string[] }[] {
  const listed = Array.isArray(metadata.databases) ? metadata.databases.map(String) : []
  return [...namedIn(filterIn(metadata, 'include')), ...listed.map((database) => ({ database, schemas: [] }))]
}

async function countTables(client: Client, metadata: Body): ReturnType<Check> {
  try {
    const { rows } = await client.query(tableCount(scopeIn(metadata)))
    return { passed: true, message: `Tables check successful. Table count: ${rows[0].count}` }
  } catch (error) {
    return { passed: false, message: `Tables check failed: ${error instanceof Error ? error.message : error}` }
  }
}

function scopeIn(metadata: Body): Scope {
  return scopeOf(
    filterIn(metadata, 'include'),
    filterIn(metadata, 'exclude'),
    metadata['temp-table-regex'] ?? metadata.temp_table_regex,
  )
}

function filterIn(metadata: Body, kind: 'include' | 'exclude'): unknown {
  const filter = metadata[`${kind}-filter`] ?? metadata[`${kind}_filter`]
  return typeof filter === 'object' || typeof filter === 'string' ? filter : undefined
}

async function checkVersion(client: Client, minimum?: number): ReturnType<Check> {
  const { rows } = await client.query('SHOW server_version')
  const version = /^[\d.]+/.exec(rows[0]?.server_version ?? '')?.[0]
  if (version === undefined) return { passed: true, message: 'Client version check skipped - version could not be determined' }
  if (minimum === undefined) return { passed: true, message: `Client version: ${version} (no minimum version requirement)` }
  const passed = Number.parseFloat(version) >= minimum
  return {
    passed,
    message: `Client version ${version} ${passed ? 'meets' : 'does not meet'} minimum required version ${minimum}`,
  }
}
