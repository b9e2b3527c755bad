import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '../../../assertions/chai-checks'
import { compare, gapReport, IGNORED } from '../comparison'
import { type Fields, isFields } from '../credentials'
import { checkFamilies } from '../families'
import { folderOf } from '../folders'
import { type Baseline, type CatalogRecord, readBaseline, readRecords } from '../output'
import { isBefore, offered } from '../settings'
import type { ConnectorState, StartedRun } from '../state'
import { expectEnd } from './runs'

/** The counts in the app's result, by their words in features. */
const COUNTS: Readonly<Record<string, string>> = {
  databases: 'databases_extracted',
  schemas: 'schemas_extracted',
  tables: 'tables_extracted',
  columns: 'columns_extracted',
}

async function outputOf(state: ConnectorState, run = state.run): Promise<Fields> {
  await expectEnd(state, 'COMPLETED', run)
  const { success, data } = await state.api.result(run.workflowId)
  expect([success, data.status, data.workflow_id], 'the result of a completed run').to.deep.equal([
    true,
    'completed',
    run.workflowId,
  ])
  const { result = {} } = data
  expect(result.status, 'the status in the output of the run').to.equal('success')
  // The template leaves it empty.
  expect(['', run.workflowId], 'the workflow that the output is of').to.include(result.workflow_id)
  expect(result.error ?? '', 'the error in the output of a completed run').to.equal('')
  const { attributes } = run.connection ?? {}
  if (isFields(attributes)) expect(result.connection_qualified_name).to.equal(attributes.qualifiedName)
  return result
}

/** A run with a schema also has its database. */
export async function expectCounts(state: ConnectorState, counts: Readonly<Record<string, number>>): Promise<void> {
  const output = await outputOf(state)
  const all = { ...(counts.schemas ? { databases: 1 } : {}), ...counts }
  for (const [what, count] of Object.entries(all)) expect(output[COUNTS[what] ?? what], `${what} found`).to.equal(count)
}

/** Root folder of the app's object store, where the suite can read it. */
export function storeOf({ source, world }: ConnectorState): string | undefined {
  return source.option('OBJECT_STORE') ?? world.access.setting('CONNECTOR_OBJECT_STORE')
}

async function recordsOf(state: ConnectorState, run = state.run): Promise<CatalogRecord[]> {
  const store = storeOf(state)
  if (store === undefined) throw new Error('CONNECTOR_OBJECT_STORE is not set: the scenario needs the tag @needs:output.')
  const { transformed_data_prefix: prefix } = await outputOf(state, run)
  // The run id of a run whose start got no response is known from where its records are.
  if (run.runId === '') run.runId = String(prefix).split(`/${run.workflowId}/`)[1]?.split('/')[0] ?? ''
  expect(prefix, 'where the records of the run are').to.be.a('string').and.contain(`/${run.workflowId}/${run.runId}/`)
  return readRecords(store, String(prefix))
}

/** The records have the attributes of the baseline, and none is missing or added. With `CONNECTOR_RECORD=1` the baseline is written. */
export async function expectBaseline(state: ConnectorState): Promise<void> {
  const file = offered(state.connector, state.settings.baseline, 'has no baseline of its records', 'baseline')
  const path = join(folderOf(state.connector), file)
  const records = await recordsOf(state)
  const names = { ...state.setup, database: state.source.database }
  if (process.env.CONNECTOR_RECORD === '1') return record(path, records, names)
  if (!existsSync(path))
    throw new Error(`There is no baseline ${path}: npm run new -- connector ${state.connector} --record writes it.`)
  const gaps = compare(records, readBaseline(path, names))
  expect(gaps, gapReport(gaps, file)).to.have.length(0)
}

