import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { CONNECTION, type Owner, owner } from './support/source'

let ada: Owner
before(async () => {
  ada = await owner({ dialect: '3.52.0' })
})
after(() => ada.sandbox.stop())

type Run = Awaited<ReturnType<Owner['run']>>

const only = (...schemas: string[]) => ({ include_filter: { [`^${ada.database}$`]: schemas.map((name) => `^${name}$`) } })
const store = () => ada.sandbox.variables.CONNECTOR_OBJECT_STORE ?? ''
const folderOf = ({ workflowId, runId }: Pick<Run, 'workflowId' | 'runId'>) =>
  join(store(), 'artifacts/apps/postgres/workflows', workflowId, runId)
const statusOf = async ({ workflowId, runId }: Run) => (await ada.get(`/status/${workflowId}/${runId}`)).body.data.status

describe('what a run leaves behind on 3.52', () => {
  // CON-663, CON-664, CON-666, CON-671
  test('transformed files with their checksums, listed in the result; neither raw files nor a local folder', async () => {
    const run = await ada.run(only('sales'))
    const { result } = run.result.data
    expect(result).to.include({ status: 'success', success: false, views_extracted: 0, workflow_id: '', metrics: null })
    expect(existsSync(join(store(), '..', '..', '..', result.output_path)), 'the local folder').to.equal(false)
    expect(existsSync(join(folderOf(run), 'raw')), 'raw files').to.equal(false)
    expect(result.transformed_files).to.have.length(4)
    for (const { storage_path, size_bytes } of result.transformed_files) {
      const content = readFileSync(join(store(), storage_path))
      expect(content.length).to.equal(size_bytes)
      const checksum = readFileSync(join(store(), `${storage_path}.sha256`), 'utf8')
      expect(checksum).to.equal(createHash('sha256').update(content).digest('hex'))
    }
  })

  // CON-663
  test('a run that fails leaves no file', async () => {
    const run = await ada.run({ include_filter: '*' })
    expect(await statusOf(run)).to.equal('FAILED')
    for (const kind of ['raw', 'transformed']) expect(existsSync(join(folderOf(run), kind)), kind).to.equal(false)
  })

  // CON-665
  test('a run that is stopped has nothing transformed in the store', async () => {
    const credential_guid = (await ada.post('/dev/local-vault', ada.credentials)).body.data.credential_guid
    const started = (await ada.post('/start', { credential_guid, connection: CONNECTION })).body.data
    const run = { workflowId: started.workflow_id, runId: started.run_id, result: {} }
    const stopped = await ada.post(`/stop/${run.workflowId}/${run.runId}`, {})
    expect(stopped.status).to.equal(200)
    expect(await statusOf(run)).to.equal('TERMINATED')
    // The app notices the end of its run within the time of one query.
    await ada.run(only('sales'))
    expect(existsSync(join(folderOf(run), 'transformed'))).to.equal(false)
  })
})

describe('the connection of a run on 3.52', () => {
  const ends = async (connection: unknown, of = ada) => {
    const run = await of.run({ ...only('archive'), connection })
    const { status } = (await of.get(`/status/${run.workflowId}/${run.runId}`)).body.data
    return { status, name: run.result.data.result?.connection_qualified_name }
  }
  const named = (qualifiedName: string) => ({ typeName: 'Connection', attributes: { qualifiedName, name: 'test' } })

  // CON-654
  test('that is named without a usable qualified name starts, and the run is failed', async () => {
    for (const connection of [{ attributes: { name: 'test' } }, named(''), named('postgres')])
      expect(await ends(connection), JSON.stringify(connection)).to.include({ status: 'FAILED' })
  })

  // CON-656
  test('has a qualified name of three parts, neither empty nor padded; the last may be a name', async () => {
    for (const bad of ['default/postgres', 'default//1728518400', 'default/ postgres/1728518400', 'default/postgres/'])
      expect(await ends(named(bad)), bad).to.include({ status: 'FAILED' })
    for (const good of ['default/postgres/1728518400', 'default/postgres/shop', 'default/postgres/shop/eu'])
      expect(await ends(named(good)), good).to.deep.equal({ status: 'COMPLETED', name: good })
  })

  // CON-655
  test('that is not named passes; an app whose records need its name fails the run', async () => {
    for (const connection of [{}, { name: 'test_conn' }])
      expect(await ends(connection)).to.deep.equal({ status: 'COMPLETED', name: '' })
    const other = await owner({ dialect: '3.52.0', shape: { usesCreators: true } })
    after(() => other.sandbox.stop())
    expect(await ends({}, other)).to.include({ status: 'FAILED' })
    expect(await ends(CONNECTION, other)).to.include({ status: 'COMPLETED' })
  })
})
