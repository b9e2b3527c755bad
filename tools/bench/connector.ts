import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { startConnector } from '../../sandbox/connector/server'
import type { RunningSandbox } from '../../sandbox/kit/sandbox'

const COLUMNS = 20
const SMALL = 200
const LARGE = 1_000
const TOGETHER = 5

interface App {
  sandbox: RunningSandbox
  database: string
  guid: string
}

interface Extraction {
  seconds: number
  /** Peak growth of the process in MB. */
  grownBy: number
  columns: number
  run: string
}

/** The cost of an extraction by the sandbox's app: time, memory by the size of the source, and parallel runs. */
export async function bench(): Promise<string> {
  const sandbox = await startConnector()
  try {
    const app = await prepared(sandbox)
    await extract(app, 'small')
    const small = [await extract(app, 'small'), await extract(app, 'small'), await extract(app, 'small')]
    const large = await extract(app, 'large')
    const { sequential, parallel, same } = await sideBySide(app)
    return [
      'Extraction by the sandbox’s app, from a real PostgreSQL on the same machine; the best of three.',
      '',
      `- ${SMALL} tables of ${COLUMNS} columns (${small[0]?.columns} columns in all): ${Math.min(...small.map(({ seconds }) => seconds)).toFixed(2)} s`,
      `- memory at the peak: +${Math.max(...small.map(({ grownBy }) => grownBy)).toFixed(0)} MB for ${SMALL} tables, +${large.grownBy.toFixed(0)} MB for ${LARGE} (${large.seconds.toFixed(2)} s)`,
      `- ${TOGETHER} sequential runs ${sequential.toFixed(2)} s, parallel ${parallel.toFixed(2)} s; the same records: ${same ? 'yes' : '**no**'}`,
    ].join('\n')
  } finally {
    await sandbox.stop()
  }
}

async function prepared(sandbox: RunningSandbox): Promise<App> {
  const { variables } = sandbox
  const field = (name: string): string => variables[`E2E_POSTGRES_${name}`] ?? ''
  const [host, port, username, password, database] = ['HOST', 'PORT', 'USERNAME', 'PASSWORD', 'DATABASE'].map(field)
  const client = new Client({ host, port: Number(port), user: username, password, database })
  await client.connect()
  const columns = Array.from({ length: COLUMNS }, (_none, at) => `c${at} ${at % 2 === 0 ? 'int' : 'text'}`).join(', ')
  for (const [schema, tables] of [
    ['small', SMALL],
    ['large', LARGE],
  ] as const) {
    await client.query(`CREATE SCHEMA ${schema}`)
    for (let first = 0; first < tables; first += 50) {
      const made = Array.from({ length: 50 }, (_none, at) => `CREATE TABLE ${schema}.t${first + at} (${columns})`)
      await client.query(made.join(';'))
    }
  }
  await client.end()
  const credentials = { host, port, username, password, database, extra: { database } }
  const { data } = await post<{ data: { credential_guid: string } }>(sandbox, '/dev/local-vault', credentials)
  return { sandbox, database: database ?? '', guid: data.credential_guid }
}

async function extract(app: App, schema: string): Promise<Extraction> {
  global.gc?.()
  const before = process.memoryUsage().rss
  let peak = before
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss)
  }, 5)
  const started = performance.now()
  const input = { credential_guid: app.guid, include_filter: { [`^${app.database}$`]: [`^${schema}$`] } }
  const { data } = await post<{ data: { workflow_id: string; run_id: string } }>(app.sandbox, '/start', input)
  const response = await fetch(`${app.sandbox.address}/workflows/v1/result/${data.workflow_id}?wait=true`)
  const { data: result } = (await response.json()) as { data: { result?: { columns_extracted: number } } }
  clearInterval(watch)
  return {
    seconds: (performance.now() - started) / 1000,
    grownBy: (peak - before) / 2 ** 20,
    columns: result.result?.columns_extracted ?? 0,
    run: `${data.workflow_id}/${data.run_id}`,
  }
}

async function sideBySide(app: App): Promise<{ sequential: number; parallel: number; same: boolean }> {
  const first = performance.now()
  const one: Extraction[] = []
  for (let at = 0; at < TOGETHER; at++) one.push(await extract(app, 'small'))
  const middle = performance.now()
  const other = await Promise.all(Array.from({ length: TOGETHER }, () => extract(app, 'small')))
  const parallel = (performance.now() - middle) / 1000
  const texts = new Set([...one, ...other].map(({ run }) => recordsOf(app, run)))
  return { sequential: (middle - first) / 1000, parallel, same: texts.size === 1 }
}

function recordsOf({ sandbox }: App, run: string): string {
  const [workflow = '', id = ''] = run.split('/')
  const text = (entity: string): string =>
    readFileSync(
      join(
        sandbox.variables.CONNECTOR_OBJECT_STORE ?? '',
        'artifacts',
        'apps',
        'postgres',
        'workflows',
        run,
        'transformed',
        entity,
        'entities.json',
      ),
      'utf8',
    )
  return [text('table'), text('column')]
    .join('')
    .replaceAll(workflow, '')
    .replaceAll(id, '')
    .replace(/"lastSyncRunAt":\d+/g, '')
}

async function post<T>(sandbox: RunningSandbox, path: string, body: unknown): Promise<T> {
  const response = await fetch(`${sandbox.address}/workflows/v1${path}`, { method: 'POST', body: JSON.stringify(body) })
  return (await response.json()) as T
}
