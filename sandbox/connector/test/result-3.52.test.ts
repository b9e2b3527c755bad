import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { CONNECTION, type Owner, owner } from './support/source'

/** As an app of release 3.52.0, whose run was read through its API, returns it: the same fields with the same values. */
describe('the result of a run since 3.52', () => {
  let ada: Owner
  before(async () => {
    ada = await owner({ dialect: '3.52.0' })
  })
  after(() => ada.sandbox.stop())

  // CON-671
  test('it lists the transformed files, and counts no views and no success', async () => {
    const { workflowId, runId, result } = await ada.run({ include_filter: { [`^${ada.database}$`]: ['^archive$'] } })
    const prefix = `artifacts/apps/postgres/workflows/${workflowId}/${runId}`
    const name = CONNECTION.attributes.qualifiedName
    const { transformed_files: files, ...rest } = result.data.result
    expect(rest).to.deep.equal({
      output_path: `local/tmp/${prefix}`,
      output_prefix: '',
      transformed_data_prefix: `${prefix}/transformed`,
      connection_qualified_name: name,
      publish_state_prefix: `persistent-artifacts/apps/atlan-publish-app/state/${name}/publish-state`,
      staging_data_prefix: `persistent-artifacts/apps/atlan-publish-app/state/${name}`,
      current_state_prefix: `argo-artifacts/${name}/current-state`,
      status: 'success',
      metrics: null,
      artifacts: null,
      workflow_id: '',
      success: false,
      databases_extracted: 1,
      schemas_extracted: 1,
      tables_extracted: 0,
      views_extracted: 0,
      columns_extracted: 0,
      procedures_extracted: 0,
      processes_extracted: 0,
      records_uploaded: 0,
      error: '',
    })
    const fileOf = (entity: string, size: unknown) => ({
      local_path: `local/tmp/${prefix}/transformed/${entity}/entities.json`,
      storage_path: `${prefix}/transformed/${entity}/entities.json`,
      is_durable: true,
      file_count: 1,
      tier: 'retained',
      auto_materialize: true,
      manifest_path: null,
      store: 'deployment',
      size_bytes: size,
    })
    // An entity without records has no file.
    expect(files).to.deep.equal(
      ['database', 'schema'].map((entity) =>
        fileOf(entity, Buffer.byteLength(`${ada.lines({ workflowId, runId }, 'transformed', entity as 'schema')?.join('\n')}\n`)),
      ),
    )
  })
})
