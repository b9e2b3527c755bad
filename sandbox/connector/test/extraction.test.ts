import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { CONNECTION, type Entity, type Owner, owner } from './support/source'

const BASELINES = join(__dirname, 'baselines')
const ENTITIES: readonly Entity[] = ['database', 'schema', 'table', 'column']

let ada: Owner
before(async () => {
  ada = await owner()
})
after(() => ada.sandbox.stop())

const only = (...schemas: string[]) => ({ include_filter: { [`^${ada.database}$`]: schemas.map((name) => `^${name}$`) } })

/** Values that differ between runs and servers are replaced by names; everything else is compared byte by byte, key order included. */
function neutral(line: string, { workflowId, runId }: { workflowId: string; runId: string }): string {
  return line
    .replaceAll(ada.database, 'DATABASE')
    .replaceAll(String(ada.credentials.username), 'OWNER')
    .replaceAll(workflowId, 'WORKFLOW')
    .replaceAll(runId, 'RUN')
    .replace(/"lastSyncRunAt":\d+/, '"lastSyncRunAt":0')
}

describe('the records of sixteen tables', () => {
  test('raw and transformed, as in the committed baseline', async () => {
    const run = await ada.run(only('sales'))
    expect(run.result.data.result).to.include({
      status: 'success',
      success: false,
      databases_extracted: 1,
      schemas_extracted: 1,
      tables_extracted: 16,
      columns_extracted: 79,
      records_uploaded: 97,
    })
    for (const kind of ['raw', 'transformed'] as const) {
      for (const entity of ENTITIES) {
        // The row of pg_database differs between servers; only the name in it is used.
        if (kind === 'raw' && entity === 'database') continue
        const lines = (ada.lines(run, kind, entity) ?? []).map((line) => neutral(line, run))
        const path = join(BASELINES, `${kind}-${entity}.ndjson`)
        if (process.env.WRITE_BASELINES === '1') writeFileSync(path, `${lines.join('\n')}\n`)
        expect(lines, path).to.deep.equal(readFileSync(path, 'utf8').trimEnd().split('\n'))
      }
    }
  })

  test('the rules for special records', async () => {
    const run = await ada.run(only('sales'))
    const records = (entity: Entity) => (ada.lines(run, 'transformed', entity) ?? []).map((line) => JSON.parse(line))
    const table = (name: string) => records('table').find(({ attributes }) => attributes.name === name)
    const column = (of: string, name: string) =>
      records('column').find(
        ({ attributes: { name: own, tableName, viewName } }) => own === name && (tableName ?? viewName) === of,
      )
    const sales = `${CONNECTION.attributes.qualifiedName}/${ada.database}/sales`

    expect(table('customers').attributes.description).to.equal('People who bought something at least once.')
    expect(table('orders')).to.nested.include({
      typeName: 'Table',
      'attributes.isPartitioned': true,
      'attributes.partitionStrategy': 'r',
    })
    expect(table('orders').customAttributes).to.include({ number_columns_in_part_key: 1, columns_participating_in_part_key: 3 })
    expect(table('orders_2024')).to.nested.include({
      typeName: 'TablePartition',
      'attributes.tableName': 'orders',
      'attributes.parentTable.uniqueAttributes.qualifiedName': `${sales}/orders`,
      'attributes.atlanSchema': null,
    })
    expect(table('orders_2024').attributes.parentTable).to.not.have.property('attributes')
    expect(table('open_orders')).to.nested.include({ typeName: 'View', 'attributes.isPartitioned': null })
    expect(table('open_orders').attributes.definition).to.match(/^CREATE OR REPLACE VIEW open_orders AS +SELECT/)
    expect(table('revenue_by_month')).to.nested.include({
      typeName: 'MaterialisedView',
      'customAttributes.is_insertable_into': null,
    })
    expect(table('revenue_by_month').attributes.definition).to.match(/^CREATE MATERIALIZED VIEW revenue_by_month AS/)
    expect(column('order_lines', 'amount').customAttributes).to.include({ is_generated: 'YES', is_identity: 'NO' })
    expect(column('orders', 'id').customAttributes).to.include({ is_identity: 'YES', identity_cycle: 'YES' })
    expect(column('addresses', 'id').customAttributes).to.include({ is_auto_increment: 'YES', column_size: 'integer' })
    expect(column('addresses', 'customer_id').attributes).to.include({ isForeign: true, isPrimary: false, isNullable: false })
    expect(column('product_categories', 'product_id').attributes, 'a primary key that is a foreign one').to.include({
      isPrimary: true,
      isForeign: false,
    })
    expect(column('orders_2024', 'total').attributes).to.nested.include({
      tableName: 'orders_2024',
      table: null,
      'tablePartition.uniqueAttributes.qualifiedName': `${sales}/orders_2024`,
    })
    expect(column('open_orders', 'id').attributes).to.nested.include({
      viewName: 'open_orders',
      tableName: null,
      'view.typeName': 'View',
    })
    expect(column('revenue_by_month', 'month').attributes).to.nested.include({
      'materialisedView.typeName': 'MaterialisedView',
      view: null,
    })
  })
})

