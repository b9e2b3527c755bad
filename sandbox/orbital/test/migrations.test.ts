import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { Client } from 'pg'
import { type PostgresServer, startPostgres } from '../../backing/postgres'
import { downgrade, upgrade } from '../migrate'
import { chainOf } from '../revision'

const ALL = ['0001_users', '0002_couriers', '0003_deliveries']
const COLUMNS = `select table_schema || '.' || table_name || '.' || column_name as name, data_type, is_nullable, column_default
  from information_schema.columns where table_schema in ('marten', 'self_delivery') order by 1`

describe('migrations', () => {
  let server: PostgresServer
  let url: string
  let watcher: Client
  before(async () => {
    server = await startPostgres()
    url = await server.createDatabase('migrations_test')
    watcher = new Client({ connectionString: await server.createDatabase('watcher') })
    await watcher.connect()
  })
  after(async () => {
    await watcher.end()
    await server.stop()
  })

  const inDatabase = async <T extends object>(sql: string): Promise<T[]> => {
    const client = new Client({ connectionString: url })
    await client.connect()
    try {
      return (await client.query<T>(sql)).rows
    } finally {
      await client.end()
    }
  }
  const version = () => inDatabase('select version_num from public.alembic_version')
  const connections = async (): Promise<number> => {
    const select = 'select 1 from pg_stat_activity where datname = $1'
    return (await watcher.query(select, [new URL(url).pathname.slice(1)])).rowCount ?? 0
  }

  test('one step at a time, each storing its revision and leaving no connection open', async () => {
    for (let round = 0; round < 3; round++) {
      expect(await upgrade(url)).to.deep.equal(ALL)
      expect(await connections(), 'connections left open').to.equal(0)
      for (const [revision, left] of [
        ['0003_deliveries', '0002_couriers'],
        ['0002_couriers', '0001_users'],
      ]) {
        expect(await downgrade(url, 1)).to.deep.equal([revision])
        expect(await version()).to.deep.equal([{ version_num: left }])
      }
      expect(await downgrade(url)).to.deep.equal(['0001_users'])
      expect(await version()).to.deep.equal([])
    }
  })

  test('a database that is downgraded and upgraded again is unchanged', async () => {
    await upgrade(url)
    const before = await inDatabase(COLUMNS)
    await downgrade(url)
    expect(await inDatabase(COLUMNS)).to.deep.equal([])
    await upgrade(url)
    expect(await inDatabase(COLUMNS)).to.deep.equal(before)
    expect(before.length, 'columns of the three tables').to.equal(6 + 6 + 5)
  })

  test('two simultaneous upgrades are applied once', async () => {
    await downgrade(url)
    const done = await Promise.all([upgrade(url), upgrade(url)])
    expect(done.flat().sort()).to.deep.equal(ALL)
  })

  test('revisions that do not form a chain are refused', () => {
    const nothing = (): void => undefined
    const revision = (id: string, parent: string | null) => ({ id, parent, up: nothing, down: nothing })
    expect(() => chainOf([revision('a', null), revision('b', 'a'), revision('c', 'a')])).to.throw(/a is followed by 2 revisions/)
    expect(() => chainOf([revision('a', null), revision('b', 'x')])).to.throw(/a is followed by 0 revisions/)
    expect(() => chainOf([revision('a', null), revision('b', null)])).to.throw(/the beginning is followed by 2 revisions/)
  })
})