/** The records of the app under test without run-specific values, for manual review. */
function record(path: string, records: readonly CatalogRecord[], names: Readonly<Record<string, string>>): void {
  const baseline: Baseline = {}
  for (const { typeName, attributes } of records) {
    const kept = Object.entries(attributes).filter(([name, value]) => !IGNORED.has(name) && !isFields(value) && value !== null)
    baseline[typeName] = [...(baseline[typeName] ?? []), { attributes: Object.fromEntries(kept) }]
  }
  const text = Object.entries(names)
    .sort(([, one], [, other]) => other.length - one.length)
    .reduce((all, [name, value]) => all.replaceAll(`"${value}"`, `"{${name}}"`), JSON.stringify(baseline, undefined, 2))
  writeFileSync(path, `${text}\n`)
  throw new Error(`The records were written to ${path}. Review them, and run the scenario without CONNECTOR_RECORD.`)
}

/** Each record's parent is among the records, and it contains its run and its connection. */
export async function expectFamilies(state: ConnectorState): Promise<void> {
  const records = await recordsOf(state)
  const origins = records.flatMap((one) => originFaults(state, state.run, one))
  const faults = [...checkFamilies(records), ...origins, ...syncFaults(records)]
  expect(faults, `records without their parent, run or connection:\n${faults.join('\n')}`).to.have.length(0)
}

/** Records of one type are transformed in one step, which has one time. */
function syncFaults(records: readonly CatalogRecord[]): string[] {
  const times = new Map<string, Set<unknown>>()
  for (const { typeName, attributes } of records)
    times.set(typeName, (times.get(typeName) ?? new Set<unknown>()).add(attributes.lastSyncRunAt))
  return [...times].flatMap(([type, of]) => (of.size > 1 ? [`${type}: lastSyncRunAt has ${of.size} values`] : []))
}

function originFaults(state: ConnectorState, run: StartedRun, { typeName, status, attributes }: CatalogRecord): string[] {
  const who = `${typeName} ${String(attributes.qualifiedName)}`
  const connection = isFields(run.connection?.attributes) ? run.connection.attributes : {}
  const expected: Record<string, unknown> = {
    connectionName: connection.name,
    connectionQualifiedName: connection.qualifiedName,
    lastSyncWorkflowName: run.workflowId,
    lastSyncRun: isBefore(state.connector, '3.52') ? run.runId : run.correlationId,
  }
  const wrong = Object.entries(expected).filter(([name, value]) => attributes[name] !== value)
  const at = Number(attributes.lastSyncRunAt)
  return [
    ...wrong.map(([name, value]) => `${who}: ${name} is ${String(attributes[name])} instead of ${String(value)}`),
    ...(at >= run.startedAt - CLOCKS && at <= Date.now() + CLOCKS
      ? []
      : [`${who}: lastSyncRunAt ${String(attributes.lastSyncRunAt)} is not within the run`]),
    ...(status === 'ACTIVE' ? [] : [`${who}: its status is ${String(status)} instead of ACTIVE`]),
  ]
}

/** Milliseconds by which the clocks of two machines may differ. */
const CLOCKS = 60_000

/** Runs in parallel contain the records of their own schema and their own ids. */
export async function expectUnmixed(state: ConnectorState, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const run = state.runs.recall(name)
    const records = await recordsOf(state, run)
    const schemas = records.flatMap(({ typeName, attributes }) => {
      const schema = typeName === 'Schema' ? attributes.name : attributes.schemaName
      return schema === undefined ? [] : [schema]
    })
    expect([...new Set(schemas)], `the schemas in the run of ${name}`).to.deep.equal([state.schemaNamed(name)])
    const faults = records.flatMap((one) => originFaults(state, run, one))
    expect(faults, `records of another run:\n${faults.join('\n')}`).to.have.length(0)
  }
}

export function useQueriesEntrypoint(state: ConnectorState): void {
  const { queries } = state.settings.entrypoints ?? {}
  state.entrypoint = offered(state.connector, queries, 'has no entrypoint that collects queries', 'entrypoints.queries')
}

/** That entrypoint collects the queries of views, and extracts nothing else. */
export async function expectQueries(state: ConnectorState, count: number): Promise<void> {
  const output = await outputOf(state)
  expect(output.processes_extracted, 'queries found').to.equal(count)
  expect(output.tables_extracted, 'tables found by a run that collects queries').to.equal(0)
}