describe('what a run reads, and where its output is', () => {
  const found = async (input: object): Promise<[schemas: number, tables: number, columns: number]> => {
    const { result } = await ada.run(input)
    const { schemas_extracted: schemas, tables_extracted: tables, columns_extracted: columns } = result.data.result
    return [schemas, tables, columns]
  }

  test('filters: everything, a database, schemas, as text, excluded, tables by pattern', async () => {
    const everything = [5, 18, 83]
    expect((await found({})).slice(1)).to.deep.equal(everything.slice(1))
    expect((await found({ include_filter: '.*' })).slice(1)).to.deep.equal(everything.slice(1))
    expect((await found({ include_filter: { [`^${ada.database}$`]: [] } })).slice(1)).to.deep.equal(everything.slice(1))
    expect(await found(only('sales', 'archive'))).to.deep.equal([2, 16, 79])
    expect(await found({ include_filter: '[.]marketing$' })).to.deep.equal([1, 2, 4])
    // A text is a regular expression, even if it can be parsed as JSON.
    // CON-673
    const asText = await ada.run({ include_filter: JSON.stringify(only('marketing').include_filter) })
    expect((await ada.get(`/status/${asText.workflowId}/${asText.runId}`)).body.data.status).to.equal('COMPLETED')
    expect(asText.result.data.result).to.include({ schemas_extracted: 0, tables_extracted: 0, columns_extracted: 0 })
    expect(
      await found({ metadata: { 'include-filter': only('marketing').include_filter, 'temp-table-regex': '^tmp_' } }),
    ).to.deep.equal([1, 1, 3])
    expect(await found({ ...only('sales', 'marketing'), exclude_filter: only('sales').include_filter })).to.deep.equal([1, 2, 4])
    expect(await found({ include_filter: { '^elsewhere$': [] } })).to.deep.equal([0, 0, 0])
  })

  // CON-675
  test('a star alone is no regular expression of the database: the run fails', async () => {
    const { result, workflowId, runId } = await ada.run({ include_filter: '*' })
    expect([result.success, result.data.status]).to.deep.equal([false, 'failed'])
    expect((await ada.get(`/status/${workflowId}/${runId}`)).body.data.status).to.equal('FAILED')
  })

  test('zero rows: an empty raw file, and no transformed one', async () => {
    const run = await ada.run(only('archive'))
    expect(ada.lines(run, 'raw', 'table')).to.deep.equal([])
    expect(ada.lines(run, 'transformed', 'table')).to.equal(undefined)
    expect(ada.lines(run, 'transformed', 'schema')).to.have.length(1)
  })

  test('the path of the output, with and without a connection', async () => {
    const { workflowId, runId, result } = await ada.run(only('archive'))
    const prefix = `artifacts/apps/postgres/workflows/${workflowId}/${runId}`
    const name = CONNECTION.attributes.qualifiedName
    expect(result.data.result).to.include({
      output_path: `local/tmp/${prefix}`,
      output_prefix: prefix,
      transformed_data_prefix: `${prefix}/transformed`,
      connection_qualified_name: name,
      publish_state_prefix: `persistent-artifacts/apps/atlan-publish-app/state/${name}/publish-state`,
      staging_data_prefix: `persistent-artifacts/apps/atlan-publish-app/state/${name}`,
      current_state_prefix: `argo-artifacts/${name}/current-state`,
    })
    const bare = await ada.run({ ...only('archive'), connection: { name: 'test_conn' } })
    expect(bare.result.data.result).to.include({
      connection_qualified_name: '',
      publish_state_prefix: '',
      current_state_prefix: '',
    })
    const text = await ada.run({ ...only('archive'), connection: JSON.stringify(CONNECTION) })
    expect(text.result.data.result.connection_qualified_name).to.equal(name)
  })

  test('an id that leads out of the folder of runs writes nothing', async () => {
    const outside = join(ada.sandbox.variables.CONNECTOR_OUTPUT_PATH ?? '', '..', 'outside')
    const { result } = await ada.run({ workflow_id: '../outside' }).catch(() => ({ result: undefined }))
    expect(result?.success ?? false).to.equal(false)
    expect(existsSync(outside)).to.equal(false)
  })

  test('the other entrypoint collects the queries behind views', async () => {
    const run = await ada.run(only('sales'), '?entrypoint=mine-queries')
    const names = (ada.lines(run, 'raw', 'query') ?? []).map((line) => JSON.parse(line).view_name)
    expect(names).to.deep.equal(['open_orders', 'revenue_by_month'])
    expect(run.result.data.result.processes_extracted).to.equal(2)
  })

  // CON-508
  test('a run logs in with the same parameters as the handler; without credentials it fails', async () => {
    const vault = async (credentials: object) => (await ada.post('/dev/local-vault', credentials)).body.data.credential_guid
    const { database, ...rest } = ada.credentials
    const inExtra = await ada.run({
      ...only('archive'),
      credential_guid: await vault({ ...rest, extra: JSON.stringify({ database }) }),
    })
    expect(inExtra.result.success).to.equal(true)
    for (const credential_guid of ['', 'nobody-knows', await vault({ ...rest, extra: {} })]) {
      const { result, ...run } = await ada.run({ ...only('archive'), credential_guid })
      expect(result.data.status).to.equal('failed')
      expect((await ada.get(`/status/${run.workflowId}/${run.runId}`)).body.data.status).to.equal('FAILED')
      expect(ada.lines(run, 'raw', 'database'), 'nothing is extracted').to.equal(undefined)
    }
  })

  test('five at once give the same records as five in a row', async () => {
    const linesOf = (run: { workflowId: string; runId: string }) =>
      ENTITIES.map((entity) => (ada.lines(run, 'transformed', entity) ?? []).map((line) => neutral(line, run)))
    const inputs = Array.from({ length: 5 }, (_none, at) => only(at % 2 === 0 ? 'sales' : 'marketing'))
    const inARow = []
    for (const input of inputs) inARow.push(linesOf(await ada.run(input)))
    const atOnce = await Promise.all(inputs.map((input) => ada.run(input)))
    expect(atOnce.map(linesOf)).to.deep.equal(inARow)
  })
})
